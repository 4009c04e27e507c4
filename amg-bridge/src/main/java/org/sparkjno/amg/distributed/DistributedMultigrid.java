// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.Smoothing;

/**
 * The V(1,1) cycle over levels whose rows are divided over ranks; gathered levels are visited by the rank that has them,
 * while the others wait for their part of the answer. All ranks apply it together.
 */
final class DistributedMultigrid implements Preconditioner {
    private final DistributedHierarchy hierarchy;
    private final Options options;
    private final List<StagedSmoother> smoothers;
    /** Of the last divided level, unless that is large. */
    private final Optional<GatheredInverse> gathered;

    /**
     * What a cycle is made of.
     *
     * @param smoothing the sweep over the rows of a rank
     * @param order in which the ranks sweep
     * @param team the threads of this rank
     */
    record Options(Smoothing smoothing, SweepOrder.Rule order, Team team) {}

    private DistributedMultigrid(DistributedHierarchy hierarchy, Options options, Optional<GatheredInverse> gathered) {
        this.hierarchy = hierarchy;
        this.options = options;
        this.gathered = gathered;
        this.smoothers = hierarchy.divided().stream()
                .limit(hierarchy.transfers().size() + (hierarchy.last().isPresent() ? 0 : 1))
                .map(level -> StagedSmoother.of(
                        level.matrix(),
                        options.order().of(level.matrix(), level.blockSize()),
                        options.smoothing(),
                        level.blockSize(),
                        options.team()))
                .toList();
    }

    /**
     * A cycle; made by all ranks together.
     *
     * @throws IllegalArgumentException on all ranks if the smoother does not exist for one of the matrices
     */
    static DistributedMultigrid of(DistributedHierarchy hierarchy, Options options) {
        Multigrid.Options alike = Multigrid.Options.standard().with(options.smoothing());
        Optional<GatheredInverse> gathered = Agreement.of(
                hierarchy.divided().get(0).matrix().world(),
                () -> hierarchy
                        .last()
                        .map(last -> new GatheredInverse(
                                last.gathering(),
                                last.levels().map(levels -> Multigrid.of(levels, alike, options.team())))));
        return new DistributedMultigrid(hierarchy, options, gathered);
    }

    DistributedHierarchy hierarchy() {
        return hierarchy;
    }

    @Override
    public Application begin(int width) {
        return new Workspace(width);
    }

    /** The cycle on the transposed levels, with the same transfers; made by all ranks together. */
    @Override
    public DistributedMultigrid transposed() {
        return new DistributedMultigrid(hierarchy.transposed(), options, gathered.map(GatheredInverse::transposed));
    }

    @Override
    public String toString() {
        return "V(1,1) cycle over a " + hierarchy;
    }

    /** The vectors of one application. */
    private final class Workspace implements Application {
        private final int width;
        private final List<StagedSmoother.Application> sweeps;
        private final Optional<Application> last;
        private final double[][] right;
        private final double[][] solution;
        private final double[][] residual;

        Workspace(int width) {
            this.width = width;
            sweeps = smoothers.stream().map(smoother -> smoother.begin(width)).toList();
            last = gathered.map(inverse -> inverse.begin(width));
            int levels = hierarchy.divided().size();
            right = new double[levels][];
            solution = new double[levels][];
            residual = new double[levels][];
            for (int l = 0; l < levels; l++) {
                int rows = hierarchy.divided().get(l).matrix().own().rows();
                int n = Math.multiplyExact(rows, width);
                residual[l] = new double[n];
                if (l > 0) {
                    right[l] = new double[n];
                    solution[l] = new double[n];
                }
            }
        }

        @Override
        public void apply(double[] r, double[] z) {
            right[0] = r;
            solution[0] = z;
            visit(0);
        }

        private void visit(int l) {
            if (l == smoothers.size()) {
                last.orElseThrow().apply(right[l], solution[l]);
                return;
            }
            sweeps.get(l).before(right[l], solution[l], residual[l]);
            if (l < hierarchy.transfers().size()) {
                DistributedTransfer transfer = hierarchy.transfers().get(l);
                transfer.restrict(residual[l], right[l + 1], width, options.team());
                visit(l + 1);
                transfer.interpolateAdd(solution[l + 1], solution[l], width, options.team());
            }
            sweeps.get(l).after(right[l], solution[l], residual[l]);
        }
    }
}

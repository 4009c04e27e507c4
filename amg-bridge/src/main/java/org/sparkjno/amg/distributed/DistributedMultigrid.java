// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.Smoothing;
import org.sparkjno.kernels.collective.Collective;

/**
 * The V(1,1) cycle over levels whose rows are divided over ranks, with hybrid smoothing; gathered levels are visited on
 * every rank alike. All ranks apply it together.
 */
final class DistributedMultigrid implements Preconditioner {
    private final DistributedHierarchy hierarchy;
    private final Smoothing smoothing;
    private final List<HybridSmoother> smoothers;
    private final Optional<Multigrid> gathered;
    private final Team team;

    private DistributedMultigrid(
            DistributedHierarchy hierarchy,
            Smoothing smoothing,
            List<HybridSmoother> smoothers,
            Optional<Multigrid> gathered,
            Team team) {
        this.hierarchy = hierarchy;
        this.smoothing = smoothing;
        this.smoothers = smoothers;
        this.gathered = gathered;
        this.team = team;
    }

    static DistributedMultigrid of(DistributedHierarchy hierarchy, Smoothing smoothing, Team team) {
        return of(hierarchy, smoothing, hierarchy.gathered().map(Multigrid::vCycle), team);
    }

    private static DistributedMultigrid of(
            DistributedHierarchy hierarchy, Smoothing smoothing, Optional<Multigrid> gathered, Team team) {
        List<HybridSmoother> smoothers = hierarchy.matrices().stream()
                .limit(hierarchy.transfers().size() + (gathered.isPresent() ? 0 : 1))
                .map(matrix -> HybridSmoother.of(matrix, smoothing, team))
                .toList();
        return new DistributedMultigrid(hierarchy, smoothing, smoothers, gathered, team);
    }

    @Override
    public Application begin(int width) {
        return new Workspace(width);
    }

    /** The cycle on the transposed levels, with the same transfers; made by all ranks together. */
    @Override
    public DistributedMultigrid transposed() {
        return of(hierarchy.transposed(), smoothing, gathered.map(Multigrid::transposed), team);
    }

    /** The vectors of one application. */
    private final class Workspace implements Application {
        private final int width;
        private final List<HybridSmoother.Application> sweeps;
        private final Optional<Application> last;
        private final double[][] right;
        private final double[][] solution;
        private final double[][] residual;

        Workspace(int width) {
            this.width = width;
            sweeps = smoothers.stream().map(smoother -> smoother.begin(width)).toList();
            last = gathered.map(multigrid -> multigrid.begin(width));
            int levels = hierarchy.matrices().size();
            right = new double[levels][];
            solution = new double[levels][];
            residual = new double[levels][];
            for (int l = 0; l < levels; l++) {
                int n = Math.multiplyExact(hierarchy.matrices().get(l).own().rows(), width);
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
                solveGathered(l);
                return;
            }
            sweeps.get(l).before(right[l], solution[l], residual[l]);
            if (l < hierarchy.transfers().size()) {
                DistributedTransfer transfer = hierarchy.transfers().get(l);
                transfer.restrict(residual[l], right[l + 1], width, team);
                visit(l + 1);
                transfer.interpolateAdd(solution[l + 1], solution[l], width, team);
            }
            sweeps.get(l).after(right[l], solution[l], residual[l]);
        }

        private void solveGathered(int l) {
            DistributedMatrix matrix = hierarchy.matrices().get(l);
            Collective world = matrix.world();
            double[] whole = Gathered.vector(world, matrix.rows(), right[l], width);
            double[] answer = new double[whole.length];
            last.orElseThrow().apply(whole, answer);
            int first = Math.multiplyExact(Math.toIntExact(matrix.rows().start(world.rank())), width);
            System.arraycopy(answer, first, solution[l], 0, solution[l].length);
        }
    }
}

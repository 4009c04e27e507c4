// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.GaussSeidel;
import org.sparkjno.amg.smoother.Smoother;
import org.sparkjno.amg.smoother.Smoothing;

/**
 * The V(1,1) cycle: smooth, correct from the coarser level, smooth again.
 *
 * <p>Briggs, Henson and McCormick, "A Multigrid Tutorial", chapter 3. Symmetric positive definite for the smoothers of
 * this library. Immutable: threads share one cycle, each with its own workspace.
 */
public final class VCycle implements Preconditioner {
    /** A coarsest level up to this size is factorised; a larger one (coarsening stalled) is smoothed. */
    private static final int DENSE_LIMIT = 1000;

    private final List<Level> levels;
    private final Hierarchy hierarchy;
    private final Smoothing smoothing;
    private final List<Smoother> smoothers;
    private final DenseFactor coarsest;

    private VCycle(Hierarchy hierarchy, Smoothing smoothing) {
        this.hierarchy = hierarchy;
        this.smoothing = smoothing;
        levels = hierarchy.levels();
        CsrMatrix last = levels.get(levels.size() - 1).matrix();
        coarsest = last.rows() <= DENSE_LIMIT ? DenseFactor.of(last) : null;
        smoothers = new ArrayList<>();
        for (Level level : levels) {
            if (level.toCoarser().isPresent() || coarsest == null) {
                smoothers.add(smoothing.on(level.matrix(), level.blockSize(), Team.serial()));
            }
        }
    }

    /** The cycle with symmetric Gauss-Seidel. */
    public static VCycle of(Hierarchy hierarchy) {
        return of(hierarchy, GaussSeidel::of);
    }

    /** The cycle with a smoother of choice. */
    public static VCycle of(Hierarchy hierarchy, Smoothing smoothing) {
        return new VCycle(hierarchy, smoothing);
    }

    @Override
    public Application begin(int width) {
        return new Workspace(width);
    }

    @Override
    public Preconditioner transposed() {
        return new VCycle(hierarchy.transposed(), smoothing);
    }

    /** The vectors of one application. */
    private final class Workspace implements Application {
        private final double[][] right = new double[levels.size()][];
        private final double[][] solution = new double[levels.size()][];
        private final double[][] residual = new double[levels.size()][];

        private final List<Smoother.Application> sweeps;
        private final int width;

        Workspace(int width) {
            this.width = width;
            sweeps = smoothers.stream().map(smoother -> smoother.begin(width)).toList();
            for (int l = 0; l < levels.size(); l++) {
                int n = Math.multiplyExact(levels.get(l).matrix().rows(), width);
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
            descend(0);
        }

        private void descend(int l) {
            if (levels.get(l).toCoarser().isEmpty()) {
                solveCoarsest(l);
                return;
            }
            Level.Transfer transfer = levels.get(l).toCoarser().get();
            sweeps.get(l).before(right[l], solution[l], residual[l]);
            transfer.restriction().multiply(residual[l], right[l + 1], width, Team.serial());
            descend(l + 1);
            transfer.interpolation().multiplyAdd(solution[l + 1], solution[l], width, Team.serial());
            sweeps.get(l).after(right[l], solution[l], residual[l]);
        }

        private void solveCoarsest(int l) {
            if (coarsest != null) {
                coarsest.solve(right[l], solution[l]);
                return;
            }
            sweeps.get(l).before(right[l], solution[l], residual[l]);
            sweeps.get(l).after(right[l], solution[l], residual[l]);
        }
    }
}

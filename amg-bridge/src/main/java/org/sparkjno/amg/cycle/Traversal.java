// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.Smoother;

/** One use of a cycle, with its vectors. */
final class Traversal implements Preconditioner.Application {
    private final Route route;
    private final List<Level> levels;
    private final List<Smoother.Application> sweeps;
    private final Optional<Preconditioner.Application> coarsest;
    private final int width;
    /** Per level but the finest: right-hand side and correction of the visits from the level above. */
    private final double[][] right;

    private final double[][] correction;
    /** Per level but the coarsest, unless that is smoothed. */
    private final double[][] residual;
    /** Per level but the finest and the coarsest: what a second visit needs. */
    private final Visits[] visits;

    /**
     * How a hierarchy is traversed.
     *
     * @param symmetric whether the matrices are, which decides the Krylov method of K-cycles
     * @param reversed whether the visits of one level come in the opposite order, as in the transposed cycle
     */
    record Route(List<Level> levels, Cycle cycle, boolean symmetric, boolean reversed, Team team) {
        Route transposed(List<Level> transposedLevels) {
            return new Route(transposedLevels, cycle, symmetric, !reversed, team);
        }

        private Visits visits(int level, int width) {
            CsrMatrix matrix = levels.get(level).matrix();
            VectorSpace space = new LocalSpace(matrix.rows(), width, team);
            return switch (cycle) {
                case V -> new OneVisit();
                case W, F -> new TwoVisits(matrix, space, team);
                case K -> new KrylovVisits(matrix, symmetric, space, team);
            };
        }
    }

    Traversal(
            Route route, List<Smoother.Application> sweeps, Optional<Preconditioner.Application> coarsest, int width) {
        this.route = route;
        this.levels = route.levels();
        this.sweeps = sweeps;
        this.coarsest = coarsest;
        this.width = width;
        int depth = levels.size();
        right = new double[depth][];
        correction = new double[depth][];
        residual = new double[depth][];
        visits = new Visits[depth];
        for (int l = 0; l < depth; l++) {
            CsrMatrix matrix = levels.get(l).matrix();
            int n = Math.multiplyExact(matrix.rows(), width);
            residual[l] = l < sweeps.size() ? new double[n] : null;
            if (l > 0) {
                right[l] = new double[n];
                correction[l] = new double[n];
                visits[l] = l + 1 < depth ? route.visits(l, width) : new OneVisit();
            }
        }
    }

    @Override
    public void apply(double[] r, double[] z) {
        traverse(0, route.cycle(), r, z);
    }

    /** From x = 0: one cycle on A x = b of level l; x is overwritten. */
    private void traverse(int l, Cycle kind, double[] b, double[] x) {
        Optional<Level.Transfer> transfer = levels.get(l).toCoarser();
        if (transfer.isEmpty()) {
            solveCoarsest(l, b, x);
            return;
        }
        sweeps.get(l).before(b, x, residual[l]);
        transfer.get().restriction().multiply(residual[l], right[l + 1], width, route.team());
        descend(l + 1, kind, right[l + 1], correction[l + 1]);
        transfer.get().interpolation().multiplyAdd(correction[l + 1], x, width, route.team());
        sweeps.get(l).after(b, x, residual[l]);
    }

    private void descend(int l, Cycle kind, double[] b, double[] x) {
        if (kind == Cycle.V) {
            traverse(l, kind, b, x);
            return;
        }
        Cycle second = kind == Cycle.F ? Cycle.V : kind;
        Preconditioner.Application one = (r, z) -> traverse(l, route.reversed() ? second : kind, r, z);
        Preconditioner.Application other = (r, z) -> traverse(l, route.reversed() ? kind : second, r, z);
        visits[l].run(one, other, b, x);
    }

    private void solveCoarsest(int l, double[] b, double[] x) {
        if (coarsest.isPresent()) {
            coarsest.get().apply(b, x);
        } else {
            sweeps.get(l).before(b, x, residual[l]);
            sweeps.get(l).after(b, x, residual[l]);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.HybridDiagonal;
import org.sparkjno.amg.smoother.Smoother;
import org.sparkjno.amg.smoother.Smoothing;

/**
 * Smooths a level whose rows are divided over ranks: each rank sweeps over its own rows and takes what others have as it was
 * before the sweep, with the safeguard of {@link HybridDiagonal}.
 */
final class HybridSmoother {
    private final DistributedMatrix matrix;
    private final Smoother sweep;
    /** What the sweep has on the diagonal more than the matrix. */
    private final double[] surplus;

    private final Team team;

    private HybridSmoother(DistributedMatrix matrix, Smoother sweep, double[] surplus, Team team) {
        this.matrix = matrix;
        this.sweep = sweep;
        this.surplus = surplus;
        this.team = team;
    }

    /**
     * Sets up; made by all ranks together.
     *
     * @param smoothing makes the sweep over own rows
     * @throws IllegalArgumentException on all ranks if the sweep does not exist for the rows of one
     */
    static HybridSmoother of(DistributedMatrix matrix, Smoothing smoothing, Team team) {
        double[] surplus = surplus(matrix);
        CsrMatrix own = matrix.own();
        double[] values = own.values().clone();
        for (int i = 0; i < surplus.length; i++) {
            int diagonal = own.pattern().position(i, i);
            if (diagonal >= 0) {
                values[diagonal] += surplus[i];
            }
        }
        CsrMatrix raised = CsrMatrix.of(own.pattern(), values);
        Smoother sweep = Agreement.of(matrix.world(), () -> smoothing.on(raised, 1, team));
        return new HybridSmoother(matrix, sweep, surplus, team);
    }

    private static double[] surplus(DistributedMatrix matrix) {
        CsrMatrix coupling = matrix.coupling();
        double[] ofRow = new double[coupling.rows()];
        double[] ofGhosts = new double[coupling.columnCount()];
        for (int i = 0; i < ofRow.length; i++) {
            for (int k = coupling.rowStart()[i]; k < coupling.rowStart()[i + 1]; k++) {
                double size = Math.abs(coupling.values()[k]);
                ofRow[i] += size;
                ofGhosts[coupling.columns()[k]] += size;
            }
        }
        double[] ofColumn = new double[ofRow.length];
        matrix.halo().addToOwners(ofGhosts, ofColumn, 1);
        double[] surplus = new double[ofRow.length];
        for (int i = 0; i < surplus.length; i++) {
            surplus[i] = HybridDiagonal.surplus(matrix.own().get(i, i), ofRow[i], ofColumn[i]);
        }
        return surplus;
    }

    /** A fresh application for vectors of (rows x width). */
    Application begin(int width) {
        return new Application(width);
    }

    /** One use; all ranks make each call together. */
    final class Application implements Smoother.Application {
        private final int width;
        private final Smoother.Application own;

        Application(int width) {
            this.width = width;
            own = sweep.begin(width);
        }

        /** From zero the sweep needs nothing of the others; only its residual does. */
        @Override
        public void before(double[] b, double[] x, double[] r) {
            own.before(b, x, r);
            addSurplus(x, r);
            matrix.coupling().residual(r, matrix.halo().ghosts(x, width), r, width, team);
        }

        @Override
        public void after(double[] b, double[] x, double[] r) {
            double[] seen = b.clone();
            matrix.coupling().residual(b, matrix.halo().ghosts(x, width), seen, width, team);
            addSurplus(x, seen);
            own.after(seen, x, r);
        }

        private void addSurplus(double[] x, double[] r) {
            for (int i = 0; i < surplus.length; i++) {
                for (int k = i * width; k < (i + 1) * width && surplus[i] != 0; k++) {
                    r[k] += surplus[i] * x[k];
                }
            }
        }
    }
}

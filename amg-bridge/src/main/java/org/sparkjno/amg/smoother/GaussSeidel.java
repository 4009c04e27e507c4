// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Gauss-Seidel: forwards before the coarse correction, backwards after it, which together are symmetric.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, section 4.1.
 */
public final class GaussSeidel implements Smoother {
    private final CsrMatrix matrix;
    private final double[] inverseDiagonal;
    /** Position of the first entry right of the diagonal, per row. */
    private final int[] upper;

    private GaussSeidel(CsrMatrix matrix) {
        this.matrix = matrix;
        int n = matrix.rows();
        inverseDiagonal = new double[n];
        upper = new int[n];
        for (int i = 0; i < n; i++) {
            int k = matrix.rowStart()[i];
            while (k < matrix.rowStart()[i + 1] && matrix.columns()[k] < i) {
                k++;
            }
            boolean stored = k < matrix.rowStart()[i + 1] && matrix.columns()[k] == i;
            if (!stored || matrix.values()[k] == 0) {
                throw new IllegalArgumentException(
                        "Gauss-Seidel divides by the diagonal, but the diagonal entry of row " + i + " is zero.");
            }
            inverseDiagonal[i] = 1 / matrix.values()[k];
            upper[i] = k + 1;
        }
    }

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a diagonal entry is zero
     */
    public static GaussSeidel of(CsrMatrix matrix, int blockSize, Team team) {
        return new GaussSeidel(matrix.requireSquare());
    }

    @Override
    public Application begin(int width) {
        if (width != 1) {
            throw new IllegalArgumentException("Gauss-Seidel takes one vector at a time, but got " + width + ".");
        }
        return new Application() {
            @Override
            public void before(double[] b, double[] x, double[] r) {
                GaussSeidel.this.before(b, x, r);
            }

            @Override
            public void after(double[] b, double[] x, double[] r) {
                GaussSeidel.this.after(b, x);
            }
        };
    }

    private void before(double[] b, double[] x, double[] r) {
        int[] start = matrix.rowStart();
        int[] columns = matrix.columns();
        double[] values = matrix.values();
        int n = matrix.rows();
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = start[i]; k < upper[i] - 1; k++) {
                sum -= values[k] * x[columns[k]];
            }
            x[i] = sum * inverseDiagonal[i];
        }
        // The sweep has solved the lower triangle exactly, so only the upper one is left in the residual.
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = upper[i]; k < start[i + 1]; k++) {
                sum -= values[k] * x[columns[k]];
            }
            r[i] = sum;
        }
    }

    private void after(double[] b, double[] x) {
        int[] start = matrix.rowStart();
        int[] columns = matrix.columns();
        double[] values = matrix.values();
        for (int i = matrix.rows() - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = start[i]; k < upper[i] - 1; k++) {
                sum -= values[k] * x[columns[k]];
            }
            // Downwards, so that the neighbour just computed is waited for last.
            for (int k = start[i + 1] - 1; k >= upper[i]; k--) {
                sum -= values[k] * x[columns[k]];
            }
            x[i] = sum * inverseDiagonal[i];
        }
    }
}

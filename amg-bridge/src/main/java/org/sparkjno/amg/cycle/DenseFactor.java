// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A dense L D Lᵀ factorisation for the coarsest level.
 *
 * <p>Golub and Van Loan, "Matrix Computations", 4th edition, section 4.1.2. A pivot at rounding level, as a singular
 * matrix has, is skipped: its unknown becomes 0, which solves a consistent system.
 */
final class DenseFactor {
    private final int n;
    /** Rows of the unit lower triangle; the diagonal holds 1 / D, or 0 for a skipped pivot. */
    private final double[][] factor;

    private DenseFactor(double[][] factor) {
        this.n = factor.length;
        this.factor = factor;
    }

    static DenseFactor of(CsrMatrix a) {
        int n = a.rows();
        double[][] l = new double[n][];
        double tiny = 0;
        for (double d : a.diagonal()) {
            tiny = Math.max(tiny, 4 * n * Math.ulp(1.0) * d);
        }
        for (int i = 0; i < n; i++) {
            double[] row = new double[i + 1];
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1] && a.columns()[k] <= i; k++) {
                row[a.columns()[k]] = a.values()[k];
            }
            // row[j] is D_j L_ij until the row is complete, so the inner product needs no third factor.
            for (int j = 0; j < i; j++) {
                row[j] -= dot(row, l[j], j);
            }
            for (int j = 0; j < i; j++) {
                double scaled = row[j] * l[j][j];
                row[i] -= scaled * row[j];
                row[j] = scaled;
            }
            row[i] = row[i] > tiny ? 1 / row[i] : 0;
            l[i] = row;
        }
        return new DenseFactor(l);
    }

    private static double dot(double[] u, double[] v, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += u[k] * v[k];
        }
        return sum;
    }

    /** x = A⁻¹ b. */
    void solve(double[] b, double[] x) {
        for (int i = 0; i < n; i++) {
            x[i] = b[i] - dot(factor[i], x, i);
        }
        for (int i = 0; i < n; i++) {
            x[i] *= factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double[] row = factor[i];
            for (int j = 0; j < i; j++) {
                x[j] -= row[j] * x[i];
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Optional;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A dense L D Lᵀ factorisation of a semidefinite matrix.
 *
 * <p>Golub and Van Loan, "Matrix Computations", 4th edition, section 4.1.2. A pivot at the rounding level of its diagonal
 * entry, as a singular matrix has, is skipped: its unknown becomes 0, which solves a consistent system and keeps the inverse
 * symmetric.
 */
final class DenseLdl implements Preconditioner {
    /** Rows of the unit lower triangle; the diagonal holds 1 / D, or 0 for a skipped pivot. */
    private final double[][] factor;

    private DenseLdl(double[][] factor) {
        this.factor = factor;
    }

    /**
     * The factorisation of a symmetric matrix, of which the lower triangle is read.
     *
     * @return empty if the pivots have both signs, for which this method is not stable
     */
    static Optional<DenseLdl> of(CsrMatrix a) {
        int n = a.rows();
        double[][] l = new double[n][];
        Pivots pivots = new Pivots(a);
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
            row[i] = pivots.invert(i, row[i]);
            l[i] = row;
        }
        return pivots.definite() ? Optional.of(new DenseLdl(l)) : Optional.empty();
    }

    private static double dot(double[] u, double[] v, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += u[k] * v[k];
        }
        return sum;
    }

    @Override
    public Application begin(int width) {
        return (b, x) -> solve(b, x, width);
    }

    /** Symmetric: itself. */
    @Override
    public long bytes() {
        return Double.BYTES * (factor.length * (factor.length + 1L) / 2);
    }

    @Override
    public Preconditioner transposed() {
        return this;
    }

    private void solve(double[] b, double[] x, int width) {
        int n = factor.length;
        System.arraycopy(b, 0, x, 0, n * width);
        for (int i = 0; i < n; i++) {
            double[] row = factor[i];
            for (int j = 0; j < i; j++) {
                Vectors.subtract(row[j], x, j, x, i, width);
            }
        }
        for (int i = 0; i < n; i++) {
            Vectors.scale(factor[i][i], x, i, width);
        }
        for (int i = n - 1; i >= 0; i--) {
            double[] row = factor[i];
            for (int j = 0; j < i; j++) {
                Vectors.subtract(row[j], x, i, x, j, width);
            }
        }
    }

    @Override
    public String toString() {
        return "dense LDL' of " + factor.length + " rows";
    }
}

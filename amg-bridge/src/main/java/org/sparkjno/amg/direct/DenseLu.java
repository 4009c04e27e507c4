// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A dense factorisation P S A S Q = L U with complete pivoting, where S scales rows and columns to entries of at most one.
 *
 * <p>Golub and Van Loan, "Matrix Computations", 4th edition, section 3.4.8. Complete rather than partial pivoting, because
 * it reveals the rank: where nothing but rounding errors is left the factorisation ends, and the unknowns not reached are 0.
 */
final class DenseLu implements Preconditioner {
    private final double[][] factor;
    private final double[] scale;
    private final int[] rowOrder;
    private final int[] columnOrder;
    private final int rank;

    private DenseLu(double[][] factor, double[] scale) {
        int n = factor.length;
        this.factor = factor;
        this.scale = scale;
        rowOrder = new int[n];
        Arrays.setAll(rowOrder, i -> i);
        columnOrder = rowOrder.clone();
        rank = factorise();
    }

    static DenseLu of(CsrMatrix a) {
        int n = a.rows();
        Equilibration equilibration = Equilibration.of(a);
        double[][] dense = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                dense[i][j] = equilibration.scaled(i, j, a.values()[k]);
            }
        }
        return new DenseLu(dense, equilibration.factors());
    }

    /** Returns the rank. */
    private int factorise() {
        int n = factor.length;
        double first = 0;
        for (int k = 0; k < n; k++) {
            double largest = pivot(k);
            first = k == 0 ? largest : first;
            if (largest <= 8.0 * n * Math.ulp(1.0) * first) {
                return k;
            }
            double[] row = factor[k];
            for (int i = k + 1; i < n; i++) {
                double[] target = factor[i];
                double multiplier = target[k] / row[k];
                target[k] = multiplier;
                if (multiplier != 0) {
                    for (int j = k + 1; j < n; j++) {
                        target[j] -= multiplier * row[j];
                    }
                }
            }
        }
        return n;
    }

    /** Brings the largest entry of what is left to position (k, k) and returns its size. */
    private double pivot(int k) {
        int n = factor.length;
        int row = k;
        int column = k;
        double largest = 0;
        for (int i = k; i < n; i++) {
            for (int j = k; j < n; j++) {
                double size = Math.abs(factor[i][j]);
                if (size > largest) {
                    largest = size;
                    row = i;
                    column = j;
                }
            }
        }
        double[] swapped = factor[k];
        factor[k] = factor[row];
        factor[row] = swapped;
        swap(rowOrder, k, row);
        for (double[] values : factor) {
            double value = values[k];
            values[k] = values[column];
            values[column] = value;
        }
        swap(columnOrder, k, column);
        return largest;
    }

    private static void swap(int[] order, int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }

    @Override
    public Application begin(int width) {
        double[] work = new double[Math.multiplyExact(rank, width)];
        return (b, x) -> solve(b, x, work, width);
    }

    @Override
    public long bytes() {
        return (long) Double.BYTES * factor.length * factor.length;
    }

    @Override
    public Preconditioner transposed() {
        return new TransposedLu(this, width -> {
            double[] work = new double[Math.multiplyExact(rank, width)];
            return (b, x) -> solveTransposed(b, x, work, width);
        });
    }

    private void solve(double[] b, double[] x, double[] y, int width) {
        gather(b, rowOrder, y, width);
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j < i; j++) {
                Vectors.subtract(factor[i][j], y, j, y, i, width);
            }
        }
        for (int i = rank - 1; i >= 0; i--) {
            for (int j = i + 1; j < rank; j++) {
                Vectors.subtract(factor[i][j], y, j, y, i, width);
            }
            Vectors.scale(1 / factor[i][i], y, i, width);
        }
        scatter(y, columnOrder, x, width);
    }

    private void solveTransposed(double[] b, double[] x, double[] y, int width) {
        gather(b, columnOrder, y, width);
        for (int j = 0; j < rank; j++) {
            Vectors.scale(1 / factor[j][j], y, j, width);
            for (int i = j + 1; i < rank; i++) {
                Vectors.subtract(factor[j][i], y, j, y, i, width);
            }
        }
        for (int j = rank - 1; j >= 0; j--) {
            for (int i = 0; i < j; i++) {
                Vectors.subtract(factor[j][i], y, j, y, i, width);
            }
        }
        scatter(y, rowOrder, x, width);
    }

    private void gather(double[] b, int[] order, double[] y, int width) {
        for (int i = 0; i < rank; i++) {
            Vectors.copy(scale[order[i]], b, order[i], y, i, width);
        }
    }

    private void scatter(double[] y, int[] order, double[] x, int width) {
        Arrays.fill(x, 0);
        for (int i = 0; i < rank; i++) {
            Vectors.copy(scale[order[i]], y, i, x, order[i], width);
        }
    }

    @Override
    public String toString() {
        return "dense LU of " + factor.length + " rows, rank " + rank;
    }
}

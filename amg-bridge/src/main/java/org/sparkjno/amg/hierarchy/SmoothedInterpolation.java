// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Smoothed aggregation: P = (I − ω D⁻¹ A_F) T, where T injects aggregates, A_F is A with its weak couplings added to the
 * diagonal, D is the diagonal of A_F and ω = 4/3 / ρ(D⁻¹ A_F).
 *
 * <p>Vaněk, Mandel and Brezina 1996, section 4. Filtering keeps P from growing across weak couplings.
 */
final class SmoothedInterpolation {
    private static final double FOUR_THIRDS = 4.0 / 3.0;

    private final CsrMatrix a;
    private final boolean[] strong;
    private final Aggregates aggregates;
    private final double[] inverseDiagonal;

    private SmoothedInterpolation(CsrMatrix a, boolean[] strong, Aggregates aggregates) {
        this.a = a;
        this.strong = strong;
        this.aggregates = aggregates;
        inverseDiagonal = new double[a.rows()];
        for (int i = 0; i < inverseDiagonal.length; i++) {
            inverseDiagonal[i] = 1 / filteredDiagonal(i);
        }
    }

    static CsrMatrix of(CsrMatrix a, boolean[] strong, Aggregates aggregates) {
        SmoothedInterpolation interpolation = new SmoothedInterpolation(a, strong, aggregates);
        return interpolation.smooth(FOUR_THIRDS / interpolation.spectralRadius());
    }

    private double filteredDiagonal(int i) {
        double diagonal = 0;
        double weak = 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (a.columns()[k] == i) {
                diagonal = a.values()[k];
            } else if (!strong[k]) {
                weak += a.values()[k];
            }
        }
        // Weak couplings may outweigh the diagonal where rows are far from zero sum; then lumping would spoil it.
        return diagonal + weak > 0.1 * diagonal ? diagonal + weak : diagonal;
    }

    /**
     * Estimates ρ(D⁻¹ A_F) by power steps from a fixed vector, raised by a tenth since such steps approach it from below,
     * and never above the largest absolute row sum.
     */
    private double spectralRadius() {
        int n = a.rows();
        double[] x = new double[n];
        double[] y = new double[n];
        long state = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < n; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            y[i] = (state >> 11) * 0x1p-52;
        }
        double norm = norm(y);
        for (int step = 0; step < 5; step++) {
            for (int i = 0; i < n; i++) {
                x[i] = y[i] / norm;
            }
            applyScaled(x, y);
            norm = norm(y);
        }
        double bound = largestRowSum();
        double raised = 1.1 * norm;
        return raised > 0 && raised < bound ? raised : bound;
    }

    private double largestRowSum() {
        double bound = 0;
        for (int i = 0; i < inverseDiagonal.length; i++) {
            double strongSum = 0;
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                strongSum += strong[k] ? Math.abs(a.values()[k]) : 0;
            }
            bound = Math.max(bound, 1 + strongSum * inverseDiagonal[i]);
        }
        return bound;
    }

    /** y = D⁻¹ A_F x. */
    private void applyScaled(double[] x, double[] y) {
        int[] start = a.rowStart();
        int[] columns = a.columns();
        double[] values = a.values();
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            for (int k = start[i]; k < start[i + 1]; k++) {
                if (strong[k]) {
                    sum += values[k] * x[columns[k]];
                }
            }
            y[i] = x[i] + sum * inverseDiagonal[i];
        }
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double value : v) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private CsrMatrix smooth(double omega) {
        int n = a.rows();
        int[] owner = aggregates.owner();
        int[] start = a.rowStart();
        int[] rowStart = new int[n + 1];
        int[] columns = new int[2 * n + 16];
        double[] sum = new double[aggregates.count()];
        int[] lastRow = new int[aggregates.count()];
        Arrays.fill(lastRow, -1);
        double[] values = new double[columns.length];
        int size = 0;
        for (int i = 0; i < n; i++) {
            int first = size;
            if (size + start[i + 1] - start[i] + 1 > columns.length) {
                int capacity = columns.length + (columns.length >> 1) + start[i + 1] - start[i];
                columns = Arrays.copyOf(columns, capacity);
                values = Arrays.copyOf(values, capacity);
            }
            if (owner[i] >= 0) {
                lastRow[owner[i]] = i;
                sum[owner[i]] = 1 - omega;
                columns[size++] = owner[i];
            }
            double factor = omega * inverseDiagonal[i];
            for (int k = start[i]; k < start[i + 1]; k++) {
                int aggregate = owner[a.columns()[k]];
                if (strong[k] && aggregate >= 0) {
                    if (lastRow[aggregate] != i) {
                        lastRow[aggregate] = i;
                        sum[aggregate] = 0;
                        columns[size++] = aggregate;
                    }
                    sum[aggregate] -= factor * a.values()[k];
                }
            }
            Arrays.sort(columns, first, size);
            for (int k = first; k < size; k++) {
                values[k] = sum[columns[k]];
            }
            rowStart[i + 1] = size;
        }
        return CsrMatrix.of(n, aggregates.count(), rowStart, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }
}

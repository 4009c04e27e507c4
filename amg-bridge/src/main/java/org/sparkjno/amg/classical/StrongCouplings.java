// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * The strong couplings of a matrix.
 *
 * @param strong per stored entry whether the row depends strongly on the column
 * @param dependences S: per point those that it depends on strongly
 * @param influences Sᵀ: per point those that depend strongly on it
 */
record StrongCouplings(boolean[] strong, Couplings dependences, Couplings influences) {
    /**
     * Finds the strong couplings of a square matrix.
     *
     * @param threshold θ: point i depends strongly on j if −a_ij ≥ θ max_k −a_ik, signs turned where a_ii is negative
     * @param maxRowSum rows with |Σ_j a_ij| > maxRowSum |a_ii| depend on nothing: one sweep of the smoother nearly solves
     *     them
     */
    static StrongCouplings of(CsrMatrix a, double threshold, double maxRowSum, Team team) {
        int n = a.rows();
        boolean[] strong = new boolean[a.entries()];
        int[] start = new int[n + 1];
        team.forRows(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                start[i + 1] = mark(a, i, threshold, maxRowSum, strong);
            }
        });
        for (int i = 0; i < n; i++) {
            start[i + 1] += start[i];
        }
        int[] columns = new int[start[n]];
        team.forRows(n, (from, to) -> {
            int size = start[from];
            for (int k = a.rowStart()[from]; k < a.rowStart()[to]; k++) {
                if (strong[k]) {
                    columns[size++] = a.columns()[k];
                }
            }
        });
        Couplings dependences = new Couplings(start, columns);
        return new StrongCouplings(strong, dependences, dependences.reversed(n));
    }

    /** Marks the strong entries of row i and returns their number. */
    private static int mark(CsrMatrix a, int i, double threshold, double maxRowSum, boolean[] strong) {
        int from = a.rowStart()[i];
        int to = a.rowStart()[i + 1];
        int[] columns = a.columns();
        double[] values = a.values();
        double diagonal = 0;
        double smallest = 0;
        double largest = 0;
        double sum = 0;
        for (int k = from; k < to; k++) {
            double value = values[k];
            sum += value;
            if (columns[k] == i) {
                diagonal = value;
            } else if (value < smallest) {
                smallest = value;
            } else if (value > largest) {
                largest = value;
            }
        }
        double sign = diagonal < 0 ? 1 : -1;
        double bound = threshold * (diagonal < 0 ? largest : -smallest);
        if (Math.abs(sum) > maxRowSum * Math.abs(diagonal)) {
            return 0;
        }
        int count = 0;
        for (int k = from; k < to; k++) {
            double coupling = sign * values[k];
            if (coupling > 0 && coupling >= bound && columns[k] != i) {
                strong[k] = true;
                count++;
            }
        }
        return count;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A partition of the unknowns into aggregates, each of which becomes one unknown of the coarse level.
 *
 * @param owner aggregate of every unknown; {@link #ISOLATED} for one without strong couplings, which the smoother
 *     solves alone
 * @param count number of aggregates
 */
record Aggregates(int[] owner, int count) {
    /** Owner of an unknown that takes no part in the coarse level. */
    static final int ISOLATED = -1;

    private static final int FREE = -2;

    /**
     * Greedy aggregation in three passes: whole free neighbourhoods, then stragglers to a neighbouring aggregate, then
     * what is left among itself.
     *
     * <p>Vaněk, Mandel and Brezina 1996, algorithm 5.1.
     *
     * @param a symmetric pattern
     * @param strong per entry of {@code a} whether it is a strong coupling
     */
    static Aggregates greedy(CsrMatrix a, boolean[] strong) {
        int n = a.rows();
        int[] owner = new int[n];
        Arrays.fill(owner, FREE);
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (owner[i] == FREE && wholeNeighbourhoodFree(a, strong, owner, i)) {
                count += claim(a, strong, owner, i, count);
            }
        }
        int[] first = owner.clone();
        for (int i = 0; i < n; i++) {
            if (owner[i] == FREE) {
                owner[i] = strongestNeighbour(a, strong, first, i);
            }
        }
        for (int i = 0; i < n; i++) {
            if (owner[i] == FREE) {
                count += claim(a, strong, owner, i, count);
            }
        }
        return new Aggregates(owner, count);
    }

    private static boolean wholeNeighbourhoodFree(CsrMatrix a, boolean[] strong, int[] owner, int i) {
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (strong[k] && owner[a.columns()[k]] != FREE) {
                return false;
            }
        }
        return true;
    }

    /** Gives i and its free strong neighbours to a new aggregate; returns how many aggregates were made: 1, or 0. */
    private static int claim(CsrMatrix a, boolean[] strong, int[] owner, int i, int aggregate) {
        boolean coupled = false;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            if (strong[k]) {
                coupled = true;
                int j = a.columns()[k];
                if (owner[j] == FREE) {
                    owner[j] = aggregate;
                }
            }
        }
        owner[i] = coupled ? aggregate : ISOLATED;
        return coupled ? 1 : 0;
    }

    /** The aggregate of the most strongly coupled neighbour that has one, or {@link #FREE}. */
    private static int strongestNeighbour(CsrMatrix a, boolean[] strong, int[] owner, int i) {
        int best = FREE;
        double strength = 0;
        for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
            int candidate = owner[a.columns()[k]];
            double coupling = Math.abs(a.values()[k]);
            if (strong[k] && candidate >= 0 && coupling > strength) {
                strength = coupling;
                best = candidate;
            }
        }
        return best;
    }
}

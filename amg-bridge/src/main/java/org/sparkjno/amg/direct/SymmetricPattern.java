// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import org.sparkjno.amg.matrix.Pattern;

/** Orders of elimination need a symmetric pattern. */
final class SymmetricPattern {
    private SymmetricPattern() {}

    /** The pattern of A + Aᵀ. */
    static Pattern of(Pattern pattern) {
        Pattern other = pattern.transposition().pattern();
        if (pattern.equals(other)) {
            return pattern;
        }
        int n = pattern.rows();
        int[] start = new int[n + 1];
        int[] columns = new int[Math.addExact(pattern.entries(), pattern.entries())];
        int size = 0;
        for (int i = 0; i < n; i++) {
            int k = pattern.rowStart()[i];
            int l = other.rowStart()[i];
            while (k < pattern.rowStart()[i + 1] || l < other.rowStart()[i + 1]) {
                int left = k < pattern.rowStart()[i + 1] ? pattern.columns()[k] : n;
                int right = l < other.rowStart()[i + 1] ? other.columns()[l] : n;
                columns[size++] = Math.min(left, right);
                k += left <= right ? 1 : 0;
                l += right <= left ? 1 : 0;
            }
            start[i + 1] = size;
        }
        return Pattern.of(n, n, start, Arrays.copyOf(columns, size));
    }

    /**
     * The order in which unknowns without a diagonal entry, as the pressures of a saddle point, wait for a neighbour that has
     * one: its elimination fills theirs in, so that pivots can stay on the diagonal.
     */
    static int[] postponed(Pattern symmetric, int[] order, double[] diagonal) {
        int n = order.length;
        int[] turn = new int[n];
        for (int k = 0; k < n; k++) {
            turn[order[k]] = 2 * k;
        }
        int[] count = new int[2 * n + 1];
        int[] late = new int[n];
        for (int i = 0; i < n; i++) {
            int first = Integer.MAX_VALUE;
            for (int k = symmetric.rowStart()[i];
                    diagonal[i] == 0 && k < symmetric.rowStart()[i + 1];
                    k++) {
                int j = symmetric.columns()[k];
                first = diagonal[j] == 0 ? first : Math.min(first, turn[j] + 1);
            }
            late[i] = first == Integer.MAX_VALUE ? turn[i] : Math.max(turn[i], first);
            count[late[i] + 1]++;
        }
        for (int t = 0; t < 2 * n; t++) {
            count[t + 1] += count[t];
        }
        int[] postponed = new int[n];
        for (int i : order) {
            postponed[count[late[i]]++] = i;
        }
        return postponed;
    }
}

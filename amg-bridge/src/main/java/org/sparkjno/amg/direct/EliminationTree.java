// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import org.sparkjno.amg.matrix.Pattern;

/**
 * What elimination on the diagonal will do to a symmetric pattern, known before any number is.
 *
 * <p>J. W. H. Liu, "The role of elimination trees in sparse factorization", SIAM J. Matrix Anal. Appl. 11, 1990.
 *
 * @param order the row eliminated as the k-th
 * @param place when each row is eliminated, the inverse of the order
 * @param parent the first row below the diagonal in each column of L, or -1
 * @param counts entries below the diagonal in each column of L
 */
record EliminationTree(int[] order, int[] place, int[] parent, int[] counts) {
    static EliminationTree of(Pattern pattern, int[] order) {
        int n = order.length;
        int[] place = new int[n];
        for (int k = 0; k < n; k++) {
            place[order[k]] = k;
        }
        int[] parent = new int[n];
        int[] counts = new int[n];
        int[] mark = new int[n];
        for (int k = 0; k < n; k++) {
            parent[k] = -1;
            mark[k] = k;
            int row = order[k];
            for (int p = pattern.rowStart()[row]; p < pattern.rowStart()[row + 1]; p++) {
                for (int i = place[pattern.columns()[p]]; i < k && mark[i] != k; i = parent[i]) {
                    if (parent[i] < 0) {
                        parent[i] = k;
                    }
                    counts[i]++;
                    mark[i] = k;
                }
            }
        }
        return new EliminationTree(order, place, parent, counts);
    }

    /** Entries of L below its diagonal. */
    long entries() {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    /** Multiplications of an L U factorisation. */
    double work() {
        double total = 0;
        for (int count : counts) {
            total += (double) count * count;
        }
        return total;
    }
}

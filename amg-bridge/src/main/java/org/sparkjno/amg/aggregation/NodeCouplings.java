// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The graph on which nodes aggregate.
 *
 * @param graph one row per node; off-diagonal moduli say how strongly two nodes are coupled
 * @param strong per entry of {@code graph} whether it is a strong coupling; never the diagonal
 */
record NodeCouplings(CsrMatrix graph, boolean[] strong) {
    /** A row is left to the smoother if its diagonal is more than this many times the sum of its couplings. */
    private static final double DOMINANT = 5;

    int nodes() {
        return graph.rows();
    }

    /** Whether the smoother solves for a node so well that the coarse level need not: row i is nearly diagonal. */
    boolean dominated(int i) {
        double diagonal = 0;
        double sum = 0;
        for (int k = graph.rowStart()[i]; k < graph.rowStart()[i + 1]; k++) {
            double modulus = Math.abs(graph.values()[k]);
            if (graph.columns()[k] == i) {
                diagonal = modulus;
            } else {
                sum += modulus;
            }
        }
        return diagonal >= DOMINANT * sum;
    }

    /**
     * The aggregate of the most strongly coupled neighbour that has one, or a negative number.
     *
     * @param owner aggregate of every node, negative for none
     * @param any whether weak couplings count too
     */
    int strongestOwner(int i, int[] owner, boolean any) {
        int best = Aggregates.ISOLATED;
        double most = 0;
        for (int k = graph.rowStart()[i]; k < graph.rowStart()[i + 1]; k++) {
            int candidate = owner[graph.columns()[k]];
            double modulus = Math.abs(graph.values()[k]);
            if (candidate >= 0 && modulus > most && (any ? graph.columns()[k] != i : strong[k])) {
                most = modulus;
                best = candidate;
            }
        }
        return best;
    }
}

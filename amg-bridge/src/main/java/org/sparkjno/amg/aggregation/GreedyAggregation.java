// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;

/**
 * Greedy aggregation in three passes: whole free neighbourhoods, then stragglers to a neighbouring aggregate, then what
 * is left among itself. Nodes are taken in their order, so the result depends on nothing else.
 *
 * <p>Vaněk, Mandel and Brezina 1996, algorithm 5.1.
 */
final class GreedyAggregation {
    private static final int FREE = -2;

    private final int[] start;
    private final int[] columns;
    private final boolean[] strong;
    private final int[] owner;
    private int count;

    private GreedyAggregation(NodeCouplings couplings) {
        start = couplings.graph().rowStart();
        columns = couplings.graph().columns();
        strong = couplings.strong();
        owner = new int[couplings.nodes()];
        Arrays.fill(owner, FREE);
    }

    static Aggregates of(NodeCouplings couplings) {
        return new GreedyAggregation(couplings).compute(couplings);
    }

    private Aggregates compute(NodeCouplings couplings) {
        int n = owner.length;
        for (int i = 0; i < n; i++) {
            if (owner[i] == FREE && wholeNeighbourhoodFree(i)) {
                claim(i);
            }
        }
        // Stragglers join what the first pass has made, not each other, or aggregates would grow long tails.
        int[] first = owner.clone();
        for (int i = 0; i < n; i++) {
            if (owner[i] == FREE) {
                int candidate = couplings.strongestOwner(i, first, false);
                owner[i] = candidate >= 0 ? candidate : FREE;
            }
        }
        for (int i = 0; i < n; i++) {
            if (owner[i] == FREE) {
                claim(i);
            }
        }
        return new Aggregates(owner, count);
    }

    private boolean wholeNeighbourhoodFree(int i) {
        for (int k = start[i]; k < start[i + 1]; k++) {
            if (strong[k] && owner[columns[k]] != FREE) {
                return false;
            }
        }
        return true;
    }

    /** Gives i and its free strong neighbours to a new aggregate, or isolates i if it has no strong neighbour. */
    private void claim(int i) {
        boolean coupled = false;
        for (int k = start[i]; k < start[i + 1]; k++) {
            if (strong[k]) {
                coupled = true;
                if (owner[columns[k]] == FREE) {
                    owner[columns[k]] = count;
                }
            }
        }
        owner[i] = coupled ? count++ : Aggregates.ISOLATED;
    }
}

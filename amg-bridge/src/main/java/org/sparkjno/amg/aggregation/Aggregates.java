// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

/**
 * A partition of the nodes into aggregates, each of which becomes one node of the coarse level.
 *
 * @param owner aggregate of every node; {@link #ISOLATED} for one that the smoother solves alone
 * @param count number of aggregates
 */
record Aggregates(int[] owner, int count) {
    /** Owner of a node that takes no part in the coarse level. */
    static final int ISOLATED = -1;

    /**
     * Takes in the nodes that no strong coupling has brought to an aggregate although couplings rule their rows, as where
     * a coefficient jumps: each joins its most strongly coupled neighbour; those without such a neighbour aggregate among
     * themselves. Nearly diagonal rows stay alone.
     */
    Aggregates adopted(NodeCouplings couplings) {
        int[] all = owner.clone();
        int total = count;
        for (int i = 0; i < all.length; i++) {
            if (owner[i] == ISOLATED && !couplings.dominated(i)) {
                all[i] = couplings.strongestOwner(i, owner, true);
            }
        }
        for (int i = 0; i < all.length; i++) {
            if (all[i] == ISOLATED && !couplings.dominated(i)) {
                all[i] = total;
                for (int k = couplings.graph().rowStart()[i];
                        k < couplings.graph().rowStart()[i + 1];
                        k++) {
                    int j = couplings.graph().columns()[k];
                    if (all[j] == ISOLATED && !couplings.dominated(j)) {
                        all[j] = total;
                    }
                }
                total++;
            }
        }
        return new Aggregates(all, total);
    }

    /**
     * Gives the nodes of aggregates that are too small for their coarse unknowns to the most strongly coupled larger
     * aggregate, or to the smoother alone.
     *
     * @param nodes least nodes of an aggregate
     */
    Aggregates ofAtLeast(int nodes, NodeCouplings couplings) {
        if (nodes <= 1) {
            return this;
        }
        int[] size = sizes();
        int[] kept = new int[owner.length];
        int[] renamed = new int[count];
        int total = 0;
        for (int c = 0; c < count; c++) {
            renamed[c] = size[c] >= nodes ? total++ : ISOLATED;
        }
        for (int i = 0; i < kept.length; i++) {
            kept[i] = owner[i] == ISOLATED ? ISOLATED : renamed[owner[i]];
        }
        int[] all = kept.clone();
        for (int i = 0; i < all.length; i++) {
            if (owner[i] != ISOLATED && kept[i] == ISOLATED) {
                all[i] = couplings.strongestOwner(i, kept, true);
            }
        }
        return new Aggregates(all, total);
    }

    /** Number of nodes of each aggregate. */
    int[] sizes() {
        int[] size = new int[count];
        for (int aggregate : owner) {
            if (aggregate != ISOLATED) {
                size[aggregate]++;
            }
        }
        return size;
    }
}

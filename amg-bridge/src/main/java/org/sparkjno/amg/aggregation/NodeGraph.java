// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Block systems seen node by node. */
final class NodeGraph {
    private NodeGraph() {}

    /**
     * The matrix with one row per node whose entries are the Frobenius norms of the blocks of unknowns that the two nodes
     * share; the matrix itself where nodes are single unknowns.
     */
    static CsrMatrix of(CsrMatrix a, int blockSize, Team team) {
        if (blockSize == 1) {
            return a;
        }
        int nodes = a.rows() / blockSize;
        return RowChunks.build(nodes, a.columnCount() / blockSize, team, (from, to, rows) -> {
            int[] next = new int[blockSize];
            for (int i = from; i < to; i++) {
                addNode(a, blockSize, i, next, rows);
            }
        });
    }

    /** Merges the sorted scalar rows of one node. */
    private static void addNode(CsrMatrix a, int b, int node, int[] next, RowChunks.Chunk rows) {
        int[] columns = a.columns();
        int[] start = a.rowStart();
        System.arraycopy(start, node * b, next, 0, b);
        while (true) {
            int column = Integer.MAX_VALUE;
            for (int c = 0; c < b; c++) {
                if (next[c] < start[node * b + c + 1]) {
                    column = Math.min(column, columns[next[c]] / b);
                }
            }
            if (column == Integer.MAX_VALUE) {
                break;
            }
            double sum = 0;
            for (int c = 0; c < b; c++) {
                int end = start[node * b + c + 1];
                while (next[c] < end && columns[next[c]] / b == column) {
                    double value = a.values()[next[c]++];
                    sum += value * value;
                }
            }
            rows.append(column, Math.sqrt(sum));
        }
        rows.endRow();
    }
}

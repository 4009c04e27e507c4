// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Builds a matrix of small dense blocks, one row of blocks per node, as scalar rows. */
final class NodeRows {
    private NodeRows() {}

    /** Makes the row of blocks of one node. */
    @FunctionalInterface
    interface Maker {
        /** Fills an empty row whose places hold (blockRows x blockColumns) numbers. */
        void fill(int node, SparseRow row);
    }

    static CsrMatrix build(int nodes, int blockRows, int coarseNodes, int blockColumns, Team team, Maker maker) {
        return RowChunks.build(
                nodes, blockRows, Math.multiplyExact(coarseNodes, blockColumns), team, (from, to, out) -> {
                    SparseRow row = new SparseRow(blockRows * blockColumns);
                    for (int node = from; node < to; node++) {
                        row.clear();
                        maker.fill(node, row);
                        for (int c = 0; c < blockRows; c++) {
                            for (int place = 0; place < row.size(); place++) {
                                int at = (place * blockRows + c) * blockColumns;
                                for (int v = 0; v < blockColumns; v++) {
                                    out.append(row.column(place) * blockColumns + v, row.values()[at + v]);
                                }
                            }
                            out.endRow();
                        }
                    }
                });
    }
}

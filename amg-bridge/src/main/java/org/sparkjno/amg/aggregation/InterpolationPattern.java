// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;

/**
 * From which aggregates nodes may be interpolated.
 *
 * @param nodes one row per node, one column per aggregate
 */
record InterpolationPattern(Pattern nodes) {
    /** The aggregates within so many strong couplings of a node. */
    static InterpolationPattern of(NodeCouplings couplings, int reach, Aggregates aggregates, Team team) {
        CsrMatrix graph = couplings.graph();
        CsrMatrix strong = RowChunks.build(graph.rows(), graph.rows(), team, (from, to, rows) -> {
            for (int i = from; i < to; i++) {
                for (int k = graph.rowStart()[i]; k < graph.rowStart()[i + 1]; k++) {
                    if (graph.columns()[k] == i || couplings.strong()[k]) {
                        rows.append(graph.columns()[k], 1);
                    }
                }
                rows.endRow();
            }
        });
        CsrMatrix seen = RowChunks.build(graph.rows(), aggregates.count(), team, (from, to, rows) -> {
            for (int i = from; i < to; i++) {
                if (aggregates.owner()[i] != Aggregates.ISOLATED) {
                    rows.append(aggregates.owner()[i], 1);
                }
                rows.endRow();
            }
        });
        for (int step = 0; step < reach; step++) {
            seen = strong.times(seen);
        }
        return new InterpolationPattern(seen.pattern());
    }

    /** The same for nodes of several unknowns and aggregates of several columns. */
    Pattern blocks(int rowsPerNode, int columnsPerAggregate) {
        if (rowsPerNode == 1 && columnsPerAggregate == 1) {
            return nodes;
        }
        int rows = Math.multiplyExact(nodes.rows(), rowsPerNode);
        int[] start = new int[rows + 1];
        int[] columns = new int[Math.multiplyExact(nodes.entries(), rowsPerNode * columnsPerAggregate)];
        int size = 0;
        for (int i = 0; i < rows; i++) {
            int node = i / rowsPerNode;
            int[] seen = Arrays.copyOfRange(nodes.columns(), nodes.rowStart()[node], nodes.rowStart()[node + 1]);
            for (int aggregate : seen) {
                for (int c = 0; c < columnsPerAggregate; c++) {
                    columns[size++] = aggregate * columnsPerAggregate + c;
                }
            }
            start[i + 1] = size;
        }
        return Pattern.of(rows, nodes.columnCount() * columnsPerAggregate, start, columns);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Builds a matrix whose rows have unknown lengths in one pass: threads fill chunks of consecutive rows, which are then
 * laid one after the other. Chunks are cut alike for any number of threads.
 */
final class RowChunks {
    private static final int ROWS = 8192;

    private RowChunks() {}

    /** Makes some consecutive rows. */
    @FunctionalInterface
    interface Rows {
        /** Adds rows {@code from … to - 1} to a chunk. */
        void fill(int from, int to, Chunk chunk);
    }

    static CsrMatrix build(int rows, int columnCount, Team team, Rows maker) {
        return build(rows, 1, columnCount, team, maker);
    }

    /**
     * Builds {@code nodes * unit} rows, of which no chunk divides the {@code unit} of a node.
     *
     * @param maker is told nodes, not rows
     */
    static CsrMatrix build(int nodes, int unit, int columnCount, Team team, Rows maker) {
        int rows = Math.multiplyExact(nodes, unit);
        int count = Math.max(1, (rows + ROWS - 1) / ROWS);
        Chunk[] chunks = new Chunk[count];
        int[] rowStart = new int[rows + 1];
        team.forTasks(count, c -> {
            int from = Team.cut(nodes, count, c);
            int to = Team.cut(nodes, count, c + 1);
            chunks[c] = new Chunk(rowStart, from * unit);
            maker.fill(from, to, chunks[c]);
        });
        int[] first = new int[count + 1];
        for (int c = 0; c < count; c++) {
            first[c + 1] = Math.addExact(first[c], chunks[c].size);
        }
        int[] columns = new int[first[count]];
        double[] values = new double[first[count]];
        team.forTasks(count, c -> {
            Chunk chunk = chunks[c];
            System.arraycopy(chunk.columns, 0, columns, first[c], chunk.size);
            System.arraycopy(chunk.values, 0, values, first[c], chunk.size);
            int end = unit * Team.cut(nodes, count, c + 1);
            for (int i = unit * Team.cut(nodes, count, c); i < end; i++) {
                rowStart[i + 1] += first[c];
            }
            chunks[c] = null;
        });
        return CsrMatrix.of(rows, columnCount, rowStart, columns, values);
    }

    /** Consecutive rows under construction. */
    static final class Chunk {
        private final int[] rowEnd;
        private int row;
        private int first;
        private int[] columns = new int[4 * ROWS];
        private double[] values = new double[4 * ROWS];
        private int size;

        Chunk(int[] rowEnd, int row) {
            this.rowEnd = rowEnd;
            this.row = row;
        }

        /** Appends an entry to the row; columns must come in increasing order. */
        void append(int column, double value) {
            reserve();
            columns[size] = column;
            values[size++] = value;
        }

        /**
         * Adds to an entry of the row, wherever it is. Insertion into a short sorted row beats marker arrays as long as
         * the columns, which do not fit a cache.
         */
        void add(int column, double value) {
            int place = size;
            while (place > first && columns[place - 1] >= column) {
                place--;
            }
            if (place < size && columns[place] == column) {
                values[place] += value;
                return;
            }
            reserve();
            for (int k = size++; k > place; k--) {
                columns[k] = columns[k - 1];
                values[k] = values[k - 1];
            }
            columns[place] = column;
            values[place] = value;
        }

        private void reserve() {
            if (size == columns.length) {
                int capacity = size + (size >> 1);
                columns = Arrays.copyOf(columns, capacity);
                values = Arrays.copyOf(values, capacity);
            }
        }

        void endRow() {
            rowEnd[++row] = size;
            first = size;
        }
    }
}

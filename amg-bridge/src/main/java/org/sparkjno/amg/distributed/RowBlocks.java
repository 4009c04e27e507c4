// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;

/** Builds a {@link RowBlock} whose entries come in any order of rows: counted first, then put in place. */
final class RowBlocks {
    private final int[] rowStart;
    private int[] next;
    private long[] columns;
    private double[] values;

    RowBlocks(int rows) {
        rowStart = new int[rows + 1];
    }

    void count(int row) {
        rowStart[row + 1]++;
    }

    void allocate() {
        for (int i = 0; i + 1 < rowStart.length; i++) {
            rowStart[i + 1] = Math.addExact(rowStart[i], rowStart[i + 1]);
        }
        next = Arrays.copyOf(rowStart, rowStart.length - 1);
        columns = new long[rowStart[rowStart.length - 1]];
        values = new double[columns.length];
    }

    void put(int row, long column, double value) {
        columns[next[row]] = column;
        values[next[row]++] = value;
    }

    RowBlock block() {
        return new RowBlock(rowStart, columns, values);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;

/** Rows to which parts from other ranks are added. The order of the sum is fixed: own first, then by rank. */
final class RowSum {
    private RowSum() {}

    /**
     * The first rows of a block with others added to them.
     *
     * @param own how many rows of {@code block} count
     * @param parts rows to add
     * @param target for each of them to which row
     */
    static RowBlock of(RowBlock block, int own, RowBlock parts, int[] target) {
        int[][] partsOf = new int[own][];
        for (int p = 0; p < target.length; p++) {
            int[] known = partsOf[target[p]];
            int[] more = known == null ? new int[1] : Arrays.copyOf(known, known.length + 1);
            more[more.length - 1] = p;
            partsOf[target[p]] = more;
        }
        int[] rowStart = new int[own + 1];
        long[] columns = new long[block.columns().length + parts.columns().length];
        double[] values = new double[columns.length];
        int size = 0;
        for (int i = 0; i < own; i++) {
            int start = size;
            size = append(block, i, columns, values, size);
            if (partsOf[i] != null) {
                for (int p : partsOf[i]) {
                    size = append(parts, p, columns, values, size);
                }
                size = merge(columns, values, start, size);
            }
            rowStart[i + 1] = size;
        }
        return new RowBlock(rowStart, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    private static int append(RowBlock block, int i, long[] columns, double[] values, int at) {
        int start = block.rowStart()[i];
        int count = block.rowStart()[i + 1] - start;
        System.arraycopy(block.columns(), start, columns, at, count);
        System.arraycopy(block.values(), start, values, at, count);
        return at + count;
    }

    /**
     * Sorts columns and adds up equal ones in the order in which they stand; rows are short, so an insertion sort serves.
     *
     * @return the new end
     */
    static int merge(long[] columns, double[] values, int start, int end) {
        for (int k = start + 1; k < end; k++) {
            long column = columns[k];
            double value = values[k];
            int at = k;
            while (at > start && columns[at - 1] > column) {
                columns[at] = columns[at - 1];
                values[at] = values[at - 1];
                at--;
            }
            columns[at] = column;
            values[at] = value;
        }
        int size = start;
        for (int k = start; k < end; k++) {
            if (size > start && columns[size - 1] == columns[k]) {
                values[size - 1] += values[k];
            } else {
                columns[size] = columns[k];
                values[size++] = values[k];
            }
        }
        return size;
    }
}

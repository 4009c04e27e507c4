// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of a matrix that is larger than one process: row {@code i} holds the global columns at positions {@code rowStart[i] …
 * rowStart[i + 1] - 1}. Columns may come in any order, each at most once per row.
 *
 * @param rowStart one more than there are rows
 * @param columns global column of every entry
 * @param values value of every entry
 */
public record RowBlock(int[] rowStart, long[] columns, double[] values) implements Serializable {
    public RowBlock {
        Objects.requireNonNull(rowStart, "rowStart");
        if (rowStart.length == 0 || rowStart[0] != 0) {
            throw new IllegalArgumentException("rowStart must begin with 0.");
        }
        int entries = rowStart[rowStart.length - 1];
        if (columns.length != entries || values.length != entries) {
            throw new IllegalArgumentException("rowStart ends at " + entries + " entries, but there are "
                    + columns.length + " columns and " + values.length + " values.");
        }
        for (int i = 0; i + 1 < rowStart.length; i++) {
            if (rowStart[i + 1] < rowStart[i]) {
                throw new IllegalArgumentException("rowStart must not decrease, but row " + i + " goes from "
                        + rowStart[i] + " to " + rowStart[i + 1] + ".");
            }
        }
    }

    int rows() {
        return rowStart.length - 1;
    }

    /** What is wrong with the columns for a matrix of so many; empty if nothing is. */
    String objectionToColumns(long columnCount, long firstRow) {
        for (int i = 0; i < rows(); i++) {
            long[] row = Arrays.copyOfRange(columns, rowStart[i], rowStart[i + 1]);
            Arrays.sort(row);
            for (int k = 0; k < row.length; k++) {
                if (row[k] < 0 || row[k] >= columnCount) {
                    return "Row " + (firstRow + i) + " names column " + row[k] + ", but there are only columns 0 to "
                            + (columnCount - 1) + ".";
                }
                if (k > 0 && row[k] == row[k - 1]) {
                    return "Row " + (firstRow + i) + " has column " + row[k] + " twice; sum duplicates.";
                }
            }
        }
        return "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;
import java.util.Objects;

/**
 * Which entries of a sparse matrix are stored, in compressed row storage: row {@code i} holds the columns at positions
 * {@code rowStart[i] … rowStart[i + 1] - 1}, strictly increasing. Immutable; the values live apart, because many matrices
 * share one pattern.
 *
 * <p>The arrays are handed out as they are, because innermost loops read them. Readers must not write to them.
 */
public final class Pattern {
    private final int rows;
    private final int columnCount;
    private final int[] rowStart;
    private final int[] columns;
    /** Found when first asked for. */
    private volatile Transposition transposition;

    private volatile long hash;

    /** For callers in this package that have built valid arrays themselves. */
    Pattern(int rows, int columnCount, int[] rowStart, int[] columns) {
        this.rows = rows;
        this.columnCount = columnCount;
        this.rowStart = rowStart;
        this.columns = columns;
    }

    /**
     * Checks the arrays and wraps them; they are not copied, so the caller gives them away.
     *
     * @param rows number of rows
     * @param columnCount number of columns
     * @param rowStart {@code rows + 1} positions, starting with 0 and never decreasing
     * @param columns column of every entry, strictly increasing within a row
     * @throws IllegalArgumentException if the arrays do not describe a pattern; the message names the row
     */
    public static Pattern of(int rows, int columnCount, int[] rowStart, int[] columns) {
        Objects.requireNonNull(rowStart, "rowStart");
        Objects.requireNonNull(columns, "columns");
        if (rows < 0 || columnCount < 0) {
            throw new IllegalArgumentException("A matrix cannot be " + rows + " x " + columnCount + ".");
        }
        if (rowStart.length != rows + 1 || rowStart[0] != 0) {
            throw new IllegalArgumentException("rowStart must hold " + (rows + 1) + " positions beginning with 0 for "
                    + rows + " rows, but holds " + rowStart.length + ".");
        }
        if (columns.length != rowStart[rows]) {
            throw new IllegalArgumentException(
                    "rowStart ends at " + rowStart[rows] + " entries, but there are " + columns.length + " columns.");
        }
        for (int i = 0; i < rows; i++) {
            checkRow(i, columnCount, rowStart, columns);
        }
        return new Pattern(rows, columnCount, rowStart, columns);
    }

    private static void checkRow(int i, int columnCount, int[] rowStart, int[] columns) {
        if (rowStart[i + 1] < rowStart[i] || rowStart[i + 1] > columns.length) {
            throw new IllegalArgumentException("rowStart must not decrease, but row " + i + " goes from " + rowStart[i]
                    + " to " + rowStart[i + 1] + ".");
        }
        int previous = -1;
        for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
            int j = columns[k];
            if (j < 0 || j >= columnCount) {
                throw new IllegalArgumentException("Row " + i + " names column " + j
                        + ", but there are only columns 0 to " + (columnCount - 1) + ".");
            }
            if (j <= previous) {
                throw new IllegalArgumentException("Row " + i + " has column " + j + " after column " + previous
                        + "; sort the columns and sum duplicates, as CsrAssembler does.");
            }
            previous = j;
        }
    }

    public int rows() {
        return rows;
    }

    public int columnCount() {
        return columnCount;
    }

    /** Number of stored entries. */
    public int entries() {
        return rowStart[rows];
    }

    /** The row positions themselves, to be read only. */
    public int[] rowStart() {
        return rowStart;
    }

    /** The column of every entry, to be read only. */
    public int[] columns() {
        return columns;
    }

    /** The position of entry (i, j), or a negative number if it is not stored. Takes a binary search. */
    public int position(int i, int j) {
        return Arrays.binarySearch(columns, rowStart[i], rowStart[i + 1], j);
    }

    /** The position of the diagonal entry of every row, or -1 where none is stored: a new array. */
    public int[] diagonal() {
        int[] position = new int[Math.min(rows, columnCount)];
        for (int i = 0; i < position.length; i++) {
            int k = rowStart[i];
            while (k < rowStart[i + 1] && columns[k] < i) {
                k++;
            }
            position[i] = k < rowStart[i + 1] && columns[k] == i ? k : -1;
        }
        return position;
    }

    /** The row of every entry: a new array. */
    public int[] rowOfEntries() {
        int[] row = new int[entries()];
        for (int i = 0; i < rows; i++) {
            Arrays.fill(row, rowStart[i], rowStart[i + 1], i);
        }
        return row;
    }

    /** The transposed pattern and where its entries come from; computed once, in time linear in the number of entries. */
    public Transposition transposition() {
        Transposition known = transposition;
        if (known == null) {
            known = Transposition.of(this);
            transposition = known;
        }
        return known;
    }

    /**
     * A 64-bit hash of sizes and positions, the same in every JVM. Patterns with equal hashes are compared entry by entry
     * before one is taken for the other.
     */
    public long hash() {
        long known = hash;
        if (known == 0) {
            known = mix(mix(rows, columnCount), entries());
            for (int i = 1; i <= rows; i++) {
                known = mix(known, rowStart[i]);
            }
            for (int column : columns) {
                known = mix(known, column);
            }
            hash = known == 0 ? 1 : known;
        }
        return hash;
    }

    private static long mix(long state, long value) {
        long next = (state ^ value) * 0x9E3779B97F4A7C15L;
        return next ^ (next >>> 29);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Pattern that
                        && rows == that.rows
                        && columnCount == that.columnCount
                        && entries() == that.entries()
                        && hash() == that.hash()
                        && Arrays.equals(rowStart, that.rowStart)
                        && Arrays.equals(columns, that.columns);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash());
    }

    @Override
    public String toString() {
        return rows + " x " + columnCount + " pattern of " + entries() + " entries";
    }
}

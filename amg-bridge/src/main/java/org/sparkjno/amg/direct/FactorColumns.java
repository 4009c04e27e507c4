// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;

/** A triangular factor by columns, as it grows. */
final class FactorColumns {
    private final int[] start;
    private int count;
    private int[] rows;
    private double[] values;
    private int size;

    /**
     * An empty factor.
     *
     * @param columns how many it will have at most
     * @param expected a guess of its entries
     */
    FactorColumns(int columns, int expected) {
        start = new int[columns + 1];
        rows = new int[Math.max(16, expected)];
        values = new double[rows.length];
    }

    int size() {
        return size;
    }

    /** Where a column begins. */
    int start(int column) {
        return start[column];
    }

    int row(int at) {
        return rows[at];
    }

    double value(int at) {
        return values[at];
    }

    /** Adds an entry to the column that is under way. */
    void append(int row, double value) {
        if (size == rows.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 1L);
            rows = Arrays.copyOf(rows, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        rows[size] = row;
        values[size++] = value;
    }

    void endColumn() {
        start[++count] = size;
    }

    /** Forgets the column that is under way. */
    void dropColumn() {
        size = start[count];
    }

    /** x −= factor times a column. */
    void subtract(int column, double factor, double[] x) {
        int end = start[column + 1];
        for (int p = start[column]; p < end; p++) {
            x[rows[p]] -= factor * values[p];
        }
    }

    boolean holds(int column, int row) {
        for (int p = start[column]; p < start[column + 1]; p++) {
            if (rows[p] == row) {
                return true;
            }
        }
        return false;
    }

    /**
     * Brings the entries of a column whose rows have a place before the others.
     *
     * @return where the others begin
     */
    int pivotalFirst(int column, int[] place) {
        int low = start[column];
        for (int p = low; p < start[column + 1]; p++) {
            int row = rows[p];
            if (place[row] >= 0) {
                double value = values[p];
                rows[p] = rows[low];
                values[p] = values[low];
                rows[low] = row;
                values[low++] = value;
            }
        }
        return low;
    }

    /** Gives rows their places and leaves those without one out. */
    void rename(int[] place, int columns) {
        int kept = 0;
        int begin = 0;
        for (int k = 0; k < columns; k++) {
            int end = start[k + 1];
            for (int p = begin; p < end; p++) {
                if (place[rows[p]] >= 0) {
                    rows[kept] = place[rows[p]];
                    values[kept++] = values[p];
                }
            }
            begin = end;
            start[k + 1] = kept;
        }
        size = kept;
    }

    /** The first columns, in arrays of their size. */
    FactorColumns trimmed(int columns) {
        FactorColumns trimmed = new FactorColumns(columns, 0);
        System.arraycopy(start, 0, trimmed.start, 0, columns + 1);
        trimmed.count = columns;
        trimmed.size = start[columns];
        trimmed.rows = Arrays.copyOf(rows, trimmed.size);
        trimmed.values = Arrays.copyOf(values, trimmed.size);
        return trimmed;
    }
}

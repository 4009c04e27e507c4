// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;

/**
 * A row under construction whose few places are kept in order of their columns. Insertion into a short sorted list beats
 * marker arrays as long as the columns, which do not fit a cache.
 */
final class SparseRow {
    private final int width;
    private int[] columns = new int[32];
    private double[] values;
    private int size;

    /** A row of places that hold {@code width} numbers each. */
    SparseRow(int width) {
        this.width = width;
        values = new double[32 * width];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int column(int place) {
        return columns[place];
    }

    /** The numbers of all places, {@code width} each. */
    double[] values() {
        return values;
    }

    /** The place of a column, made and zeroed if it is new; places of larger columns move up. */
    int place(int column) {
        int place = size;
        while (place > 0 && columns[place - 1] >= column) {
            place--;
        }
        if (place < size && columns[place] == column) {
            return place;
        }
        if (size == columns.length) {
            columns = Arrays.copyOf(columns, 2 * size);
            values = Arrays.copyOf(values, 2 * size * width);
        }
        if (place < size) {
            System.arraycopy(columns, place, columns, place + 1, size - place);
            System.arraycopy(values, place * width, values, (place + 1) * width, (size - place) * width);
        }
        columns[place] = column;
        Arrays.fill(values, place * width, (place + 1) * width, 0);
        size++;
        return place;
    }
}

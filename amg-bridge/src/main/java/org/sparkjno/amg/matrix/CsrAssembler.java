// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;

/**
 * Collects (row, column, value) triplets in any order and turns them into a {@link CsrMatrix}: columns sorted,
 * duplicates summed in the order in which they were added, zeros kept.
 */
public final class CsrAssembler {
    /** Java arrays end a few elements below 2³¹. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final int rows;
    private final int columnCount;
    private int[] row;
    private int[] column;
    private double[] value;
    private int size;

    /**
     * Starts an empty matrix.
     *
     * @param rows number of rows
     * @param columnCount number of columns
     * @param expectedEntries a guess of the number of triplets, only to reserve memory
     */
    public CsrAssembler(int rows, int columnCount, int expectedEntries) {
        if (rows < 0 || columnCount < 0) {
            throw new IllegalArgumentException("A matrix cannot be " + rows + " x " + columnCount + ".");
        }
        this.rows = rows;
        this.columnCount = columnCount;
        int capacity = Math.max(16, expectedEntries);
        row = new int[capacity];
        column = new int[capacity];
        value = new double[capacity];
    }

    /**
     * Adds a value to entry (i, j).
     *
     * @throws IllegalArgumentException if the entry lies outside, the value is not finite, or there are too many entries
     */
    public CsrAssembler add(int i, int j, double entry) {
        if (i < 0 || i >= rows || j < 0 || j >= columnCount) {
            throw new IllegalArgumentException(
                    "Entry (" + i + ", " + j + ") lies outside a " + rows + " x " + columnCount + " matrix.");
        }
        if (!Double.isFinite(entry)) {
            throw new IllegalArgumentException("Entry (" + i + ", " + j + ") is " + entry + ".");
        }
        if (size == row.length) {
            if (size >= LARGEST) {
                throw new IllegalArgumentException("A matrix takes at most " + LARGEST
                        + " entries; distribute its rows, or solve with an operator that is never assembled.");
            }
            int capacity = (int) Math.min(LARGEST, size + (size >> 1) + 1L);
            row = Arrays.copyOf(row, capacity);
            column = Arrays.copyOf(column, capacity);
            value = Arrays.copyOf(value, capacity);
        }
        row[size] = i;
        column[size] = j;
        value[size++] = entry;
        return this;
    }

    /**
     * Adds a complex value to entry (i, j) of a complex matrix whose real form this is: the 2 x 2 block [[a, -b], [b, a]], so
     * that real and imaginary part of an unknown are neighbours.
     *
     * @param i row of the complex matrix
     * @param j column of the complex matrix
     */
    public CsrAssembler addComplex(int i, int j, double real, double imaginary) {
        add(2 * i, 2 * j, real);
        add(2 * i, 2 * j + 1, -imaginary);
        add(2 * i + 1, 2 * j, imaginary);
        return add(2 * i + 1, 2 * j + 1, real);
    }

    /** The matrix of everything added so far. Two bucket sorts: by column, then stably by row. */
    public CsrMatrix assemble() {
        int[] byColumn = bucketSort(identity(), column, columnCount);
        int[] order = bucketSort(byColumn, row, rows);
        int[] rowStart = new int[rows + 1];
        int[] columns = new int[size];
        double[] values = new double[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int triplet = order[k];
            boolean duplicate = k > 0 && row[order[k - 1]] == row[triplet] && columns[count - 1] == column[triplet];
            if (duplicate) {
                values[count - 1] += value[triplet];
            } else {
                columns[count] = column[triplet];
                values[count++] = value[triplet];
            }
            rowStart[row[triplet] + 1] = count;
        }
        for (int i = 0; i < rows; i++) {
            rowStart[i + 1] = Math.max(rowStart[i + 1], rowStart[i]);
        }
        return CsrMatrix.of(rows, columnCount, rowStart, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
    }

    private int[] identity() {
        int[] order = new int[size];
        Arrays.setAll(order, k -> k);
        return order;
    }

    private static int[] bucketSort(int[] order, int[] key, int keys) {
        int[] next = new int[keys + 1];
        for (int k : order) {
            next[key[k] + 1]++;
        }
        for (int j = 0; j < keys; j++) {
            next[j + 1] += next[j];
        }
        int[] sorted = new int[order.length];
        for (int k : order) {
            sorted[next[key[k]]++] = k;
        }
        return sorted;
    }
}

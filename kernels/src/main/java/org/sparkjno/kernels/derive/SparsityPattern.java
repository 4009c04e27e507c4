// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where a Jacobian may differ from zero. Columns that share no row can be computed by one direction: A. Curtis,
 * M. Powell, J. Reid, "On the Estimation of Sparse Jacobian Matrices", 1974. They are coloured greedily in their order.
 */
public final class SparsityPattern {
    private final int rows;
    private final int columns;
    private final int[] rowOf;
    private final int[] columnOf;

    private SparsityPattern(int rows, int columns, int[] rowOf, int[] columnOf) {
        this.rows = rows;
        this.columns = columns;
        this.rowOf = rowOf;
        this.columnOf = columnOf;
    }

    /**
     * The pattern of a matrix with some entries.
     *
     * @param rowOf row of each entry
     * @param columnOf column of each entry
     * @throws IllegalArgumentException when an entry lies outside the matrix
     */
    public static SparsityPattern of(int rows, int columns, int[] rowOf, int[] columnOf) {
        if (rowOf.length != columnOf.length) {
            throw new IllegalArgumentException("A sparsity pattern needs a row and a column per entry, but got "
                    + rowOf.length + " rows and " + columnOf.length + " columns.");
        }
        for (int k = 0; k < rowOf.length; k++) {
            if (rowOf[k] < 0 || rowOf[k] >= rows || columnOf[k] < 0 || columnOf[k] >= columns) {
                throw new IllegalArgumentException("Entry (" + rowOf[k] + ", " + columnOf[k]
                        + ") lies outside a sparsity pattern of " + rows + " rows and " + columns + " columns.");
            }
        }
        return new SparsityPattern(rows, columns, rowOf.clone(), columnOf.clone());
    }

    /** A square band: entries at most {@code width} beside the diagonal. */
    public static SparsityPattern band(int size, int width) {
        List<int[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = Math.max(0, i - width); j <= Math.min(size - 1, i + width); j++) {
                entries.add(new int[] {i, j});
            }
        }
        return of(
                size,
                size,
                entries.stream().mapToInt(entry -> entry[0]).toArray(),
                entries.stream().mapToInt(entry -> entry[1]).toArray());
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Number of entries. */
    public int size() {
        return rowOf.length;
    }

    /** Row of an entry. */
    public int row(int entry) {
        return rowOf[entry];
    }

    /** Column of an entry. */
    public int column(int entry) {
        return columnOf[entry];
    }

    /** The pattern of the transposed matrix, entries in the same order. */
    SparsityPattern transposed() {
        return new SparsityPattern(columns, rows, columnOf, rowOf);
    }

    /** A colour per column, from 0; columns of one colour share no row. */
    int[] colours() {
        List<List<Integer>> rowsOf = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
            rowsOf.add(new ArrayList<>());
        }
        for (int k = 0; k < rowOf.length; k++) {
            rowsOf.get(columnOf[k]).add(rowOf[k]);
        }
        BitSet[] taken = new BitSet[rows];
        Arrays.setAll(taken, i -> new BitSet());
        int[] colours = new int[columns];
        for (int j = 0; j < columns; j++) {
            BitSet forbidden = new BitSet();
            rowsOf.get(j).forEach(row -> forbidden.or(taken[row]));
            int colour = forbidden.nextClearBit(0);
            colours[j] = colour;
            rowsOf.get(j).forEach(row -> taken[row].set(colour));
        }
        return colours;
    }
}

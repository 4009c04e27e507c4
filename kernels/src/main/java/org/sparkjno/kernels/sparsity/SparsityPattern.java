// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Value;

/** Where a matrix may differ from zero: each entry once, in the order in which they were given. */
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
     * @throws IllegalArgumentException when an entry lies outside the matrix or is given twice
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
        SparsityPattern pattern = new SparsityPattern(rows, columns, rowOf.clone(), columnOf.clone());
        pattern.requireDistinct();
        return pattern;
    }

    /** A square band: entries at most {@code width} beside the diagonal. */
    public static SparsityPattern band(int size, int width) {
        return ofRows(
                size,
                IntStream.range(0, size)
                        .mapToObj(i -> IntStream.rangeClosed(Math.max(0, i - width), Math.min(size - 1, i + width))
                                .toArray())
                        .toArray(int[][]::new));
    }

    /**
     * The pattern of a linear map that a graph computes, by propagation of the argument's elements through its operations:
     * entries row by row, columns increasing. It never lacks an entry. It has too many only where numbers decide: where
     * indices or a condition are not constant, where a factor is zero that is not a constant, where terms cancel.
     *
     * @param image linear in {@code argument}; its flattened elements are the rows
     * @param argument its flattened elements are the columns
     * @throws IllegalArgumentException when there are more entries than an array can hold
     */
    public static SparsityPattern ofLinear(Value image, Value argument) {
        return ofRows(Math.toIntExact(argument.shape().size()), new Propagation(argument).columnsOf(image));
    }

    /** The pattern with the given columns in each row. */
    private static SparsityPattern ofRows(int columns, int[][] columnsOf) {
        long count = Arrays.stream(columnsOf).mapToLong(row -> row.length).sum();
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("A matrix of " + columnsOf.length + " rows and " + columns
                    + " columns would have " + count
                    + " entries that may differ from zero; apply its operator without assembling it.");
        }
        int[] rowOf = new int[(int) count];
        int[] columnOf = new int[(int) count];
        int at = 0;
        for (int i = 0; i < columnsOf.length; i++) {
            int[] row = columnsOf[i];
            Arrays.fill(rowOf, at, at + row.length, i);
            System.arraycopy(row, 0, columnOf, at, row.length);
            at += row.length;
        }
        return new SparsityPattern(columnsOf.length, columns, rowOf, columnOf);
    }

    private void requireDistinct() {
        Adjacency byRow = Adjacency.rows(this);
        int[] seenIn = new int[columns];
        for (int i = 0; i < rows; i++) {
            for (int k = byRow.start(i); k < byRow.end(i); k++) {
                int column = byRow.neighbour(k);
                if (seenIn[column] == i + 1) {
                    throw new IllegalArgumentException(
                            "A sparsity pattern has each entry once, but got (" + i + ", " + column + ") twice.");
                }
                seenIn[column] = i + 1;
            }
        }
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
    public SparsityPattern transposed() {
        return new SparsityPattern(columns, rows, columnOf, rowOf);
    }

    /** Whether the matrix is square and has with each entry (i, j) an entry (j, i). */
    public boolean isSymmetric() {
        return rows == columns && symmetric().size() == size();
    }

    /**
     * The entries (i, j) for which there is an entry (j, i), row by row. A symmetric matrix has no others, whatever a
     * pattern found for it says.
     *
     * @throws IllegalArgumentException when the matrix is not square
     */
    public SparsityPattern symmetric() {
        if (rows != columns) {
            throw new IllegalArgumentException("A symmetric matrix is square, but the sparsity pattern has " + rows
                    + " rows and " + columns + " columns.");
        }
        Adjacency byRow = Adjacency.rows(this);
        Adjacency byColumn = Adjacency.rows(transposed());
        int[] mirroredIn = new int[columns];
        int[][] kept = new int[rows][];
        for (int i = 0; i < rows; i++) {
            for (int k = byColumn.start(i); k < byColumn.end(i); k++) {
                mirroredIn[byColumn.neighbour(k)] = i + 1;
            }
            int row = i + 1;
            kept[i] = IntStream.range(byRow.start(i), byRow.end(i))
                    .map(byRow::neighbour)
                    .filter(j -> mirroredIn[j] == row)
                    .sorted()
                    .toArray();
        }
        return ofRows(columns, kept);
    }

    @Override
    public String toString() {
        return "pattern of " + rows + " rows, " + columns + " columns and " + size() + " entries";
    }
}

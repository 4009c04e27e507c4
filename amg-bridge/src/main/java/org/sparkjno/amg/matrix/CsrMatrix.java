// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable sparse matrix of doubles in compressed row storage.
 *
 * <p>Row {@code i} holds its entries at positions {@code rowStart[i] … rowStart[i + 1] - 1} of {@code columns} and
 * {@code values}, columns strictly increasing. Explicit zeros are allowed and kept: they are part of the pattern.
 *
 * <p>The arrays are handed out as they are, because smoothers and products read them in their innermost loops. Readers
 * must not write to them.
 */
public final class CsrMatrix {
    private final int rows;
    private final int columnCount;
    private final int[] rowStart;
    private final int[] columns;
    private final double[] values;

    /** For callers in this package that have built valid arrays themselves. */
    CsrMatrix(int rows, int columnCount, int[] rowStart, int[] columns, double[] values) {
        this.rows = rows;
        this.columnCount = columnCount;
        this.rowStart = rowStart;
        this.columns = columns;
        this.values = values;
    }

    /**
     * Checks the arrays and wraps them; they are not copied, so the caller gives them away.
     *
     * @param rows number of rows
     * @param columnCount number of columns
     * @param rowStart {@code rows + 1} positions, starting with 0 and never decreasing
     * @param columns column of every entry, strictly increasing within a row
     * @param values value of every entry, finite
     * @throws IllegalArgumentException if the arrays do not describe a matrix; the message names the row
     */
    public static CsrMatrix of(int rows, int columnCount, int[] rowStart, int[] columns, double[] values) {
        Objects.requireNonNull(rowStart, "rowStart");
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(values, "values");
        if (rows < 0 || columnCount < 0) {
            throw new IllegalArgumentException("A matrix cannot be " + rows + " x " + columnCount + ".");
        }
        if (rowStart.length != rows + 1 || rowStart[0] != 0) {
            throw new IllegalArgumentException("rowStart must hold " + (rows + 1) + " positions beginning with 0 for "
                    + rows + " rows, but holds " + rowStart.length + ".");
        }
        if (columns.length != rowStart[rows] || values.length != rowStart[rows]) {
            throw new IllegalArgumentException("rowStart ends at " + rowStart[rows] + " entries, but there are "
                    + columns.length + " columns and " + values.length + " values.");
        }
        for (int i = 0; i < rows; i++) {
            checkRow(i, columnCount, rowStart, columns, values);
        }
        return new CsrMatrix(rows, columnCount, rowStart, columns, values);
    }

    private static void checkRow(int i, int columnCount, int[] rowStart, int[] columns, double[] values) {
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
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException("Entry (" + i + ", " + j + ") is " + values[k] + ".");
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

    /** Number of stored entries, explicit zeros included. */
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

    /** The value of every entry, to be read only. */
    public double[] values() {
        return values;
    }

    /** Entry (i, j), 0 where none is stored. Takes a binary search. */
    public double get(int i, int j) {
        int k = Arrays.binarySearch(columns, rowStart[i], rowStart[i + 1], j);
        return k < 0 ? 0 : values[k];
    }

    /**
     * Returns this matrix if it is square.
     *
     * @throws IllegalArgumentException if it is not
     */
    public CsrMatrix requireSquare() {
        if (rows != columnCount) {
            throw new IllegalArgumentException(
                    "The matrix is " + rows + " x " + columnCount + ", but a linear system needs a square one.");
        }
        return this;
    }

    /** The diagonal, 0 where no entry is stored. */
    public double[] diagonal() {
        double[] diagonal = new double[Math.min(rows, columnCount)];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = get(i, i);
        }
        return diagonal;
    }

    /** y = A x; x has {@code columnCount()} values and y {@code rows()}. */
    public void multiply(double[] x, double[] y) {
        int end = 0;
        for (int i = 0; i < rows; i++) {
            int start = end;
            end = rowStart[i + 1];
            double sum = 0;
            for (int k = start; k < end; k++) {
                sum += values[k] * x[columns[k]];
            }
            y[i] = sum;
        }
    }

    /** y = y + A x. */
    public void multiplyAdd(double[] x, double[] y) {
        int end = 0;
        for (int i = 0; i < rows; i++) {
            int start = end;
            end = rowStart[i + 1];
            double sum = 0;
            for (int k = start; k < end; k++) {
                sum += values[k] * x[columns[k]];
            }
            y[i] += sum;
        }
    }

    /** r = b - A x. */
    public void residual(double[] b, double[] x, double[] r) {
        int end = 0;
        for (int i = 0; i < rows; i++) {
            int start = end;
            end = rowStart[i + 1];
            double sum = b[i];
            for (int k = start; k < end; k++) {
                sum -= values[k] * x[columns[k]];
            }
            r[i] = sum;
        }
    }

    /** The transposed matrix, in time linear in the number of entries. */
    public CsrMatrix transpose() {
        int[] start = new int[columnCount + 1];
        for (int k = 0; k < entries(); k++) {
            start[columns[k] + 1]++;
        }
        for (int j = 0; j < columnCount; j++) {
            start[j + 1] += start[j];
        }
        int[] next = Arrays.copyOf(start, columnCount);
        int[] transposedColumns = new int[entries()];
        double[] transposedValues = new double[entries()];
        for (int i = 0; i < rows; i++) {
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                int position = next[columns[k]]++;
                transposedColumns[position] = i;
                transposedValues[position] = values[k];
            }
        }
        return new CsrMatrix(columnCount, rows, start, transposedColumns, transposedValues);
    }

    /**
     * The product A B by rows with a marker array.
     *
     * <p>F. G. Gustavson, "Two fast algorithms for sparse matrices: multiplication and permuted transposition", ACM
     * TOMS 4, 1978.
     *
     * @throws IllegalArgumentException if the inner sizes differ
     */
    public CsrMatrix times(CsrMatrix other) {
        if (columnCount != other.rows) {
            throw new IllegalArgumentException("A " + rows + " x " + columnCount + " matrix cannot be multiplied by a "
                    + other.rows + " x " + other.columnCount + " one.");
        }
        return SparseProduct.of(this, other);
    }

    /**
     * The Galerkin product R A P of this matrix A, the operator of a coarse level.
     *
     * @param restriction R, (coarse x rows)
     * @param interpolation P, (columns x coarse)
     */
    public CsrMatrix galerkin(CsrMatrix restriction, CsrMatrix interpolation) {
        return restriction.times(times(interpolation));
    }

    @Override
    public String toString() {
        return rows + " x " + columnCount + " matrix with " + entries() + " entries";
    }
}

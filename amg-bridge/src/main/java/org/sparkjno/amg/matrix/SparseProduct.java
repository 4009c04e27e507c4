// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;

/** One sparse product under construction: grows its output row by row. */
final class SparseProduct {
    private final CsrMatrix left;
    private final CsrMatrix right;
    private final double[] sum;
    private final int[] lastRow;
    private int[] columns;
    private int size;

    private SparseProduct(CsrMatrix left, CsrMatrix right) {
        this.left = left;
        this.right = right;
        sum = new double[right.columnCount()];
        lastRow = new int[right.columnCount()];
        Arrays.fill(lastRow, -1);
        columns = new int[Math.max(16, Math.max(left.entries(), right.entries()))];
    }

    static CsrMatrix of(CsrMatrix left, CsrMatrix right) {
        return new SparseProduct(left, right).compute();
    }

    private CsrMatrix compute() {
        int[] rowStart = new int[left.rows() + 1];
        double[] values = new double[columns.length];
        for (int i = 0; i < left.rows(); i++) {
            int start = size;
            addRow(i);
            Arrays.sort(columns, start, size);
            if (values.length < columns.length) {
                values = Arrays.copyOf(values, columns.length);
            }
            for (int k = start; k < size; k++) {
                values[k] = sum[columns[k]];
            }
            rowStart[i + 1] = size;
        }
        return new CsrMatrix(
                left.rows(), right.columnCount(), rowStart, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    /** Sums row i of the product in {@code sum} and appends its columns, unsorted. */
    private void addRow(int i) {
        int[] leftColumns = left.columns();
        double[] leftValues = left.values();
        int[] rightStart = right.rowStart();
        int[] rightColumns = right.columns();
        double[] rightValues = right.values();
        for (int k = left.rowStart()[i]; k < left.rowStart()[i + 1]; k++) {
            int row = leftColumns[k];
            double factor = leftValues[k];
            reserve(rightStart[row + 1] - rightStart[row]);
            for (int l = rightStart[row]; l < rightStart[row + 1]; l++) {
                int j = rightColumns[l];
                double term = factor * rightValues[l];
                if (lastRow[j] == i) {
                    sum[j] += term;
                } else {
                    lastRow[j] = i;
                    sum[j] = term;
                    columns[size++] = j;
                }
            }
        }
    }

    private void reserve(int more) {
        if (size + more > columns.length) {
            columns = Arrays.copyOf(columns, capacity(size, more, columns.length));
        }
    }

    /** A length that holds {@code size + more} entries and grows by half. */
    static int capacity(int size, int more, int length) {
        return (int) Math.min(
                Math.max((long) addEntries(size, more), length + (long) (length >> 1)), Integer.MAX_VALUE - 8L);
    }

    /**
     * The sum of two numbers of entries.
     *
     * @throws ArithmeticException if one matrix cannot hold so many
     */
    static int addEntries(int entries, int more) {
        if (entries + (long) more > Integer.MAX_VALUE - 8) {
            throw new ArithmeticException("The product has more than 2^31 entries; distribute the rows over tasks.");
        }
        return entries + more;
    }
}

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
            long wanted = Math.max((long) size + more, columns.length + (columns.length >> 1));
            if (size + (long) more > Integer.MAX_VALUE - 8) {
                throw new ArithmeticException("The product has more than 2^31 entries; split the rows into parts.");
            }
            columns = Arrays.copyOf(columns, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The innermost loops over parts of rows, for one vector or several, which lie row after row.
 *
 * <p>Positions {@code row * width} cannot overflow, since arrays of that length exist.
 */
final class RowKernel {
    private final int[] columns;
    private final double[] values;
    private final int width;

    RowKernel(CsrMatrix matrix, int width) {
        this(matrix.columns(), matrix.values(), width);
    }

    RowKernel(int[] columns, double[] values, int width) {
        this.columns = columns;
        this.values = values;
        this.width = width;
    }

    int width() {
        return width;
    }

    /**
     * One row of Y = scale (base − A' X), where A' holds the entries from {@code start} to {@code end - 1} without
     * {@code skip}, which is {@code end} if none is left out.
     *
     * @param skip at least {@code start} and at most {@code end}
     * @param base null for zero
     * @param from row of {@code base}
     * @param y may be {@code x} or {@code base}
     * @param to row of {@code y}
     */
    void row(int start, int skip, int end, double[] base, int from, double scale, double[] x, double[] y, int to) {
        int baseAt = from * width;
        int at = to * width;
        if (width == 1) {
            double sum = RowSum.upwards(base == null ? 0 : base[baseAt], columns, values, x, start, skip);
            y[at] = scale * (skip < end ? RowSum.upwards(sum, columns, values, x, skip + 1, end) : sum);
            return;
        }
        for (int column = 0; column < width; column++) {
            y[at + column] = scale * single(start, skip, end, base == null ? 0 : base[baseAt + column], x, column);
        }
    }

    private double single(int start, int skip, int end, double base, double[] x, int column) {
        double sum = base;
        for (int k = start; k < skip; k++) {
            sum -= values[k] * x[columns[k] * width + column];
        }
        for (int k = skip + 1; k < end; k++) {
            sum -= values[k] * x[columns[k] * width + column];
        }
        return sum;
    }
}

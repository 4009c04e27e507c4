// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The innermost loops over parts of rows, for one vector or several. Several vectors lie row after row; an entry of the
 * matrix that has been read meets eight of them at once, their sums in registers.
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
        int column = 0;
        for (; column + 8 <= width; column += 8) {
            eight(start, skip, end, base, baseAt + column, scale, x, column, y, at + column);
        }
        if (column + 4 <= width) {
            four(start, skip, end, base, baseAt + column, scale, x, column, y, at + column);
            column += 4;
        }
        for (; column < width; column++) {
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

    private void four(
            int start,
            int skip,
            int end,
            double[] base,
            int baseAt,
            double scale,
            double[] x,
            int column,
            double[] y,
            int at) {
        double s0 = base == null ? 0 : base[baseAt];
        double s1 = base == null ? 0 : base[baseAt + 1];
        double s2 = base == null ? 0 : base[baseAt + 2];
        double s3 = base == null ? 0 : base[baseAt + 3];
        for (int k = start; k < end; k++) {
            if (k == skip) {
                continue;
            }
            double v = -values[k];
            int j = columns[k] * width + column;
            s0 = Math.fma(v, x[j], s0);
            s1 = Math.fma(v, x[j + 1], s1);
            s2 = Math.fma(v, x[j + 2], s2);
            s3 = Math.fma(v, x[j + 3], s3);
        }
        y[at] = scale * s0;
        y[at + 1] = scale * s1;
        y[at + 2] = scale * s2;
        y[at + 3] = scale * s3;
    }

    private void eight(
            int start,
            int skip,
            int end,
            double[] base,
            int baseAt,
            double scale,
            double[] x,
            int column,
            double[] y,
            int at) {
        double s0 = base == null ? 0 : base[baseAt];
        double s1 = base == null ? 0 : base[baseAt + 1];
        double s2 = base == null ? 0 : base[baseAt + 2];
        double s3 = base == null ? 0 : base[baseAt + 3];
        double s4 = base == null ? 0 : base[baseAt + 4];
        double s5 = base == null ? 0 : base[baseAt + 5];
        double s6 = base == null ? 0 : base[baseAt + 6];
        double s7 = base == null ? 0 : base[baseAt + 7];
        for (int k = start; k < end; k++) {
            if (k == skip) {
                continue;
            }
            double v = -values[k];
            int j = columns[k] * width + column;
            s0 = Math.fma(v, x[j], s0);
            s1 = Math.fma(v, x[j + 1], s1);
            s2 = Math.fma(v, x[j + 2], s2);
            s3 = Math.fma(v, x[j + 3], s3);
            s4 = Math.fma(v, x[j + 4], s4);
            s5 = Math.fma(v, x[j + 5], s5);
            s6 = Math.fma(v, x[j + 6], s6);
            s7 = Math.fma(v, x[j + 7], s7);
        }
        y[at] = scale * s0;
        y[at + 1] = scale * s1;
        y[at + 2] = scale * s2;
        y[at + 3] = scale * s3;
        y[at + 4] = scale * s4;
        y[at + 5] = scale * s5;
        y[at + 6] = scale * s6;
        y[at + 7] = scale * s7;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

/**
 * The innermost loops of products with one vector or several. Several vectors lie row after row, so that an entry of the
 * matrix, once read, meets neighbours in memory.
 */
final class RowProduct {
    private RowProduct() {}

    /**
     * Y = base + factor A X in some rows.
     *
     * @param base null for zero; may be {@code y}
     * @param x (columns x width)
     * @param y (rows x width)
     */
    static void combine(
            CsrMatrix a, double[] base, double factor, double[] x, double[] y, int width, int from, int to) {
        if (width == 1) {
            single(a, base, factor, x, y, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            // A row of the matrix stays in the first cache while the columns pass by, eight at a time.
            int column = 0;
            for (; column + 8 <= width; column += 8) {
                eight(a, base, factor, x, y, width, column, i);
            }
            for (; column < width; column++) {
                one(a, base, factor, x, y, width, column, i);
            }
        }
    }

    private static void single(CsrMatrix a, double[] base, double factor, double[] x, double[] y, int from, int to) {
        int[] rowStart = a.rowStart();
        int[] columns = a.columns();
        double[] values = a.values();
        int end = rowStart[from];
        for (int i = from; i < to; i++) {
            int start = end;
            end = rowStart[i + 1];
            double sum = 0;
            for (int k = start; k < end; k++) {
                sum += values[k] * x[columns[k]];
            }
            y[i] = base == null ? factor * sum : base[i] + factor * sum;
        }
    }

    private static void one(
            CsrMatrix a, double[] base, double factor, double[] x, double[] y, int width, int c, int i) {
        int[] columns = a.columns();
        double[] values = a.values();
        int end = a.rowStart()[i + 1];
        double sum = 0;
        for (int k = a.rowStart()[i]; k < end; k++) {
            sum += values[k] * x[columns[k] * width + c];
        }
        int at = i * width + c;
        y[at] = base == null ? factor * sum : base[at] + factor * sum;
    }

    /** Eight columns from {@code c}, their sums in registers. */
    private static void eight(
            CsrMatrix a, double[] base, double factor, double[] x, double[] y, int width, int c, int i) {
        int[] columns = a.columns();
        double[] values = a.values();
        int end = a.rowStart()[i + 1];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int k = a.rowStart()[i]; k < end; k++) {
            double v = values[k];
            int at = columns[k] * width + c;
            s0 = Math.fma(v, x[at], s0);
            s1 = Math.fma(v, x[at + 1], s1);
            s2 = Math.fma(v, x[at + 2], s2);
            s3 = Math.fma(v, x[at + 3], s3);
            s4 = Math.fma(v, x[at + 4], s4);
            s5 = Math.fma(v, x[at + 5], s5);
            s6 = Math.fma(v, x[at + 6], s6);
            s7 = Math.fma(v, x[at + 7], s7);
        }
        int at = i * width + c;
        y[at] = (base == null ? 0 : base[at]) + factor * s0;
        y[at + 1] = (base == null ? 0 : base[at + 1]) + factor * s1;
        y[at + 2] = (base == null ? 0 : base[at + 2]) + factor * s2;
        y[at + 3] = (base == null ? 0 : base[at + 3]) + factor * s3;
        y[at + 4] = (base == null ? 0 : base[at + 4]) + factor * s4;
        y[at + 5] = (base == null ? 0 : base[at + 5]) + factor * s5;
        y[at + 6] = (base == null ? 0 : base[at + 6]) + factor * s6;
        y[at + 7] = (base == null ? 0 : base[at + 7]) + factor * s7;
    }
}

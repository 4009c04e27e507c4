// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.amg.compiled.BlockRows;
import org.sparkjno.amg.compiled.Panel;
import org.sparkjno.amg.compiled.Real;

/**
 * The innermost loops of products with one vector or several. Several vectors lie row after row, so that an entry of the
 * matrix, once read, meets neighbours in memory; machine code, where there is any, takes many of them at once.
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
        } else if (Panel.available()) {
            BlockRows<double[]> rows = new BlockRows<>(Real.DOUBLE, 1, 1, a.rowStart(), a.columns(), a.values());
            List<Panel<double[]>> panels = Panel.of(Real.DOUBLE, 1, 1, width);
            panels.forEach(panel -> panel.combine(rows, base, factor, x, y, from, to));
        } else {
            several(a, base, factor, x, y, width, from, to);
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

    private static void several(
            CsrMatrix a, double[] base, double factor, double[] x, double[] y, int width, int from, int to) {
        double[] sum = new double[width];
        for (int i = from; i < to; i++) {
            Arrays.fill(sum, 0);
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                double v = a.values()[k];
                int at = a.columns()[k] * width;
                for (int c = 0; c < width; c++) {
                    sum[c] += v * x[at + c];
                }
            }
            for (int at = i * width, c = 0; c < width; c++, at++) {
                y[at] = (base == null ? 0 : base[at]) + factor * sum[c];
            }
        }
    }
}

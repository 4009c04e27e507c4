// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

/** Rows of several vectors that lie row after row. */
final class Vectors {
    private Vectors() {}

    /** Row {@code to} of y minus {@code factor} times row {@code from} of x. */
    static void subtract(double factor, double[] x, int from, double[] y, int to, int width) {
        if (width == 1) {
            y[to] -= factor * x[from];
            return;
        }
        int source = from * width;
        int target = to * width;
        for (int c = 0; c < width; c++) {
            y[target + c] -= factor * x[source + c];
        }
    }

    /** Row {@code row} of x times {@code factor}. */
    static void scale(double factor, double[] x, int row, int width) {
        for (int at = row * width; at < (row + 1) * width; at++) {
            x[at] *= factor;
        }
    }

    /** Row {@code to} of y = {@code factor} times row {@code from} of x. */
    static void copy(double factor, double[] x, int from, double[] y, int to, int width) {
        for (int c = 0; c < width; c++) {
            y[to * width + c] = factor * x[from * width + c];
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** The products of block methods, four columns at a time, so that their sums stay in registers. */
final class BlockProduct {
    /** Rows whose products are formed while they lie in the nearest cache. */
    private static final int CHUNK = 64;

    private BlockProduct() {}

    /**
     * Row times matrix.
     *
     * @param x holds the row from {@code at} on
     * @param c (width x width), row after row
     * @param product its length is the width; overwritten
     */
    static void row(double[] x, int at, double[] c, double[] product) {
        int width = product.length;
        int j = 0;
        for (; j + 4 <= width; j += 4) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int k = 0, entry = j; k < width; k++, entry += width) {
                double factor = x[at + k];
                s0 += factor * c[entry];
                s1 += factor * c[entry + 1];
                s2 += factor * c[entry + 2];
                s3 += factor * c[entry + 3];
            }
            product[j] = s0;
            product[j + 1] = s1;
            product[j + 2] = s2;
            product[j + 3] = s3;
        }
        for (; j < width; j++) {
            double sum = 0;
            for (int k = 0; k < width; k++) {
                sum += x[at + k] * c[k * width + j];
            }
            product[j] = sum;
        }
    }

    /** Adds the products of all columns of x with all columns of y over some rows to (width x width) sums. */
    static void gram(double[] x, double[] y, int width, int from, int to, double[] sums, int at) {
        for (int start = from; start < to; start += CHUNK) {
            int end = Math.min(to, start + CHUNK) * width;
            for (int k = 0; k < width; k++) {
                gramRow(x, y, width, start * width, end, k, sums, at + k * width);
            }
        }
    }

    /** Column k of x with all columns of y, between two positions. */
    private static void gramRow(double[] x, double[] y, int width, int start, int end, int k, double[] sums, int at) {
        int j = 0;
        for (; j + 4 <= width; j += 4) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int row = start; row < end; row += width) {
                double factor = x[row + k];
                s0 += factor * y[row + j];
                s1 += factor * y[row + j + 1];
                s2 += factor * y[row + j + 2];
                s3 += factor * y[row + j + 3];
            }
            sums[at + j] += s0;
            sums[at + j + 1] += s1;
            sums[at + j + 2] += s2;
            sums[at + j + 3] += s3;
        }
        for (; j < width; j++) {
            double sum = 0;
            for (int row = start; row < end; row += width) {
                sum += x[row + k] * y[row + j];
            }
            sums[at + j] += sum;
        }
    }
}

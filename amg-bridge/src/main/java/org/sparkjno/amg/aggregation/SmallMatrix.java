// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

/** Dense matrices the size of a node, row after row. */
final class SmallMatrix {
    private static final double TINY = 1e-12;

    private SmallMatrix() {}

    /**
     * The inverse of an (n x n) matrix by Gauss-Jordan elimination with row pivots, or zeros if it is singular to
     * rounding.
     */
    static double[] inverse(double[] matrix, int n) {
        double[] a = matrix.clone();
        double[] inverse = new double[n * n];
        double largest = 0;
        for (double v : a) {
            largest = Math.max(largest, Math.abs(v));
        }
        for (int i = 0; i < n; i++) {
            inverse[i * n + i] = 1;
        }
        for (int p = 0; p < n; p++) {
            int pivot = p;
            for (int i = p + 1; i < n; i++) {
                if (Math.abs(a[i * n + p]) > Math.abs(a[pivot * n + p])) {
                    pivot = i;
                }
            }
            if (!(Math.abs(a[pivot * n + p]) > TINY * largest)) {
                return new double[n * n];
            }
            exchange(a, n, p, pivot);
            exchange(inverse, n, p, pivot);
            double scale = 1 / a[p * n + p];
            for (int j = 0; j < n; j++) {
                a[p * n + j] *= scale;
                inverse[p * n + j] *= scale;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i * n + p];
                for (int j = 0; i != p && factor != 0 && j < n; j++) {
                    a[i * n + j] -= factor * a[p * n + j];
                    inverse[i * n + j] -= factor * inverse[p * n + j];
                }
            }
        }
        return inverse;
    }

    private static void exchange(double[] a, int n, int i, int j) {
        for (int k = 0; i != j && k < n; k++) {
            double kept = a[i * n + k];
            a[i * n + k] = a[j * n + k];
            a[j * n + k] = kept;
        }
    }

    /** The pseudo-inverse (columns x rows) of a matrix of full rank; zeros if its rank is not full. */
    static double[] pseudoInverse(double[] matrix, int rows, int columns) {
        boolean wide = columns >= rows;
        int small = Math.min(rows, columns);
        int large = Math.max(rows, columns);
        double[] gram = new double[small * small];
        for (int i = 0; i < small; i++) {
            for (int j = 0; j < small; j++) {
                for (int k = 0; k < large; k++) {
                    gram[i * small + j] += wide
                            ? matrix[i * columns + k] * matrix[j * columns + k]
                            : matrix[k * columns + i] * matrix[k * columns + j];
                }
            }
        }
        double[] inverse = inverse(gram, small);
        double[] result = new double[columns * rows];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < rows; j++) {
                for (int k = 0; k < small; k++) {
                    result[i * rows + j] += wide
                            ? matrix[k * columns + i] * inverse[k * small + j]
                            : inverse[i * small + k] * matrix[j * columns + k];
                }
            }
        }
        return result;
    }
}

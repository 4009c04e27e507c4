// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.random.RandomStream;

/**
 * Rows of unit length that are orthogonal to each other, by Gram-Schmidt, each twice: L. Giraud, J. Langou, M. Rozložník, "The loss
 * of orthogonality in the Gram-Schmidt orthogonalization process", Comput. Math. Appl. 50, 2005.
 */
final class OrthonormalRows {
    private OrthonormalRows() {}

    /** So many rows of normal random numbers, made orthonormal one after another. */
    static double[][] random(int count, int length, RandomStream stream) {
        double[][] rows = new double[count][length];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < length; k++) {
                rows[i][k] = stream.gaussian((long) i * length + k);
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    add(rows[i], -dot(rows[i], rows[j]), rows[j]);
                }
                add(rows[i], 1 / Math.sqrt(dot(rows[i], rows[i])) - 1, rows[i].clone());
            }
        }
        return rows;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * other[i];
        }
    }
}

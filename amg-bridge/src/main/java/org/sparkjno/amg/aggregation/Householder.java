// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Arrays;

/**
 * The factorisation B = Q R of a small dense matrix by reflections; Q is orthonormal even where B has not full rank.
 *
 * <p>Golub and Van Loan, "Matrix Computations", 4th edition, algorithm 5.2.1. The diagonal of R is not negative.
 */
final class Householder {
    private final int rows;
    private final int width;
    /** R on and above the diagonal, the tails of the reflection vectors below; row after row. */
    private final double[] a;

    private final double[] head;
    private final double[] beta;

    /** Factorises (rows x width) numbers, rows ≥ width; they are copied. */
    Householder(double[] matrix, int rows, int width) {
        if (rows < width) {
            throw new IllegalArgumentException(
                    "An aggregate of " + rows + " unknowns cannot carry " + width + " near-null vectors.");
        }
        this.rows = rows;
        this.width = width;
        a = matrix.clone();
        head = new double[width];
        beta = new double[width];
        double largest = 0;
        for (double v : a) {
            largest = Math.max(largest, Math.abs(v));
        }
        for (int j = 0; j < width; j++) {
            reflect(j, 1e-12 * largest * Math.sqrt(rows));
        }
    }

    /** Makes column j vanish below the diagonal; what is left at rounding level counts as zero. */
    private void reflect(int j, double tiny) {
        double square = 0;
        for (int i = j; i < rows; i++) {
            square += a[i * width + j] * a[i * width + j];
        }
        double norm = Math.sqrt(square);
        if (norm <= tiny) {
            for (int i = j; i < rows; i++) {
                a[i * width + j] = 0;
            }
            return;
        }
        double diagonal = a[j * width + j];
        double pivot = diagonal > 0 ? -norm : norm;
        head[j] = diagonal - pivot;
        beta[j] = -1 / (pivot * head[j]);
        a[j * width + j] = pivot;
        for (int k = j + 1; k < width; k++) {
            double dot = head[j] * a[j * width + k];
            for (int i = j + 1; i < rows; i++) {
                dot += a[i * width + j] * a[i * width + k];
            }
            dot *= beta[j];
            a[j * width + k] -= dot * head[j];
            for (int i = j + 1; i < rows; i++) {
                a[i * width + k] -= dot * a[i * width + j];
            }
        }
    }

    private double sign(int j) {
        return a[j * width + j] < 0 ? -1 : 1;
    }

    /** Entry (i, j) of R, i ≤ j. */
    double upper(int i, int j) {
        return sign(i) * a[i * width + j];
    }

    /** Writes factor Q, (rows x width). */
    void writeBasis(double factor, double[] q) {
        Arrays.fill(q, 0, rows * width, 0);
        for (int j = 0; j < width; j++) {
            q[j * width + j] = factor * sign(j);
        }
        for (int j = width - 1; j >= 0; j--) {
            for (int k = 0; k < width && beta[j] != 0; k++) {
                double dot = head[j] * q[j * width + k];
                for (int i = j + 1; i < rows; i++) {
                    dot += a[i * width + j] * q[i * width + k];
                }
                dot *= beta[j];
                q[j * width + k] -= dot * head[j];
                for (int i = j + 1; i < rows; i++) {
                    q[i * width + k] -= dot * a[i * width + j];
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;

/** Matrices that differentiate the values of a function on a line of equally spaced points. */
final class DifferentiationMatrix {
    private DifferentiationMatrix() {}

    /**
     * A matrix.
     *
     * @param n points
     * @param h their distance
     * @param closed whether there is a point at both ends; if not, the line is periodic
     * @param order of the derivative, at least 1
     */
    static double[][] of(Scheme scheme, int n, double h, boolean closed, int order) {
        return switch (scheme) {
            case FINITE_DIFFERENCES, LINEAR_ELEMENTS -> differences(n, h, closed, order);
            case SPECTRAL -> {
                if (closed) {
                    throw new ExpressionException(
                            "Spectral derivatives need a periodic grid, without a point at the end"
                                    + " that repeats the first; use a periodic domain, or FINITE_DIFFERENCES, or COSINE for"
                                    + " fields without slope at the ends.");
                }
                yield fourier(n, n * h, order);
            }
            case COSINE -> cosine(n, h, order);
            default -> throw new IllegalArgumentException("There are no matrices for " + scheme + ".");
        };
    }

    private static double[][] differences(int n, double h, boolean closed, int order) {
        Stencil.requirePoints(n);
        double[][] first = Stencil.of(Math.min(order, 2), h).matrix(n, closed);
        // Second derivatives come first: the errors at the ends grow least that way.
        return order <= 2 ? first : product(differences(n, h, closed, order - 2), first);
    }

    /** Of the trigonometric interpolant: L. N. Trefethen, "Spectral Methods in MATLAB", 2000, chapter 3. */
    private static double[][] fourier(int n, double length, int order) {
        double[][] matrix = new double[n][n];
        for (int d = 0; d < n; d++) {
            double sum = 0;
            for (int k = 1; 2 * k <= n; k++) {
                boolean nyquist = 2 * k == n;
                if (nyquist && order % 2 == 1) {
                    continue;
                }
                double frequency = StrictMath.pow(2 * Math.PI * k / length, order);
                double angle = 2 * Math.PI * ((long) k * d % n) / n + order * Math.PI / 2;
                sum += (nyquist ? 1 : 2) * frequency * StrictMath.cos(angle);
            }
            for (int j = 0; j < n; j++) {
                matrix[(j + d) % n][j] = sum / n;
            }
        }
        return matrix;
    }

    /** Of the cosine series through the points, which continues the function evenly at both ends. */
    private static double[][] cosine(int n, double h, int order) {
        int period = 2 * (n - 1);
        double[][] even = fourier(period, period * h, order);
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < period; j++) {
                matrix[i][j < n ? j : period - j] += even[i][j];
            }
        }
        return matrix;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] product = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < n; j++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }
}

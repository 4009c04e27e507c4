// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.ExpressionException;

/**
 * Central differences on equally spaced points, with one-sided ones of the same order at the ends of a closed line.
 *
 * @param middle factors of a point's neighbours, beginning with the one before it
 * @param start factors of the first points of a closed line for its first one
 * @param end factors of the last points for its last one
 */
record Stencil(double[] middle, double[] start, double[] end) {
    /**
     * The stencil of second order for a derivative.
     *
     * @param order of the derivative, 1 or 2
     * @param h distance of the points
     */
    static Stencil of(int order, double h) {
        double a = 1 / h;
        double b = a * a;
        return order == 1
                ? new Stencil(
                        new double[] {-0.5 * a, 0, 0.5 * a},
                        new double[] {-1.5 * a, 2 * a, -0.5 * a},
                        new double[] {0.5 * a, -2 * a, 1.5 * a})
                : new Stencil(new double[] {b, -2 * b, b}, new double[] {2 * b, -5 * b, 4 * b, -b}, new double[] {
                    -b, 4 * b, -5 * b, 2 * b
                });
    }

    static void requirePoints(int n) {
        if (n < 4) {
            throw new ExpressionException(
                    "Finite differences need at least 4 points along a coordinate, not " + n + ".");
        }
    }

    /** As a matrix for a line of {@code n} points. */
    double[][] matrix(int n, boolean closed) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < middle.length; k++) {
                matrix[i][Math.floorMod(i + k - 1, n)] += middle[k];
            }
        }
        if (closed) {
            matrix[0] = new double[n];
            System.arraycopy(start, 0, matrix[0], 0, start.length);
            matrix[n - 1] = new double[n];
            System.arraycopy(end, 0, matrix[n - 1], n - end.length, end.length);
        }
        return matrix;
    }

    /** Some rows of the derivative of a field along an axis, as sums of shifted fields. */
    Value apply(Value field, int axis, boolean closed, Rows rows) {
        int n = field.shape().dim(axis);
        if (!closed) {
            Value around = Value.concat(axis, List.of(field.slice(axis, n - 1, n), field, field.slice(axis, 0, 1)));
            return combined(around, axis, rows.from(), middle, rows.length());
        }
        List<Value> parts = new ArrayList<>();
        if (rows.from() == 0) {
            parts.add(combined(field, axis, 0, start, 1));
        }
        int from = Math.max(rows.from(), 1);
        int to = Math.min(rows.to(), n - 1);
        if (from < to) {
            parts.add(combined(field, axis, from - 1, middle, to - from));
        }
        if (rows.to() == n) {
            parts.add(combined(field, axis, n - end.length, end, 1));
        }
        return Value.concat(axis, parts);
    }

    private static Value combined(Value field, int axis, int from, double[] factors, int count) {
        Value sum = null;
        for (int k = 0; k < factors.length; k++) {
            if (factors[k] != 0) {
                Value term = field.slice(axis, from + k, from + k + count).times(factors[k]);
                sum = sum == null ? term : sum.plus(term);
            }
        }
        return sum;
    }
}

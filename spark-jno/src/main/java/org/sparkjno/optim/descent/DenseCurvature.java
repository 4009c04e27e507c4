// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.Map;

/**
 * The inverse Hessian as a dense symmetric matrix, which each step overwrites, because a copy would be as large as all
 * else together.
 */
final class DenseCurvature implements Curvature {
    private final SelfScaling scaling;
    private final double[] inverse;
    private boolean used;

    /**
     * A matrix.
     *
     * @param inverse row by row, or empty for the identity
     */
    DenseCurvature(SelfScaling scaling, double[] inverse) {
        this.scaling = scaling;
        this.inverse = inverse;
    }

    @Override
    public boolean isEmpty() {
        return inverse.length == 0;
    }

    @Override
    public double[] direction(double[] gradient) {
        return Vectors.scaled(-1, isEmpty() ? gradient : product(inverse(), gradient));
    }

    private double[] inverse() {
        if (used) {
            throw new IllegalStateException(
                    "This state of a descent was continued before, which overwrote its matrix; continue the newest one,"
                            + " or resume from a copy of its arrays.");
        }
        return inverse;
    }

    @Override
    public Curvature after(double[] step, double[] change, double oldMetric) {
        if (!Curvature.isConvex(step, change)) {
            return this;
        }
        double slope = Vectors.dot(step, change);
        double[] matrix = isEmpty() ? identity(step.length) : inverse();
        double[] product = product(matrix, change);
        double curvature = Vectors.dot(change, product);
        SelfScaling.Factors factors = scaling.factors(oldMetric / slope, curvature / slope, step.length);
        update(matrix, step, product, slope, curvature, factors);
        used = true;
        return new DenseCurvature(scaling, matrix);
    }

    /** H ← (H − ww/h + φvv)/τ + ss/(s·y) with w = H·y, h = y·w and v = √h·(s/(s·y) − w/h), in one pass over rows. */
    private static void update(
            double[] matrix, double[] s, double[] w, double slope, double h, SelfScaling.Factors factors) {
        double scale = 1 / factors.tau();
        double phi = factors.phi() * scale;
        double ss = phi * h / (slope * slope) + 1 / slope;
        double sw = -phi / slope;
        double ww = (phi - scale) / h;
        int n = s.length;
        for (int i = 0; i < n; i++) {
            double alongS = ss * s[i] + sw * w[i];
            double alongW = sw * s[i] + ww * w[i];
            int row = i * n;
            for (int j = 0; j < n; j++) {
                matrix[row + j] = scale * matrix[row + j] + alongS * s[j] + alongW * w[j];
            }
        }
    }

    private static double[] identity(int n) {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = 1;
        }
        return matrix;
    }

    /** A symmetric matrix times a vector, as a sum of rows, along which processors have vectors. */
    private static double[] product(double[] matrix, double[] x) {
        int n = x.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            double factor = x[i];
            int row = i * n;
            for (int j = 0; j < n; j++) {
                product[j] += factor * matrix[row + j];
            }
        }
        return product;
    }

    @Override
    public Map<String, double[]> arrays() {
        return Map.of("inverse", inverse());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

/**
 * A point on the ray that a line search follows.
 *
 * @param length from its start, in units of the direction
 * @param parameters the point
 * @param value loss
 * @param gradient of the loss
 * @param slope of the loss along the direction
 */
record Point(double length, double[] parameters, double value, double[] gradient, double slope) {
    static Point evaluate(Objective objective, double[] parameters) {
        double[] gradient = new double[parameters.length];
        double value = objective.valueAndGradient(parameters, gradient);
        return new Point(0, parameters, value, gradient, Double.NaN);
    }

    /** The start of a ray. */
    Point along(double[] direction) {
        return new Point(0, parameters, value, gradient, Vectors.dot(gradient, direction));
    }

    /** The point at a distance from this start. */
    Point at(double distance, double[] direction, Objective objective) {
        double[] there = parameters.clone();
        Vectors.add(there, distance, direction);
        Point point = evaluate(objective, there);
        return new Point(distance, there, point.value, point.gradient, Vectors.dot(point.gradient, direction));
    }

    boolean isFinite() {
        return Double.isFinite(value) && Double.isFinite(slope);
    }
}

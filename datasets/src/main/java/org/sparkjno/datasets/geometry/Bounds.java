// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.io.Serializable;
import java.util.function.DoubleBinaryOperator;

/**
 * An axis-parallel box.
 *
 * @param lower smallest coordinate per axis, to be read only
 * @param upper largest coordinate per axis, to be read only
 */
public record Bounds(double[] lower, double[] upper) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Bounds {
        if (lower.length != upper.length || lower.length < 1) {
            throw new IllegalArgumentException("Bounds need as many lower as upper coordinates, but there are "
                    + lower.length + " and " + upper.length + ".");
        }
        for (int axis = 0; axis < lower.length; axis++) {
            if (!(upper[axis] > lower[axis]) || !Double.isFinite(upper[axis] - lower[axis])) {
                throw new IllegalArgumentException("Axis " + axis + " must run upwards between finite bounds, but runs"
                        + " from " + lower[axis] + " to " + upper[axis] + ".");
            }
        }
    }

    /** Number of axes. */
    public int dimensions() {
        return lower.length;
    }

    /** Length along an axis. */
    public double extent(int axis) {
        return upper[axis] - lower[axis];
    }

    /** Lengths along all axes. */
    public double[] extents() {
        return combine(upper, lower, (u, l) -> u - l);
    }

    /** Length of the diagonal. */
    public double diameter() {
        double sum = 0;
        for (double extent : extents()) {
            sum += extent * extent;
        }
        return Math.sqrt(sum);
    }

    /** The smallest box around this and another one. */
    Bounds hull(Bounds other) {
        return new Bounds(combine(lower, other.lower, Math::min), combine(upper, other.upper, Math::max));
    }

    /**
     * What this and another box share.
     *
     * @throws IllegalArgumentException if that is nothing
     */
    Bounds overlap(Bounds other) {
        return new Bounds(combine(lower, other.lower, Math::max), combine(upper, other.upper, Math::min));
    }

    /** Puts the image of a point of the unit cube. */
    void place(double[] unit, double[] row) {
        for (int axis = 0; axis < lower.length; axis++) {
            row[axis] = lower[axis] + unit[axis] * extent(axis);
        }
    }

    private static double[] combine(double[] a, double[] b, DoubleBinaryOperator operator) {
        double[] result = new double[a.length];
        for (int axis = 0; axis < a.length; axis++) {
            result[axis] = operator.applyAsDouble(a[axis], b[axis]);
        }
        return result;
    }
}

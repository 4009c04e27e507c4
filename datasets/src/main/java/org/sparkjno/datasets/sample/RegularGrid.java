// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * A tensor-product grid of equally spaced points.
 *
 * @param axes slowest axis first, as in the row-major data of a field
 */
public record RegularGrid(List<Axis> axes) implements Grid {
    private static final long serialVersionUID = 1L;

    /**
     * One axis.
     *
     * @param points number of points, at least 2
     * @param lower coordinate of the first point
     * @param upper coordinate of the last point; on a periodic axis that of the first point's next image, which is not
     *     stored
     * @param periodic whether the axis closes on itself
     */
    public record Axis(int points, double lower, double upper, boolean periodic) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Axis {
            if (points < 2) {
                throw new IllegalArgumentException("An axis needs at least 2 points, but has " + points + ".");
            }
            if (!(upper > lower) || !Double.isFinite(upper - lower)) {
                throw new IllegalArgumentException("An axis must run upwards between finite bounds, but runs from "
                        + lower + " to " + upper + ".");
            }
        }

        /** Distance between neighbouring points. */
        public double spacing() {
            return (upper - lower) / (periodic ? points : points - 1);
        }

        /** Coordinate of a point. */
        public double coordinate(int index) {
            return lower + index * spacing();
        }
    }

    public RegularGrid {
        axes = List.copyOf(axes);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("A grid needs at least one axis.");
        }
    }

    /** The unit interval, square or cube with {@code points} points per axis, boundary included. */
    public static RegularGrid unit(int dimensions, int points) {
        return new RegularGrid(Collections.nCopies(dimensions, new Axis(points, 0, 1, false)));
    }

    /** The periodic unit interval, square or cube with {@code points} points per axis. */
    public static RegularGrid periodicUnit(int dimensions, int points) {
        return new RegularGrid(Collections.nCopies(dimensions, new Axis(points, 0, 1, true)));
    }

    @Override
    public int points() {
        int product = 1;
        for (Axis axis : axes) {
            product = Math.multiplyExact(product, axis.points());
        }
        return product;
    }

    /** Points per axis, slowest first. */
    public int[] shape() {
        return axes.stream().mapToInt(Axis::points).toArray();
    }
}

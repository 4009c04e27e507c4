// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;

/**
 * The cells of a regular grid over the unit cube.
 *
 * @param counts cells per axis
 */
record RegularCells(int[] counts) {
    /**
     * The coarsest grid of at least {@code count} cells that are nearly cubic once the unit cube is stretched.
     *
     * @param extents length of each axis after stretching
     */
    static RegularCells covering(double[] extents, int count) {
        double volume = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        double size = Math.pow(volume / count, 1.0 / extents.length);
        int[] counts = Arrays.stream(extents)
                .mapToInt(extent -> Math.max(1, (int) (extent / size)))
                .toArray();
        while (product(counts) < count) {
            int widest = 0;
            for (int axis = 1; axis < counts.length; axis++) {
                if (extents[axis] / counts[axis] > extents[widest] / counts[widest] * (1 + 1e-9)) {
                    widest = axis;
                }
            }
            counts[widest]++;
        }
        return new RegularCells(counts);
    }

    private static long product(int[] counts) {
        return Arrays.stream(counts).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** The midpoints of the cells, row after row, the last axis fastest. */
    double[] midpoints() {
        int dimensions = counts.length;
        int cells = Math.toIntExact(product(counts));
        double[] points = new double[cells * dimensions];
        for (int cell = 0; cell < cells; cell++) {
            int rest = cell;
            for (int axis = dimensions - 1; axis >= 0; axis--) {
                points[cell * dimensions + axis] = (rest % counts[axis] + 0.5) / counts[axis];
                rest /= counts[axis];
            }
        }
        return points;
    }
}

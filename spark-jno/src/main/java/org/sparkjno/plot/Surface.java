// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.geometry.Delaunay;
import org.sparkjno.lang.problem.Field;

/**
 * Numbers at the corners of triangles in a plane.
 *
 * @param horizontal name of the horizontal coordinate
 * @param vertical name of the vertical coordinate
 * @param x horizontal coordinate of each corner
 * @param y vertical coordinate of each corner
 * @param values at the corners
 * @param triangles indices of corners, three for each
 */
record Surface(String horizontal, String vertical, double[] x, double[] y, double[] values, int[] triangles) {
    /**
     * A field of scalars over two coordinates, as over the cells of its mesh or grid, or over the triangles of its points where it
     * has none.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Surface of(Field field) {
        Sampled.requireScalars(field);
        List<String> varying = Sampled.varying(field);
        if (varying.size() != 2) {
            throw new IllegalArgumentException("A map needs two coordinates, but the points of '" + field.name()
                    + "' differ in " + varying + "; take a slice of it, or draw a curve.");
        }
        double[] x = field.coordinate(varying.get(0));
        double[] y = field.coordinate(varying.get(1));
        int[] triangles = field.place().cells().corners() == 3
                ? field.place().cells().indices()
                : Delaunay.triangles(unit(x, y)).corners();
        return new Surface(varying.get(0), varying.get(1), x, y, field.values(), triangles);
    }

    /** The points in a unit square, where no coordinate counts for more than the other. */
    private static double[] unit(double[] x, double[] y) {
        double[] points = new double[2 * x.length];
        double[][] both = {x, y};
        for (int axis = 0; axis < 2; axis++) {
            double least = Arrays.stream(both[axis]).min().orElse(0);
            double extent = Arrays.stream(both[axis]).max().orElse(1) - least;
            for (int i = 0; i < x.length; i++) {
                points[2 * i + axis] = (both[axis][i] - least) / extent;
            }
        }
        return points;
    }
}

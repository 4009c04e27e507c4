// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import org.sparkjno.datasets.mesh.Points;

/** Puts a time behind the coordinates of points. */
final class Timed {
    private Timed() {}

    /** The points at these times; their normals have no component along time. */
    static Points of(Points space, double[] times, double[] weights) {
        int d = space.dimensions();
        double[] coordinates = wider(space.coordinates(), d, times);
        double[] normals = space.hasNormals() ? wider(space.normals(), d, new double[times.length]) : new double[0];
        return new Points(d + 1, coordinates, normals, weights);
    }

    private static double[] wider(double[] rows, int width, double[] last) {
        double[] wider = new double[last.length * (width + 1)];
        for (int i = 0; i < last.length; i++) {
            System.arraycopy(rows, i * width, wider, i * (width + 1), width);
            wider[i * (width + 1) + width] = last[i];
        }
        return wider;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/**
 * A sphere. Its chart is the equal-area cylindrical projection of Archimedes and Lambert.
 *
 * @param direction 1 for normals away from the centre, −1 towards it
 */
record SphereSurface(double[] centre, double radius, int direction, String tag) implements Surface {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean place(double[] unit, double[] row) {
        double[] n = direction(unit[0], unit[1]);
        for (int k = 0; k < 3; k++) {
            row[k] = centre[k] + radius * n[k];
            row[3 + k] = direction * n[k];
        }
        return true;
    }

    /** A unit vector, uniform for uniform u and v. */
    static double[] direction(double u, double v) {
        double z = 2 * v - 1;
        double ring = Math.sqrt(1 - z * z);
        double angle = 2 * Math.PI * u;
        return new double[] {ring * StrictMath.cos(angle), ring * StrictMath.sin(angle), z};
    }

    @Override
    public double measure() {
        return 4 * Math.PI * radius * radius;
    }

    @Override
    public double[] extents() {
        return new double[] {2 * Math.PI * radius, 2 * radius};
    }

    @Override
    public double flux() {
        return direction * radius * measure();
    }

    @Override
    public SphereSurface flipped() {
        return new SphereSurface(centre, radius, -direction, tag);
    }

    @Override
    public SphereSurface tagged(String name) {
        return new SphereSurface(centre, radius, direction, name);
    }
}

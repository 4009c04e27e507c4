// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

/**
 * An end of an interval.
 *
 * @param normal 1 or −1
 */
record EndPoint(double x, int normal, String tag) implements Patch {
    private static final long serialVersionUID = 1L;

    double distance(double[] point) {
        return Math.abs(point[0] - x);
    }

    @Override
    public boolean place(double[] unit, double[] row) {
        row[0] = x;
        row[1] = normal;
        return true;
    }

    @Override
    public double measure() {
        return 1;
    }

    @Override
    public double[] extents() {
        return new double[] {1};
    }

    @Override
    public double flux() {
        return x * normal;
    }

    @Override
    public EndPoint flipped() {
        return new EndPoint(x, -normal, tag);
    }

    @Override
    public EndPoint tagged(String name) {
        return new EndPoint(x, normal, name);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Optional;

/**
 * A circular curve.
 *
 * @param start angle of its first point
 * @param sweep angle that it runs through, positive counter-clockwise; at most 2π
 */
record Arc(double cx, double cy, double radius, double start, double sweep, String tag) implements Curve {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean place(double[] unit, double[] row) {
        double angle = start + unit[0] * sweep;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        row[0] = cx + radius * cos;
        row[1] = cy + radius * sin;
        row[2] = Math.signum(sweep) * cos;
        row[3] = Math.signum(sweep) * sin;
        return true;
    }

    @Override
    public double measure() {
        return radius * Math.abs(sweep);
    }

    @Override
    public double flux() {
        double end = start + sweep;
        return radius * radius * sweep
                + cx * radius * (StrictMath.sin(end) - StrictMath.sin(start))
                - cy * radius * (StrictMath.cos(end) - StrictMath.cos(start));
    }

    @Override
    public double[] at(double parameter) {
        double angle = start + parameter * sweep;
        return new double[] {cx + radius * StrictMath.cos(angle), cy + radius * StrictMath.sin(angle)};
    }

    @Override
    public Optional<Double> parameter(double[] point, double tolerance) {
        double parameter = nearest(point);
        return distance(point, at(parameter)) <= tolerance ? Optional.of(parameter) : Optional.empty();
    }

    @Override
    public double distance(double[] point) {
        return distance(point, at(nearest(point)));
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
    }

    private double nearest(double[] point) {
        double turn = 2 * Math.PI;
        double angle = (StrictMath.atan2(point[1] - cy, point[0] - cx) - start) * Math.signum(sweep);
        double passed = angle - turn * Math.floor(angle / turn);
        double whole = Math.abs(sweep);
        if (passed <= whole) {
            return passed / whole;
        }
        return passed - whole < turn - passed ? 1 : 0;
    }

    @Override
    public Arc part(double from, double to) {
        return new Arc(cx, cy, radius, start + from * sweep, (to - from) * sweep, tag);
    }

    @Override
    public Arc flipped() {
        return new Arc(cx, cy, radius, start + sweep, -sweep, tag);
    }

    @Override
    public Arc tagged(String name) {
        return new Arc(cx, cy, radius, start, sweep, name);
    }
}

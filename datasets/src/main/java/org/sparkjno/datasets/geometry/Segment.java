// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Optional;

/** A straight curve from (ax, ay) to (bx, by). */
record Segment(double ax, double ay, double bx, double by, String tag) implements Curve {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean place(double[] unit, double[] row) {
        row[0] = ax + unit[0] * (bx - ax);
        row[1] = ay + unit[0] * (by - ay);
        double length = measure();
        row[2] = (by - ay) / length;
        row[3] = (ax - bx) / length;
        return true;
    }

    @Override
    public double measure() {
        return Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    }

    @Override
    public double flux() {
        return ax * by - ay * bx;
    }

    @Override
    public double[] at(double parameter) {
        return new double[] {ax + parameter * (bx - ax), ay + parameter * (by - ay)};
    }

    @Override
    public Optional<Double> parameter(double[] point, double tolerance) {
        return distance(point) <= tolerance ? Optional.of(nearest(point)) : Optional.empty();
    }

    private double nearest(double[] point) {
        double length = measure();
        double projected = ((point[0] - ax) * (bx - ax) + (point[1] - ay) * (by - ay)) / (length * length);
        return Math.max(0, Math.min(1, projected));
    }

    @Override
    public double distance(double[] point) {
        double[] foot = at(nearest(point));
        double dx = point[0] - foot[0];
        double dy = point[1] - foot[1];
        return Math.sqrt(dx * dx + dy * dy);
    }

    @Override
    public Segment part(double from, double to) {
        // The ends themselves, so that neighbours go on meeting to the bit.
        double[] start = from == 0 ? new double[] {ax, ay} : at(from);
        double[] end = to == 1 ? new double[] {bx, by} : at(to);
        return new Segment(start[0], start[1], end[0], end[1], tag);
    }

    @Override
    public Segment flipped() {
        return new Segment(bx, by, ax, ay, tag);
    }

    @Override
    public Segment tagged(String name) {
        return new Segment(ax, ay, bx, by, name);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.List;

/** Where two curves meet: the crossings of their lines or circles, and the ends of one that lie on the other. */
final class Crossings {
    private Crossings() {}

    /** Parameters of {@code curve} at which {@code other} meets it. */
    static List<Double> parameters(Curve curve, Curve other) {
        double tolerance = Curve.SLIVER * (curve.measure() + other.measure());
        List<double[]> candidates = new ArrayList<>(List.of(other.at(0), other.at(1)));
        candidates.addAll(carriers(curve, other));
        List<Double> parameters = new ArrayList<>();
        for (double[] point : candidates) {
            if (other.parameter(point, tolerance).isPresent()) {
                curve.parameter(point, tolerance).ifPresent(parameters::add);
            }
        }
        return parameters;
    }

    private static List<double[]> carriers(Curve a, Curve b) {
        if (a instanceof Segment s && b instanceof Segment t) {
            return lines(s, t);
        }
        if (a instanceof Segment s && b instanceof Arc t) {
            return lineAndCircle(s, t);
        }
        if (a instanceof Arc s && b instanceof Segment t) {
            return lineAndCircle(t, s);
        }
        return circles((Arc) a, (Arc) b);
    }

    private static List<double[]> lines(Segment s, Segment t) {
        double dx = s.bx() - s.ax();
        double dy = s.by() - s.ay();
        double ex = t.bx() - t.ax();
        double ey = t.by() - t.ay();
        double cross = dx * ey - dy * ex;
        if (Math.abs(cross) <= 1e-14 * s.measure() * t.measure()) {
            return List.of();
        }
        return List.of(s.at(((t.ax() - s.ax()) * ey - (t.ay() - s.ay()) * ex) / cross));
    }

    private static List<double[]> lineAndCircle(Segment s, Arc t) {
        double length = s.measure();
        double dx = (s.bx() - s.ax()) / length;
        double dy = (s.by() - s.ay()) / length;
        double foot = (t.cx() - s.ax()) * dx + (t.cy() - s.ay()) * dy;
        double x = s.ax() + foot * dx;
        double y = s.ay() + foot * dy;
        double square = t.radius() * t.radius() - (x - t.cx()) * (x - t.cx()) - (y - t.cy()) * (y - t.cy());
        return both(x, y, dx, dy, square, t.radius());
    }

    private static List<double[]> circles(Arc s, Arc t) {
        double dx = t.cx() - s.cx();
        double dy = t.cy() - s.cy();
        double gap = Math.sqrt(dx * dx + dy * dy);
        if (gap <= 1e-14 * (s.radius() + t.radius())) {
            return List.of();
        }
        double along = (gap + (s.radius() - t.radius()) * (s.radius() + t.radius()) / gap) / 2;
        double x = s.cx() + along * dx / gap;
        double y = s.cy() + along * dy / gap;
        return both(x, y, -dy / gap, dx / gap, s.radius() * s.radius() - along * along, s.radius());
    }

    /** The points at plus and minus the root of {@code square} along a direction; one where they touch. */
    private static List<double[]> both(double x, double y, double dx, double dy, double square, double radius) {
        if (square < -1e-12 * radius * radius) {
            return List.of();
        }
        double root = Math.sqrt(Math.max(0, square));
        return List.of(new double[] {x + root * dx, y + root * dy}, new double[] {x - root * dx, y - root * dy});
    }
}

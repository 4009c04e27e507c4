// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.math.BigDecimal;

/**
 * The signs on which triangulations stand or fall, always right: in floating point where the error bounds of J. R.
 * Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates", Discrete Comput. Geom.
 * 18, 1997, allow, exactly where they do not.
 */
final class PlanePredicates {
    private static final double ROUNDING = 0x1p-53;
    private static final double ORIENTATION_BOUND = (3 + 16 * ROUNDING) * ROUNDING;
    private static final double CIRCLE_BOUND = (10 + 96 * ROUNDING) * ROUNDING;

    private PlanePredicates() {}

    /** Positive if a, b, c turn to the left, negative if to the right, 0 on one line. */
    static int orientation(double ax, double ay, double bx, double by, double cx, double cy) {
        double left = (ax - cx) * (by - cy);
        double right = (ay - cy) * (bx - cx);
        double determinant = left - right;
        if (Math.abs(determinant) > ORIENTATION_BOUND * (Math.abs(left) + Math.abs(right))) {
            return (int) Math.signum(determinant);
        }
        return exact(ax, cx)
                .multiply(exact(by, cy))
                .subtract(exact(ay, cy).multiply(exact(bx, cx)))
                .signum();
    }

    /** Positive if d lies inside the circle through a, b, c (counter-clockwise), negative outside, 0 on it. */
    static int circle(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy) {
        double adx = ax - dx;
        double ady = ay - dy;
        double bdx = bx - dx;
        double bdy = by - dy;
        double cdx = cx - dx;
        double cdy = cy - dy;
        double a = adx * adx + ady * ady;
        double b = bdx * bdx + bdy * bdy;
        double c = cdx * cdx + cdy * cdy;
        double determinant = a * (bdx * cdy - cdx * bdy) + b * (cdx * ady - adx * cdy) + c * (adx * bdy - bdx * ady);
        double permanent = a * (Math.abs(bdx * cdy) + Math.abs(cdx * bdy))
                + b * (Math.abs(cdx * ady) + Math.abs(adx * cdy))
                + c * (Math.abs(adx * bdy) + Math.abs(bdx * ady));
        if (Math.abs(determinant) > CIRCLE_BOUND * permanent) {
            return (int) Math.signum(determinant);
        }
        return exactCircle(exact(ax, dx), exact(ay, dy), exact(bx, dx), exact(by, dy), exact(cx, dx), exact(cy, dy));
    }

    private static int exactCircle(
            BigDecimal ax, BigDecimal ay, BigDecimal bx, BigDecimal by, BigDecimal cx, BigDecimal cy) {
        return square(ax, ay)
                .multiply(cross(bx, by, cx, cy))
                .add(square(bx, by).multiply(cross(cx, cy, ax, ay)))
                .add(square(cx, cy).multiply(cross(ax, ay, bx, by)))
                .signum();
    }

    private static BigDecimal exact(double a, double b) {
        return new BigDecimal(a).subtract(new BigDecimal(b));
    }

    private static BigDecimal square(BigDecimal x, BigDecimal y) {
        return x.multiply(x).add(y.multiply(y));
    }

    private static BigDecimal cross(BigDecimal ax, BigDecimal ay, BigDecimal bx, BigDecimal by) {
        return ax.multiply(by).subtract(bx.multiply(ay));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;
import java.util.List;

/** A disk or a solid sphere. */
final class Ball extends Geometry {
    private static final long serialVersionUID = 1L;
    private final double[] centre;
    private final double radius;

    Ball(double[] centre, double radius) {
        this.centre = centre;
        this.radius = requirePositive(radius, "The radius");
    }

    @Override
    public int dimensions() {
        return centre.length;
    }

    @Override
    public Bounds bounds() {
        return new Bounds(
                Arrays.stream(centre).map(c -> c - radius).toArray(),
                Arrays.stream(centre).map(c -> c + radius).toArray());
    }

    @Override
    double distanceBound(double[] point) {
        double square = 0;
        for (int axis = 0; axis < centre.length; axis++) {
            square += (point[axis] - centre[axis]) * (point[axis] - centre[axis]);
        }
        return Math.sqrt(square) - radius;
    }

    @Override
    Chart chart() {
        return dimensions() == 2 ? this::placeInDisk : this::placeInSphere;
    }

    private boolean placeInDisk(double[] unit, double[] row) {
        double r = radius * Math.sqrt(unit[0]);
        double angle = 2 * Math.PI * unit[1];
        row[0] = centre[0] + r * StrictMath.cos(angle);
        row[1] = centre[1] + r * StrictMath.sin(angle);
        return true;
    }

    private boolean placeInSphere(double[] unit, double[] row) {
        double r = radius * StrictMath.cbrt(unit[0]);
        double[] direction = SphereSurface.direction(unit[1], unit[2]);
        for (int axis = 0; axis < 3; axis++) {
            row[axis] = centre[axis] + r * direction[axis];
        }
        return true;
    }

    @Override
    List<Patch> patches() {
        return dimensions() == 2
                ? List.of(new Arc(centre[0], centre[1], radius, 0, 2 * Math.PI, "arc"))
                : List.of(new SphereSurface(centre, radius, 1, "surface"));
    }

    @Override
    public String toString() {
        return (dimensions() == 2 ? "disk" : "sphere") + " of radius " + radius + " about " + Arrays.toString(centre);
    }
}

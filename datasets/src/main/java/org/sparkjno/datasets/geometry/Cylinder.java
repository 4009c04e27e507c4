// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.mesh.Mesh;

/** A solid cylinder along the third axis. */
final class Cylinder extends Geometry {
    private static final long serialVersionUID = 1L;
    private final double[] base;
    private final double radius;
    private final double height;

    Cylinder(double[] base, double radius, double height) {
        this.base = base;
        this.radius = requirePositive(radius, "The radius");
        this.height = requirePositive(height, "The height");
    }

    @Override
    public int dimensions() {
        return 3;
    }

    @Override
    public Bounds bounds() {
        return new Bounds(
                new double[] {base[0] - radius, base[1] - radius, base[2]},
                new double[] {base[0] + radius, base[1] + radius, base[2] + height});
    }

    @Override
    double distanceBound(double[] point) {
        double dx = point[0] - base[0];
        double dy = point[1] - base[1];
        double side = Math.sqrt(dx * dx + dy * dy) - radius;
        double ends = Math.max(base[2] - point[2], point[2] - base[2] - height);
        return side > 0 && ends > 0 ? Math.sqrt(side * side + ends * ends) : Math.max(side, ends);
    }

    @Override
    Chart chart() {
        Cap cap = new Cap(base, radius, 1, "");
        return (unit, row) -> {
            double[] flat = new double[6];
            cap.place(unit, flat);
            row[0] = flat[0];
            row[1] = flat[1];
            row[2] = base[2] + unit[2] * height;
            return true;
        };
    }

    @Override
    List<Patch> patches() {
        double[] upper = {base[0], base[1], base[2] + height};
        return List.of(
                new Mantle(base, radius, height, 1, "side"),
                new Cap(base, radius, -1, "bottom"),
                new Cap(upper, radius, 1, "top"));
    }

    @Override
    Mesh triangulated(double size) {
        int layers = (int) Math.ceil(height / size - 1e-9);
        return Geometry.disk(base[0], base[1], radius)
                .tagged("side")
                .mesh(size)
                .extruded(base[2], base[2] + height, layers);
    }

    @Override
    public String toString() {
        return "cylinder of radius " + radius + " and height " + height + " on " + Arrays.toString(base);
    }
}

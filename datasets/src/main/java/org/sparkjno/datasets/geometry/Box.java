// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.mesh.BoxSide;
import org.sparkjno.datasets.mesh.Mesh;

/** An interval, a rectangle or a box with edges along the axes. */
final class Box extends Geometry {
    private static final long serialVersionUID = 1L;
    private final Bounds bounds;

    Box(double[] lower, double[] upper) {
        bounds = new Bounds(lower, upper);
    }

    @Override
    public int dimensions() {
        return bounds.dimensions();
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    double distanceBound(double[] point) {
        double outside = 0;
        double inside = Double.NEGATIVE_INFINITY;
        for (int axis = 0; axis < dimensions(); axis++) {
            double gap = Math.max(bounds.lower()[axis] - point[axis], point[axis] - bounds.upper()[axis]);
            inside = Math.max(inside, gap);
            outside += gap > 0 ? gap * gap : 0;
        }
        return outside > 0 ? Math.sqrt(outside) : inside;
    }

    @Override
    Chart chart() {
        return (unit, row) -> {
            bounds.place(unit, row);
            return true;
        };
    }

    @Override
    List<Patch> patches() {
        return switch (dimensions()) {
            case 1 ->
                List.of(
                        new EndPoint(bounds.lower()[0], -1, BoxSide.LEFT.tag()),
                        new EndPoint(bounds.upper()[0], 1, BoxSide.RIGHT.tag()));
            case 2 -> edges();
            default -> faces();
        };
    }

    private List<Patch> edges() {
        double left = bounds.lower()[0];
        double bottom = bounds.lower()[1];
        double right = bounds.upper()[0];
        double top = bounds.upper()[1];
        return List.of(
                new Segment(left, top, left, bottom, BoxSide.LEFT.tag()),
                new Segment(right, bottom, right, top, BoxSide.RIGHT.tag()),
                new Segment(left, bottom, right, bottom, BoxSide.BOTTOM.tag()),
                new Segment(right, top, left, top, BoxSide.TOP.tag()));
    }

    private List<Patch> faces() {
        List<Patch> faces = new ArrayList<>();
        for (BoxSide side : BoxSide.of(dimensions())) {
            int axis = side.axis();
            double[] origin = bounds.lower().clone();
            double[] extent = bounds.extents();
            origin[axis] = side.isUpper() ? bounds.upper()[axis] : bounds.lower()[axis];
            extent[axis] = 0;
            faces.add(new Face(origin, extent, axis, side.isUpper() ? 1 : -1, side.tag()));
        }
        return faces;
    }

    @Override
    Mesh triangulated(double size) {
        int[] cells = new int[dimensions()];
        for (int axis = 0; axis < cells.length; axis++) {
            // Rounding must not make exactly k cells k + 1.
            cells[axis] = (int) Math.ceil(bounds.extent(axis) / size - 1e-9);
        }
        return Mesh.structured(bounds.lower(), bounds.upper(), cells);
    }

    @Override
    public String toString() {
        return "box from " + Arrays.toString(bounds.lower()) + " to " + Arrays.toString(bounds.upper());
    }
}

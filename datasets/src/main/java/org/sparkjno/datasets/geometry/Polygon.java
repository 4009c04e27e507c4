// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.List;

/** The inside of a closed chain of straight edges e0, e1, …, edge i running from vertex i to the next. */
final class Polygon extends Geometry {
    private static final long serialVersionUID = 1L;
    private final List<Segment> edges;

    Polygon(double[][] vertices) {
        if (vertices.length < 3) {
            throw new IllegalArgumentException("A polygon needs at least 3 vertices, but has " + vertices.length + ".");
        }
        double area = 0;
        List<Segment> chain = new ArrayList<>();
        for (int i = 0; i < vertices.length; i++) {
            double[] a = vertex(vertices, i);
            double[] b = vertex(vertices, (i + 1) % vertices.length);
            Segment edge = new Segment(a[0], a[1], b[0], b[1], "e" + i);
            if (!(edge.measure() > 0)) {
                throw new IllegalArgumentException("Edge e" + i + " of the polygon has no length; drop the repeated"
                        + " vertex (the last one is joined to the first by itself).");
            }
            area += edge.flux();
            chain.add(edge);
        }
        requireSimple(chain);
        edges = area > 0
                ? List.copyOf(chain)
                : chain.stream().map(Segment::flipped).toList();
    }

    private static double[] vertex(double[][] vertices, int i) {
        if (vertices[i].length != 2 || !Double.isFinite(vertices[i][0] + vertices[i][1])) {
            throw new IllegalArgumentException(
                    "Vertex " + i + " of the polygon is not a pair of finite coordinates; polygons are plane.");
        }
        return vertices[i];
    }

    private static void requireSimple(List<Segment> chain) {
        int n = chain.size();
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                boolean neighbours = j == i + 1 || i == 0 && j == n - 1;
                List<Double> meetings = Crossings.parameters(chain.get(i), chain.get(j));
                boolean elsewhere = meetings.stream().anyMatch(t -> t > Curve.SLIVER && t < 1 - Curve.SLIVER);
                if (elsewhere || !neighbours && !meetings.isEmpty()) {
                    throw new IllegalArgumentException("Edges e" + i + " and e" + j
                            + " of the polygon meet; build it from simple polygons with union and difference.");
                }
            }
        }
    }

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public Bounds bounds() {
        double[] lower = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] upper = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Segment edge : edges) {
            lower[0] = Math.min(lower[0], edge.ax());
            lower[1] = Math.min(lower[1], edge.ay());
            upper[0] = Math.max(upper[0], edge.ax());
            upper[1] = Math.max(upper[1], edge.ay());
        }
        return new Bounds(lower, upper);
    }

    @Override
    double distanceBound(double[] point) {
        double distance = Double.POSITIVE_INFINITY;
        boolean inside = false;
        for (Segment edge : edges) {
            distance = Math.min(distance, edge.distance(point));
            // A ray to the right crosses the boundary an odd number of times from inside.
            if (edge.ay() > point[1] != edge.by() > point[1]) {
                double cross = (edge.bx() - edge.ax()) * (point[1] - edge.ay())
                        - (edge.by() - edge.ay()) * (point[0] - edge.ax());
                inside ^= cross > 0 == edge.by() > edge.ay();
            }
        }
        return inside ? -distance : distance;
    }

    @Override
    List<Patch> patches() {
        return List.copyOf(edges);
    }

    @Override
    public String toString() {
        return "polygon of " + edges.size() + " edges";
    }
}

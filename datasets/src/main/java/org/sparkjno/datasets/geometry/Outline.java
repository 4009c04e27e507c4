// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes along the boundary of a plane region and the edges between them, which can be halved: the only mutable part of a
 * triangulation that knows of curves.
 */
final class Outline {
    /** An arc is cut into pieces of at most this angle, however small it is. */
    private static final double LARGEST_ANGLE = Math.PI / 4;

    /** A piece of a curve, with the region to its left. */
    record Edge(int from, int to, Curve curve) {}

    private final double tolerance;
    private final List<double[]> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    Outline(List<Curve> curves, double size, double tolerance) {
        this.tolerance = tolerance;
        // All ends first, so that corners are found again.
        for (Curve curve : curves) {
            node(curve.at(0));
            node(curve.at(1));
        }
        for (Curve curve : curves) {
            int pieces = (int) Math.ceil(curve.measure() / size - 1e-9);
            if (curve instanceof Arc arc) {
                pieces = Math.max(pieces, (int) Math.ceil(Math.abs(arc.sweep()) / LARGEST_ANGLE - 1e-9));
            }
            divide(curve, Math.max(1, pieces));
        }
    }

    private void divide(Curve curve, int pieces) {
        int from = node(curve.at(0));
        for (int i = 0; i < pieces; i++) {
            Curve piece = curve.part((double) i / pieces, (i + 1.0) / pieces);
            int to = i == pieces - 1 ? node(curve.at(1)) : append(piece.at(1));
            edges.add(new Edge(from, to, piece));
            from = to;
        }
    }

    /** The node at a corner, whichever curve it was reached by. */
    private int node(double[] point) {
        for (int i = 0; i < nodes.size(); i++) {
            double[] other = nodes.get(i);
            if (Math.abs(other[0] - point[0]) + Math.abs(other[1] - point[1]) <= tolerance) {
                return i;
            }
        }
        return append(point);
    }

    private int append(double[] point) {
        nodes.add(point);
        return nodes.size() - 1;
    }

    List<double[]> nodes() {
        return nodes;
    }

    List<Edge> edges() {
        return edges;
    }

    /** Halves some edges; the new nodes lie on their curves. */
    void halve(List<Edge> chosen) {
        edges.removeAll(chosen);
        for (Edge edge : chosen) {
            int middle = append(edge.curve().at(0.5));
            edges.add(new Edge(edge.from(), middle, edge.curve().part(0, 0.5)));
            edges.add(new Edge(middle, edge.to(), edge.curve().part(0.5, 1)));
        }
    }

    /** The nodes of the edges of each tag. */
    Map<String, List<int[]>> tags() {
        Map<String, List<int[]>> tags = new LinkedHashMap<>();
        for (Edge edge : edges) {
            tags.computeIfAbsent(edge.curve().tag(), tag -> new ArrayList<>()).add(new int[] {edge.from(), edge.to()});
        }
        return tags;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.datasets.mesh.Mesh;

/**
 * Fills a plane region with triangles of one size: nodes equally spaced along its curves, a triangular lattice inside, and
 * then in turn the Delaunay triangulation and a smoothing of the inner nodes, as in P.-O. Persson, G. Strang, "A simple mesh
 * generator in MATLAB", SIAM Rev. 46, 2004. An edge of the boundary that is missing is halved until it is there, as in J.
 * Ruppert, "A Delaunay refinement algorithm for quality 2-dimensional mesh generation", J. Algorithms 18, 1995.
 */
final class Triangulation {
    private static final int ROUNDS = 10;
    /** The triangles may stay as they are for a few sweeps of the nodes. */
    private static final int SWEEPS = 3;
    /** More halvings would make edges shorter than a millionth of the wanted size. */
    private static final int HALVINGS = 20;
    /** Lattice points nearer to the boundary than this part of the size would make flat triangles with it. */
    private static final double CLEARANCE = 0.6;

    private final Outline outline;
    private final double[] lattice;
    /** Coordinates of the outline's nodes, then of the inner ones. */
    private double[] points;

    private int[] triangles;

    private Triangulation(Geometry region, double size) {
        List<Curve> curves = region.patches().stream().map(Curve.class::cast).toList();
        outline = new Outline(curves, size, Curve.SLIVER * region.bounds().diameter());
        lattice = lattice(region, curves, size);
        points = joined(lattice);
    }

    /** The mesh of a region; each facet has the tag of its curve. */
    static Mesh of(Geometry region, double size) {
        Triangulation triangulation = new Triangulation(region, size);
        for (int round = 0; round < ROUNDS; round++) {
            triangulation.connect();
            Smoothing smoothing =
                    new Smoothing(triangulation.points, triangulation.triangles, triangulation.outerNodes());
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                smoothing.sweep();
            }
        }
        triangulation.connect();
        return Mesh.of(2, triangulation.points, triangulation.triangles).tagged(triangulation.outline.tags());
    }

    /** Points of the triangular lattice inside the region and clear of its boundary. */
    private static double[] lattice(Geometry region, List<Curve> curves, double size) {
        Bounds bounds = region.bounds();
        double height = size * Math.sqrt(3) / 2;
        List<double[]> inner = new ArrayList<>();
        int rows = (int) (bounds.extent(1) / height) + 1;
        int columns = (int) (bounds.extent(0) / size) + 1;
        for (int row = 0; row <= rows; row++) {
            for (int column = 0; column <= columns; column++) {
                double[] point = {
                    bounds.lower()[0] + (column + (row % 2 == 0 ? 0.25 : 0.75)) * size,
                    bounds.lower()[1] + (row + 0.5) * height
                };
                if (region.contains(point)
                        && curves.stream().allMatch(curve -> curve.distance(point) > CLEARANCE * size)) {
                    inner.add(point);
                }
            }
        }
        return flat(inner);
    }

    private static double[] flat(List<double[]> rows) {
        return rows.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private double[] joined(double[] inner) {
        double[] outer = flat(outline.nodes());
        double[] all = Arrays.copyOf(outer, outer.length + inner.length);
        System.arraycopy(inner, 0, all, outer.length, inner.length);
        return all;
    }

    private int outerNodes() {
        return points.length / 2 - lattice.length / 2;
    }

    /** Triangulates the points as they are, halving edges of the boundary until all of them are there. */
    private void connect() {
        for (int round = 0; round < HALVINGS; round++) {
            Delaunay.Triangles all = Delaunay.triangles(points);
            Map<Long, Integer> leftOf = leftOf(all.corners());
            List<Outline.Edge> missing = outline.edges().stream()
                    .filter(edge -> !leftOf.containsKey(key(edge.from(), edge.to())))
                    .toList();
            if (missing.isEmpty()) {
                triangles = inside(all, leftOf);
                return;
            }
            double[] inner = Arrays.copyOfRange(points, 2 * outerNodes(), points.length);
            outline.halve(missing);
            points = joined(inner);
        }
        throw new IllegalArgumentException("The boundary comes too near to itself to be meshed with this size; choose a"
                + " smaller one, or round off its sharpest corner.");
    }

    private long key(int from, int to) {
        return (long) from * outerNodes() + to;
    }

    /** The triangle to the left of each directed side between nodes of the outline. */
    private Map<Long, Integer> leftOf(int[] corners) {
        Map<Long, Integer> leftOf = new HashMap<>();
        for (int place = 0; place < corners.length; place++) {
            if (corners[place] < outerNodes() && corners[following(place)] < outerNodes()) {
                leftOf.put(key(corners[place], corners[following(place)]), place / 3);
            }
        }
        return leftOf;
    }

    private static int following(int place) {
        return place % 3 == 2 ? place - 2 : place + 1;
    }

    /** The corners of the triangles that can be reached from the left of the boundary without crossing it. */
    private int[] inside(Delaunay.Triangles all, Map<Long, Integer> leftOf) {
        boolean[] reached = new boolean[all.corners().length / 3];
        Set<Long> walls = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (Outline.Edge edge : outline.edges()) {
            int start = leftOf.get(key(edge.from(), edge.to()));
            walls.add(key(edge.from(), edge.to()));
            if (!reached[start]) {
                reached[start] = true;
                open.add(start);
            }
        }
        while (!open.isEmpty()) {
            int triangle = open.remove();
            for (int place = 3 * triangle; place < 3 * triangle + 3; place++) {
                int other = all.across()[place];
                if (other >= 0 && !reached[other] && !isWall(all.corners(), following(place), walls)) {
                    reached[other] = true;
                    open.add(other);
                }
            }
        }
        IntList kept = new IntList();
        for (int place = 0; place < all.corners().length; place++) {
            if (reached[place / 3]) {
                kept.add(all.corners()[place]);
            }
        }
        return kept.toArray();
    }

    private boolean isWall(int[] corners, int place, Set<Long> walls) {
        int from = corners[place];
        int to = corners[following(place)];
        return from < outerNodes() && to < outerNodes() && walls.contains(key(from, to));
    }
}

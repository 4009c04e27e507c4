// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The Delaunay triangulation of points in the plane, point by point: all triangles whose circles hold the new point give way
 * to a star around it. A. Bowyer, "Computing Dirichlet tessellations", and D. F. Watson, "Computing the n-dimensional
 * Delaunay tessellation", Comput. J. 24, 1981.
 */
public final class Delaunay {
    /**
     * Triangles and what lies beside them.
     *
     * @param corners three nodes of each, counter-clockwise
     * @param across per corner the triangle across the side opposite to it, or −1
     */
    public record Triangles(int[] corners, int[] across) {}

    private static final int NONE = -1;
    /** The three corners that enclose all points, in units of their extent: so far that no circle of a cell reaches them. */
    private static final double FAR = 1e4;

    private final int count;
    private final double[] x;
    private final double[] y;
    /** Three corners per triangle, counter-clockwise. */
    private int[] corner;
    /** Across the side opposite to each corner. */
    private int[] across;

    private int triangles;
    /** The last insertion that took each triangle away. */
    private int[] takenBy;
    /** Per corner of a cavity the new triangle of which it is the second corner. */
    private final int[] spoke;

    private int latest;

    private Delaunay(double[] points) {
        count = points.length / 2;
        x = new double[count + 3];
        y = new double[count + 3];
        for (int i = 0; i < count; i++) {
            x[i] = points[2 * i];
            y[i] = points[2 * i + 1];
        }
        int capacity = 2 * count + 8;
        corner = new int[3 * capacity];
        across = new int[3 * capacity];
        takenBy = new int[capacity];
        Arrays.fill(takenBy, NONE);
        spoke = new int[count + 3];
        enclose();
    }

    /**
     * The triangles of points.
     *
     * @param points pairs of coordinates, no two equal
     */
    public static Triangles triangles(double[] points) {
        Delaunay delaunay = new Delaunay(points);
        for (int point : delaunay.order()) {
            delaunay.insert(point);
        }
        return delaunay.inner();
    }

    private void enclose() {
        double left = Arrays.stream(x, 0, count).min().orElse(0);
        double right = Arrays.stream(x, 0, count).max().orElse(1);
        double bottom = Arrays.stream(y, 0, count).min().orElse(0);
        double top = Arrays.stream(y, 0, count).max().orElse(1);
        double reach = FAR * Math.max(right - left, top - bottom);
        x[count] = (left + right) / 2 - reach;
        y[count] = (bottom + top) / 2 - reach;
        x[count + 1] = (left + right) / 2 + reach;
        y[count + 1] = y[count];
        x[count + 2] = (left + right) / 2;
        y[count + 2] = (bottom + top) / 2 + reach;
        put(0, count, count + 1, count + 2, NONE);
        across[1] = NONE;
        across[2] = NONE;
        triangles = 1;
    }

    /** Row by row of a coarse grid, to and fro, so that each point is near the one before. */
    private int[] order() {
        double left = Arrays.stream(x, 0, count).min().orElse(0);
        double bottom = Arrays.stream(y, 0, count).min().orElse(0);
        double top = Arrays.stream(y, 0, count).max().orElse(1);
        double height = Math.max((top - bottom) / Math.max(1, Math.sqrt(count / 2.0)), Double.MIN_NORMAL);
        int[] row = new int[count];
        Arrays.setAll(row, i -> (int) ((y[i] - bottom) / height));
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> row[i])
                        .thenComparingDouble(i -> row[i] % 2 == 0 ? x[i] - left : left - x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void put(int triangle, int a, int b, int c, int acrossA) {
        corner[3 * triangle] = a;
        corner[3 * triangle + 1] = b;
        corner[3 * triangle + 2] = c;
        across[3 * triangle] = acrossA;
    }

    private int next(int place) {
        return place % 3 == 2 ? place - 2 : place + 1;
    }

    /** Walks from triangle to triangle towards the point. */
    private int enclosing(int point) {
        int triangle = latest;
        int side = 0;
        while (side < 3) {
            int place = 3 * triangle + side;
            int a = corner[next(place)];
            int b = corner[next(next(place))];
            if (PlanePredicates.orientation(x[a], y[a], x[b], y[b], x[point], y[point]) < 0) {
                triangle = across[place];
                side = 0;
            } else {
                side++;
            }
        }
        return triangle;
    }

    private boolean circleHolds(int triangle, int point) {
        int a = corner[3 * triangle];
        int b = corner[3 * triangle + 1];
        int c = corner[3 * triangle + 2];
        return PlanePredicates.circle(x[a], y[a], x[b], y[b], x[c], y[c], x[point], y[point]) > 0;
    }

    private void insert(int point) {
        IntList cavity = new IntList();
        // Places of the cavity's sides, each opposite to its corner.
        IntList rim = new IntList();
        int start = enclosing(point);
        takenBy[start] = point;
        cavity.add(start);
        for (int i = 0; i < cavity.size(); i++) {
            for (int place = 3 * cavity.get(i); place < 3 * cavity.get(i) + 3; place++) {
                int other = across[place];
                if (other != NONE && takenBy[other] == point) {
                    continue;
                }
                if (other != NONE && circleHolds(other, point)) {
                    takenBy[other] = point;
                    cavity.add(other);
                } else {
                    rim.add(place);
                }
            }
        }
        fill(point, cavity, rim);
    }

    private void fill(int point, IntList cavity, IntList rim) {
        int sides = rim.size();
        int[] a = new int[sides];
        int[] b = new int[sides];
        int[] outer = new int[sides];
        for (int i = 0; i < sides; i++) {
            a[i] = corner[next(rim.get(i))];
            b[i] = corner[next(next(rim.get(i)))];
            outer[i] = across[rim.get(i)];
        }
        if (sides != cavity.size() + 2) {
            throw new IllegalArgumentException("Two points of a triangulation are equal.");
        }
        for (int i = 0; i < sides; i++) {
            int triangle = i < cavity.size() ? cavity.get(i) : fresh();
            put(triangle, point, a[i], b[i], outer[i]);
            takenBy[triangle] = NONE;
            spoke[a[i]] = triangle;
            if (outer[i] != NONE) {
                for (int place = 3 * outer[i]; place < 3 * outer[i] + 3; place++) {
                    if (corner[next(place)] == b[i] && corner[next(next(place))] == a[i]) {
                        across[place] = triangle;
                    }
                }
            }
        }
        for (int i = 0; i < sides; i++) {
            int triangle = spoke[a[i]];
            int following = spoke[b[i]];
            across[3 * triangle + 1] = following;
            across[3 * following + 2] = triangle;
        }
        latest = spoke[a[0]];
    }

    private int fresh() {
        if (triangles == takenBy.length) {
            corner = Arrays.copyOf(corner, 2 * corner.length);
            across = Arrays.copyOf(across, 2 * across.length);
            takenBy = Arrays.copyOf(takenBy, 2 * takenBy.length);
        }
        return triangles++;
    }

    /** The triangles without the enclosing corners. */
    private Triangles inner() {
        int[] place = new int[triangles];
        IntList kept = new IntList();
        for (int triangle = 0; triangle < triangles; triangle++) {
            boolean real = corner[3 * triangle] < count
                    && corner[3 * triangle + 1] < count
                    && corner[3 * triangle + 2] < count;
            place[triangle] = real ? kept.size() : NONE;
            if (real) {
                kept.add(triangle);
            }
        }
        int[] corners = new int[3 * kept.size()];
        int[] neighbours = new int[corners.length];
        for (int k = 0; k < corners.length; k++) {
            int old = 3 * kept.get(k / 3) + k % 3;
            corners[k] = corner[old];
            neighbours[k] = across[old] == NONE ? NONE : place[across[old]];
        }
        return new Triangles(corners, neighbours);
    }
}

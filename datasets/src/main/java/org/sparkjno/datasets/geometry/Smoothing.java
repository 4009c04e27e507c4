// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;

/**
 * Moves nodes of a plane triangulation, one after the other, to where the triangles around them would like them best: the
 * mean of their circumcentres, weighted by area, which lowers the interpolation error of |x|². L. Chen, "Mesh smoothing
 * schemes based on optimal Delaunay triangulations", 13th Int. Meshing Roundtable, 2004.
 */
final class Smoothing {
    private static final double[] STEPS = {1, 0.5, 0.25};

    private final double[] points;
    private final int[] triangles;
    private final int firstMoving;
    /** The triangles around each node. */
    private final int[] start;

    private final int[] around;

    /**
     * @param points changed in place
     * @param firstMoving nodes before this one stay
     */
    Smoothing(double[] points, int[] triangles, int firstMoving) {
        this.points = points;
        this.triangles = triangles;
        this.firstMoving = firstMoving;
        start = new int[points.length / 2 + 1];
        for (int node : triangles) {
            start[node + 1]++;
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] next = start.clone();
        around = new int[triangles.length];
        for (int place = 0; place < triangles.length; place++) {
            around[next[triangles[place]]++] = place / 3;
        }
    }

    /** Moves each node once. */
    void sweep() {
        for (int node = firstMoving; node < points.length / 2; node++) {
            move(node);
        }
    }

    private void move(int node) {
        double x = points[2 * node];
        double y = points[2 * node + 1];
        double area = 0;
        double towardsX = 0;
        double towardsY = 0;
        for (int k = start[node]; k < start[node + 1]; k++) {
            double[] circle = circumcentre(around[k]);
            area += circle[2];
            towardsX += circle[2] * (circle[0] - x);
            towardsY += circle[2] * (circle[1] - y);
        }
        for (double step : STEPS) {
            points[2 * node] = x + step * towardsX / area;
            points[2 * node + 1] = y + step * towardsY / area;
            if (isStar(node)) {
                return;
            }
        }
        points[2 * node] = x;
        points[2 * node + 1] = y;
    }

    /** Coordinates of the circumcentre, and twice the area. */
    private double[] circumcentre(int triangle) {
        int a = 2 * triangles[3 * triangle];
        int b = 2 * triangles[3 * triangle + 1];
        int c = 2 * triangles[3 * triangle + 2];
        double bx = points[b] - points[a];
        double by = points[b + 1] - points[a + 1];
        double cx = points[c] - points[a];
        double cy = points[c + 1] - points[a + 1];
        double area = bx * cy - by * cx;
        double bb = bx * bx + by * by;
        double cc = cx * cx + cy * cy;
        return new double[] {
            points[a] + (cy * bb - by * cc) / (2 * area), points[a + 1] + (bx * cc - cx * bb) / (2 * area), area
        };
    }

    private boolean isStar(int node) {
        for (int k = start[node]; k < start[node + 1]; k++) {
            int a = 2 * triangles[3 * around[k]];
            int b = 2 * triangles[3 * around[k] + 1];
            int c = 2 * triangles[3 * around[k] + 2];
            double longest = Math.max(square(a, b), Math.max(square(b, c), square(c, a)));
            double area = (points[b] - points[a]) * (points[c + 1] - points[a + 1])
                    - (points[b + 1] - points[a + 1]) * (points[c] - points[a]);
            // A tenth of the height of an equilateral triangle.
            if (!(area > 0.09 * longest)) {
                return false;
            }
        }
        return true;
    }

    private double square(int a, int b) {
        double dx = points[a] - points[b];
        double dy = points[a + 1] - points[b + 1];
        return dx * dx + dy * dy;
    }
}

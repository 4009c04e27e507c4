// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Points of a region, with the measure of the region that each of them stands for: the sum of f(point) · weight is a
 * quadrature of f over the region. The arrays are not copied, so the caller gives them away; readers must not write to them.
 *
 * @param dimensions coordinates of a point
 * @param coordinates (count x dimensions), row after row
 * @param normals outward unit normals (count x dimensions) of points on a boundary; empty for points inside
 * @param weights (count)
 */
public record Points(int dimensions, double[] coordinates, double[] normals, double[] weights) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Points {
        Objects.requireNonNull(coordinates, "coordinates");
        Objects.requireNonNull(normals, "normals");
        Objects.requireNonNull(weights, "weights");
        if (dimensions < 1) {
            throw new IllegalArgumentException("Points have at least 1 coordinate, not " + dimensions + ".");
        }
        if (coordinates.length != dimensions * weights.length) {
            throw new IllegalArgumentException(weights.length + " points of " + dimensions + " coordinates need "
                    + dimensions * weights.length + " numbers, but there are " + coordinates.length
                    + "; give one weight per point.");
        }
        if (normals.length != 0 && normals.length != coordinates.length) {
            throw new IllegalArgumentException("There are " + normals.length + " components of normals for "
                    + coordinates.length + " coordinates; give one normal per point, or none.");
        }
        for (double coordinate : coordinates) {
            if (!Double.isFinite(coordinate)) {
                throw new IllegalArgumentException("A coordinate of the points is " + coordinate + ".");
            }
        }
    }

    /**
     * A cloud of points of one's own, each with the weight 1 / count, so that a weighted sum is a mean.
     *
     * @param points rows of one length
     */
    public static Points cloud(double[][] points) {
        if (points.length == 0) {
            throw new IllegalArgumentException("A cloud needs at least one point.");
        }
        int dimensions = points[0].length;
        double[] coordinates = new double[points.length * dimensions];
        for (int i = 0; i < points.length; i++) {
            if (points[i].length != dimensions) {
                throw new IllegalArgumentException("Point " + i + " has " + points[i].length
                        + " coordinates, but the first has " + dimensions + ".");
            }
            System.arraycopy(points[i], 0, coordinates, i * dimensions, dimensions);
        }
        double[] weights = new double[points.length];
        Arrays.fill(weights, 1.0 / points.length);
        return new Points(dimensions, coordinates, new double[0], weights);
    }

    /** Number of points. */
    public int count() {
        return weights.length;
    }

    /** Whether each point has a normal. */
    public boolean hasNormals() {
        return normals.length > 0;
    }

    /** The coordinates of one point. */
    public double[] point(int index) {
        return row(coordinates, index);
    }

    /**
     * The outward unit normal at one point.
     *
     * @throws IllegalStateException if the points have none
     */
    public double[] normal(int index) {
        if (!hasNormals()) {
            throw new IllegalStateException("These points lie inside a region; only boundary points have normals.");
        }
        return row(normals, index);
    }

    private double[] row(double[] table, int index) {
        return Arrays.copyOfRange(table, index * dimensions, (index + 1) * dimensions);
    }

    /** One coordinate of all points. */
    public double[] coordinate(int axis) {
        Objects.checkIndex(axis, dimensions);
        return IntStream.range(0, count())
                .mapToDouble(i -> coordinates[i * dimensions + axis])
                .toArray();
    }

    /** The measure of the region: the sum of the weights. */
    public double measure() {
        return Arrays.stream(weights).sum();
    }

    /** The points with these indices, in this order, with their normals and weights. */
    public Points select(int[] indices) {
        return new Points(
                dimensions,
                rows(coordinates, indices),
                hasNormals() ? rows(normals, indices) : normals,
                Arrays.stream(indices).mapToDouble(i -> weights[i]).toArray());
    }

    private double[] rows(double[] table, int[] indices) {
        double[] rows = new double[indices.length * dimensions];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(table, indices[i] * dimensions, rows, i * dimensions, dimensions);
        }
        return rows;
    }

    /** The points with a property. */
    public Points where(PointPredicate predicate) {
        return select(IntStream.range(0, count())
                .filter(i -> predicate.test(point(i)))
                .toArray());
    }
}

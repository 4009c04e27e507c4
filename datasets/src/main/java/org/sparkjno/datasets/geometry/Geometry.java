// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.PointPredicate;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/** A bounded region of one to three dimensions whose boundary is made of tagged parts. Immutable. */
public abstract sealed class Geometry implements Serializable
        permits Box, Ball, Cylinder, Polygon, Combination, Renamed {
    private static final long serialVersionUID = 1L;

    Geometry() {}

    /** The interval from a to b, tagged left and right. */
    public static Geometry interval(double a, double b) {
        return new Box(new double[] {a}, new double[] {b});
    }

    /** A rectangle with edges along the axes, tagged left, right (in x), bottom, top (in y). */
    public static Geometry rectangle(double x0, double y0, double x1, double y1) {
        return new Box(new double[] {x0, y0}, new double[] {x1, y1});
    }

    /** A disk; its boundary is tagged arc. */
    public static Geometry disk(double cx, double cy, double radius) {
        return new Ball(new double[] {cx, cy}, radius);
    }

    /**
     * The inside of a closed chain of edges in either direction; edge i, from vertex i to the next, is tagged e<i>i</i>.
     *
     * @param vertices pairs of coordinates, the first not repeated at the end
     * @throws IllegalArgumentException if edges meet other than at their common vertex
     */
    public static Geometry polygon(double[]... vertices) {
        return new Polygon(vertices);
    }

    /** A box with edges along the axes, tagged left, right (in x), bottom, top (in y), back, front (in z). */
    public static Geometry box(double x0, double y0, double z0, double x1, double y1, double z1) {
        return new Box(new double[] {x0, y0, z0}, new double[] {x1, y1, z1});
    }

    /** A solid sphere; its boundary is tagged surface. */
    public static Geometry sphere(double cx, double cy, double cz, double radius) {
        return new Ball(new double[] {cx, cy, cz}, radius);
    }

    /**
     * A solid cylinder along the z axis, tagged side, bottom, top.
     *
     * @param cz z of its lower end
     */
    public static Geometry cylinder(double cx, double cy, double cz, double radius, double height) {
        return new Cylinder(new double[] {cx, cy, cz}, radius, height);
    }

    /** Number of coordinates: 1 to 3. */
    public abstract int dimensions();

    /** A box around the region: the smallest one but for Boolean combinations. */
    public abstract Bounds bounds();

    /**
     * Signed distance to the boundary, negative inside. Exact, but for Boolean combinations in space: there the sign is right
     * and the size a lower bound of the distance.
     */
    public final double distance(double[] point) {
        return signedDistance(requirePoint(point));
    }

    /** Whether a point lies inside or, to rounding, on the boundary. */
    public final boolean contains(double[] point) {
        return distanceBound(requirePoint(point)) <= 0;
    }

    private double[] requirePoint(double[] point) {
        if (point.length != dimensions()) {
            throw new IllegalArgumentException("A point of " + point.length + " coordinates is no point of the "
                    + dimensions() + "-dimensional " + this + ".");
        }
        return point;
    }

    /**
     * Length, area or volume. Exact, but for combinations in space: there the surface is integrated on a grid, with an
     * error of about 10⁻⁴ of the volume.
     */
    public final double measure() {
        return patches().stream().mapToDouble(Patch::flux).sum() / dimensions();
    }

    /** The names of the parts of the boundary; those of a combination are its operands'. */
    public final List<String> tags() {
        return wholeBoundary().tags();
    }

    /**
     * Points inside; each stands for the same measure.
     *
     * @param count number of points; {@link Sampler#GRID} may return more
     */
    public final Points interior(int count, Sampler sampler, long seed) {
        requireCount(count);
        int d = dimensions();
        double[] coordinates = sampler == Sampler.GRID
                ? new Draw(boxed(), d, d).grid(count, bounds().extents())
                : new Draw(chart(), d, d).rows(count, sampler, seedOf(seed, "interior"));
        double[] weights = new double[coordinates.length / d];
        Arrays.fill(weights, measure() / weights.length);
        return new Points(d, coordinates, new double[0], weights);
    }

    /**
     * Points on the whole boundary, spread by its measure, with normals. The ends of intervals count 1 each.
     *
     * @param count number of points; {@link Sampler#GRID} may return more
     */
    public final Points boundary(int count, Sampler sampler, long seed) {
        requireCount(count);
        return wholeBoundary().sample(count, sampler, seedOf(seed, "boundary"));
    }

    /**
     * Points on the parts of the boundary with one tag.
     *
     * @throws IllegalArgumentException if no part has it
     */
    public final Points boundary(String tag, int count, Sampler sampler, long seed) {
        requireCount(count);
        return wholeBoundary().named(tag).sample(count, sampler, seedOf(seed, "boundary " + tag));
    }

    /** This region and another one together. */
    public final Geometry union(Geometry other) {
        return new Combination(Operation.UNION, this, other);
    }

    /** This region without another one, whose boundary has its normals flipped. */
    public final Geometry difference(Geometry other) {
        return new Combination(Operation.DIFFERENCE, this, other);
    }

    /** What this region and another one share. */
    public final Geometry intersection(Geometry other) {
        return new Combination(Operation.INTERSECTION, this, other);
    }

    /**
     * The same region, the part of whose boundary with a property has another tag.
     *
     * @param where tells the part; it allows for rounding
     * @throws IllegalArgumentException if there is no such part
     */
    public final Geometry tagged(String tag, PointPredicate where) {
        return new Renamed(this, tag, where);
    }

    /** The same region with one tag for its whole boundary. */
    public final Geometry tagged(String tag) {
        return new Renamed(this, tag, point -> true);
    }

    /**
     * A mesh of simplices: structured for intervals, rectangles and boxes, Delaunay triangles for other plane regions, layers
     * of tetrahedra for cylinders. Where a plane region is narrower than the size, its triangles are flat; choose a smaller
     * size there.
     *
     * @param size length of edges that is aimed at
     * @throws UnsupportedOperationException for other solids
     */
    public final Mesh mesh(double size) {
        return triangulated(requirePositive(size, "The size of a mesh"));
    }

    /** A number of the sign of the distance, and no larger: all that {@link #contains} takes. */
    abstract double distanceBound(double[] point);

    /** As {@link #distance}, of a point with the right number of coordinates. */
    double signedDistance(double[] point) {
        return distanceBound(point);
    }

    /** The boundary, without gaps or overlaps. */
    abstract List<Patch> patches();

    /** A chart of the region; the bounding box, if none is better. */
    Chart chart() {
        return boxed();
    }

    /** The region under all renamings. */
    Geometry core() {
        return this;
    }

    Mesh triangulated(double size) {
        if (dimensions() == 2) {
            return Triangulation.of(this, size);
        }
        if (dimensions() == 1) {
            return Segmentation.of(this, size);
        }
        throw new UnsupportedOperationException(
                "The " + this + " cannot be meshed; make a .msh file of it with gmsh and read that with GmshFile.");
    }

    private Chart boxed() {
        Bounds bounds = bounds();
        return (unit, row) -> {
            bounds.place(unit, row);
            return contains(row);
        };
    }

    private Boundary wholeBoundary() {
        return new Boundary(dimensions(), patches());
    }

    /** Regions of one seed are sampled independently. */
    private static long seedOf(long seed, String region) {
        return RandomStream.named(seed, region).key();
    }

    private static void requireCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A sample needs at least 1 point, not " + count + ".");
        }
    }

    static double requirePositive(double value, String name) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, but is " + value + ".");
        }
        return value;
    }
}

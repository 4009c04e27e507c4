// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkjno.datasets.format.FormatException;
import org.sparkjno.datasets.format.MeshFile;
import org.sparkjno.datasets.geometry.Bounds;
import org.sparkjno.datasets.geometry.Geometry;
import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.text.Residual;

/**
 * Where a problem is posed: a body in space, perhaps an interval of time, and how many instances of the problem there are. It
 * gives regions, whose coordinates expressions are written in. Immutable.
 *
 * <pre>{@code
 * var d = Domain.rectangle(0, 0, 2, 1).meshSize(0.05).samples(50);
 * var x = d.interior("x");
 * var y = d.interior("y");
 * var k = d.parameter("k", 0.5, 1.5);
 * }</pre>
 */
public final class Domain implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> LETTERS = List.of("x", "y", "z");
    private static final String TIME = "t";

    private final String name;
    private final List<String> coordinates;
    private final Body body;
    private final TimeInterval time;
    private final Samples samples;

    private Domain(String name, List<String> coordinates, Body body, TimeInterval time, Samples samples) {
        this.name = name;
        this.coordinates = List.copyOf(coordinates);
        this.body = body;
        this.time = time;
        this.samples = samples;
    }

    private static Domain of(Body body) {
        return new Domain("", LETTERS.subList(0, body.dimensions()), body, TimeInterval.NONE, Samples.NONE);
    }

    /** Any shape; say how many points it has by {@link #points} or {@link #meshSize}. */
    public static Domain of(Geometry geometry) {
        return of(new Body.Shape(geometry, 0, 0, Sampler.SOBOL));
    }

    /** The nodes of a mesh, see {@link #all} for those inside and on the boundary together. */
    public static Domain of(Mesh mesh) {
        return of(new Body.Meshed(mesh));
    }

    /**
     * The nodes of a mesh in a file of gmsh (.msh) or VTK (.vtk, .vtu). Parts of the boundary have the names of its physical groups.
     *
     * @throws IllegalArgumentException when there is no such file, or no mesh of simplices in it
     * @throws UncheckedIOException when it cannot be read
     */
    public static Domain read(Path file) {
        try {
            return of(MeshFile.read(file).mesh());
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The mesh " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** The interval from a to b, whose ends are left and right. */
    public static Domain interval(double a, double b) {
        return of(Geometry.interval(a, b));
    }

    /** A rectangle, whose edges are left, right, bottom and top. */
    public static Domain rectangle(double x0, double y0, double x1, double y1) {
        return of(Geometry.rectangle(x0, y0, x1, y1));
    }

    /** A disk, whose boundary is arc. */
    public static Domain disk(double cx, double cy, double radius) {
        return of(Geometry.disk(cx, cy, radius));
    }

    /** A polygon, whose edges are e0, e1 and so on. */
    public static Domain polygon(double[]... vertices) {
        return of(Geometry.polygon(vertices));
    }

    /** A box, whose faces are left, right, bottom, top, back and front. */
    public static Domain box(double x0, double y0, double z0, double x1, double y1, double z1) {
        return of(Geometry.box(x0, y0, z0, x1, y1, z1));
    }

    /** A solid sphere, whose boundary is surface. */
    public static Domain sphere(double cx, double cy, double cz, double radius) {
        return of(Geometry.sphere(cx, cy, cz, radius));
    }

    /** A solid cylinder along z, whose boundary is side, bottom and top. */
    public static Domain cylinder(double cx, double cy, double cz, double radius, double height) {
        return of(Geometry.cylinder(cx, cy, cz, radius, height));
    }

    /** Points of one's own. */
    public static Domain points(double[]... points) {
        return of(new Body.Bare(new FixedPoints(Points.cloud(points))));
    }

    /** The points of a grid, which may be periodic along some of its axes alone. */
    public static Domain of(RegularGrid grid) {
        return of(new Body.Bare(new GridPoints(grid)));
    }

    /**
     * A regular grid that has points at both ends of each line; the last coordinate is the fastest.
     *
     * @param lower corner
     * @param upper corner
     * @param extents points along each coordinate
     */
    public static Domain grid(double[] lower, double[] upper, int... extents) {
        return grid(lower, upper, false, extents);
    }

    /** A regular grid of periodic fields: the end of each line is its beginning, and has no point of its own. */
    public static Domain periodicGrid(double[] lower, double[] upper, int... extents) {
        return grid(lower, upper, true, extents);
    }

    private static Domain grid(double[] lower, double[] upper, boolean periodic, int... extents) {
        List<RegularGrid.Axis> axes = IntStream.range(0, extents.length)
                .mapToObj(i -> new RegularGrid.Axis(extents[i], lower[i], upper[i], periodic))
                .toList();
        return of(new RegularGrid(axes));
    }

    /** With so many points inside, by the Sobol sequence unless {@link #sampler} says otherwise. */
    public Domain points(int inside) {
        Body.Shape shape = shape("points(count)");
        return with(new Body.Shape(shape.geometry(), inside, shape.around(), shape.sampler()));
    }

    /** With so many points on the boundary, and as many on each part of it that is asked for. */
    public Domain boundaryPoints(int around) {
        Body.Shape shape = shape("boundaryPoints(count)");
        return with(new Body.Shape(shape.geometry(), shape.inside(), around, shape.sampler()));
    }

    /** With points spread in another way. */
    public Domain sampler(Sampler sampler) {
        Body.Shape shape = shape("sampler");
        return with(new Body.Shape(shape.geometry(), shape.inside(), shape.around(), sampler));
    }

    /** With the nodes of a mesh of this size of edges. */
    public Domain meshSize(double size) {
        return with(new Body.Meshed(shape("meshSize(h)").geometry().mesh(size)));
    }

    private Body.Shape shape(String what) {
        if (body instanceof Body.Shape shape) {
            return shape;
        }
        throw new ExpressionException("The points of this domain are known, so " + what
                + " has no meaning; it belongs to a shape such as Domain.rectangle.");
    }

    private Domain with(Body other) {
        return new Domain(name, coordinates, other, time, samples);
    }

    /** The same domain under a name, which goes before the names of its axes, samples included; a problem with several needs it. */
    public Domain named(String other) {
        Domain domain = new Domain(other, coordinates, body, time, Samples.NONE);
        return samples.isNone() ? domain : domain.samples(samples.count());
    }

    /** With other names of the coordinates in space. */
    public Domain coordinates(String... names) {
        return new Domain(name, List.of(names), body, time, samples);
    }

    /** From a time to a later one, as coordinate t. Fixed points in space occur at 11 times. */
    public Domain time(double start, double end) {
        return time(start, end, 11);
    }

    /**
     * From a time to a later one, as coordinate t.
     *
     * @param slices equally spaced times at which fixed points in space occur; drawn ones have a random time each
     */
    public Domain time(double start, double end, int slices) {
        return new Domain(name, coordinates, body, new TimeInterval(start, end, slices), samples);
    }

    /** With so many instances. */
    public Domain samples(int count) {
        return new Domain(name, coordinates, body, time, Samples.of(prefixed("samples"), count));
    }

    /** With the instances of another domain, such as sensors that see each of them. */
    public Domain samples(Domain other) {
        return new Domain(name, coordinates, body, time, other.samples);
    }

    /** The interior, at all times. */
    public Region interior() {
        return region(SampledPoints.INSIDE, time.during(body.interior()));
    }

    /** A coordinate of the interior. */
    public Expression interior(String coordinate) {
        return interior().get(coordinate);
    }

    /** The whole boundary, at all times. */
    public Region boundary() {
        return boundary(SampledPoints.BOUNDARY);
    }

    /** The part of the boundary with a tag, at all times. */
    public Region boundary(String tag) {
        return region(tag, time.during(body.boundary(tag)));
    }

    /** The interior when time begins. */
    public Region initial() {
        if (time.isNone()) {
            throw new ExpressionException("This domain has no time; give it an interval by time(start, end).");
        }
        return region("initial", new AtTime(body.interior(), time.start()));
    }

    /** All nodes of the mesh, inside and on the boundary, at all times. */
    public Region all() {
        if (!(body instanceof Body.Meshed meshed)) {
            throw new ExpressionException(
                    "Only a mesh has nodes inside and on the boundary together; use meshSize(h), or"
                            + " interior() and boundary().");
        }
        return region(MeshNodes.ALL, time.during(new MeshNodes(meshed.mesh(), MeshNodes.ALL)));
    }

    /**
     * Nodes of Gaussian quadrature over an interval, along an axis of their own, for integrals beside other coordinates:
     * {@code q.integral(kernel.times(u.at(Map.of(x, s))))} with {@code s = q.get("s")}.
     *
     * @param coordinate name of the coordinate of the nodes
     * @param count number of nodes
     */
    public Region quadrature(String coordinate, int count) {
        return quadrature(count, coordinate);
    }

    /**
     * Nodes of Gaussian quadrature over an interval, a rectangle or a box, along one axis of their own. With n nodes along each
     * coordinate the integral of a polynomial of degree 2n − 1 in each is exact.
     *
     * @param count number of nodes along each coordinate
     * @param names of the coordinates of the nodes, as many as there are in space
     */
    public Region quadrature(int count, String... names) {
        Geometry geometry = shape("quadrature").geometry();
        Bounds box = geometry.bounds();
        double volume = Arrays.stream(box.extents()).reduce(1, (a, b) -> a * b);
        if (Math.abs(geometry.measure() - volume) > 1e-9 * volume) {
            throw new ExpressionException("Gaussian quadrature is for intervals, rectangles and boxes along the axes;"
                    + " integrate over interior() or all() elsewhere.");
        }
        List<Cloud> lines = IntStream.range(0, box.dimensions())
                .<Cloud>mapToObj(i -> new GaussNodes(box.lower()[i], box.upper()[i], count))
                .toList();
        Axis axis = new Axis(Axis.Kind.NODES, prefixed("quadrature " + String.join(" ", names)));
        return new Region(axis, List.of(names), lines.size() == 1 ? lines.get(0) : new ProductPoints(lines));
    }

    private Region region(String part, Cloud cloud) {
        List<String> names = new ArrayList<>(coordinates);
        if (!time.isNone()) {
            names.add(TIME);
        }
        return new Region(new Axis(Axis.Kind.POINTS, prefixed(part)), names, cloud);
    }

    /** A number that differs from sample to sample, uniformly distributed. */
    public Expression parameter(String parameter, double low, double high) {
        return parameter(parameter, new Numbers.Uniform(prefixed(parameter), low, high), Shape.SCALAR);
    }

    /** A number that differs from sample to sample: one for each. */
    public Expression parameter(String parameter, double[] values) {
        return parameter(parameter, new Numbers.Given(values), Shape.SCALAR);
    }

    /** Functions at their sensors: one row per sample. */
    public Expression sensors(String function, double[][] values) {
        double[] flat = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
        return parameter(function, new Numbers.Given(flat), Shape.of(values[0].length));
    }

    /**
     * Numbers that differ from sample to sample.
     *
     * @param components shape of those of one sample
     */
    public Expression parameter(String parameter, Numbers numbers, Shape components) {
        requireSamples(parameter);
        return Expression.variable(new SampleSource(parameter, samples, components, numbers));
    }

    /** A field for each sample: its values at the points of the interior, sample after sample. */
    public Expression field(String field, double[] values) {
        return field(field, interior(), values);
    }

    /** A field for each sample: its values at the points of a region, sample after sample. */
    public Expression field(String field, Region region, double[] values) {
        return field(field, region, new Numbers.Given(values), Shape.SCALAR);
    }

    /**
     * A field for each sample.
     *
     * @param region at whose points it has values
     * @param numbers its values, sample after sample
     * @param components shape of the value at one point
     */
    public Expression field(String field, Region region, Numbers numbers, Shape components) {
        requireSamples(field);
        return Expression.variable(new FieldSource(field, samples, region, components, numbers));
    }

    /** One field that all samples share: its values at the points of the interior. */
    public Expression data(String field, double[] values) {
        return data(field, interior(), values);
    }

    /** One field that all samples share: its values at the points of a region. */
    public Expression data(String field, Region region, double[] values) {
        return Expression.variable(
                new FieldSource(field, Samples.NONE, region, Shape.SCALAR, new Numbers.Given(values)));
    }

    /** A random number for each sample, a new one in each step and zero outside of training. */
    public Expression noise(Noise distribution, String noise) {
        requireSamples(noise);
        return Expression.of(new Term.Random(distribution, List.of(samples.axis()), 0, prefixed(noise)));
    }

    /** A random number for each sample at each point of a region, a new one in each step and zero outside of training. */
    public Expression noise(Noise distribution, String noise, Region region) {
        requireSamples(noise);
        return Expression.of(new Term.Random(distribution, List.of(samples.axis(), region.axis()), 0, prefixed(noise)));
    }

    /**
     * A residual of the interior as text, in which the coordinates of the interior are known.
     *
     * @param text such as {@code k*(u_xx + u_yy) + 1}, see {@link Residual}
     * @param named what the other names mean
     */
    public Expression residual(String text, Expression... named) {
        Stream<Expression> own = interior().coordinates().stream().map(this::interior);
        return Residual.parse(text, Stream.concat(own, Arrays.stream(named)).toArray(Expression[]::new));
    }

    private void requireSamples(String what) {
        if (samples.isNone()) {
            throw new ExpressionException("'" + what + "' differs from sample to sample, but the domain has no samples;"
                    + " say how many by samples(count).");
        }
    }

    private String prefixed(String axis) {
        return name.isEmpty() ? axis : name + "." + axis;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;

/**
 * Where a problem is posed: regions with named coordinates, and how many instances of it there are. Immutable.
 *
 * @param name goes before the names of its axes; empty for a problem with one domain
 * @param coordinates names, such as x and y
 * @param inside the points of the interior
 * @param samples instances of the problem
 */
public record Domain(String name, List<String> coordinates, Cloud inside, Samples samples) implements Serializable {
    private static final List<String> LETTERS = List.of("x", "y", "z");

    public Domain {
        coordinates = List.copyOf(coordinates);
    }

    /** Points of one's own. */
    public static Domain points(double[]... points) {
        Points cloud = Points.cloud(points);
        return new Domain("", LETTERS.subList(0, cloud.dimensions()), new FixedPoints(cloud), Samples.NONE);
    }

    /**
     * A regular grid that has points at both ends of each line.
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
        return new Domain(
                "",
                LETTERS.subList(0, extents.length),
                new GridPoints(
                        boxed(lower),
                        boxed(upper),
                        IntStream.of(extents).boxed().toList(),
                        periodic),
                Samples.NONE);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().collect(Collectors.toList());
    }

    /** The same domain under a name, which a problem with several needs. */
    public Domain named(String other) {
        return new Domain(other, coordinates, inside, samples);
    }

    /** With so many instances. */
    public Domain samples(int count) {
        return new Domain(name, coordinates, inside, Samples.of(prefixed("samples"), count));
    }

    /** The interior. */
    public Region interior() {
        return new Region(new Axis(Axis.Kind.POINTS, prefixed("interior")), coordinates, inside);
    }

    /** A coordinate of the interior. */
    public Expression interior(String coordinate) {
        return interior().get(coordinate);
    }

    /** A number that differs from sample to sample, uniformly distributed. */
    public Expression parameter(String parameter, double low, double high) {
        return parameter(parameter, new Numbers.Uniform(prefixed(parameter), low, high), Shape.SCALAR);
    }

    /** A number that differs from sample to sample: one for each. */
    public Expression parameter(String parameter, double... values) {
        return parameter(parameter, new Numbers.Given(values), Shape.SCALAR);
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
    public Expression field(String field, double... values) {
        requireSamples(field);
        return Expression.variable(
                new FieldSource(field, samples, interior(), Shape.SCALAR, new Numbers.Given(values)));
    }

    /** One field that all samples share: its values at the points of the interior. */
    public Expression data(String field, double... values) {
        return Expression.variable(
                new FieldSource(field, Samples.NONE, interior(), Shape.SCALAR, new Numbers.Given(values)));
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

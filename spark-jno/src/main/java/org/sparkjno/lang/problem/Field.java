// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.domain.Cells;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Axis;

/**
 * The values of an expression, with the places where it has them.
 *
 * @param name of the expression, or how it is written
 * @param axes along which the values lie
 * @param shape extents of the axes, then of the components
 * @param values row-major
 * @param places of those axes whose points have coordinates, in the order of the axes
 */
public record Field(String name, List<Axis> axes, Shape shape, double[] values, List<Place> places) {
    private static final double SAME = 1e-9;

    /**
     * Points along an axis.
     *
     * @param region which the axis is, with the names of the coordinates
     * @param points those of the region at which there are values
     * @param cells between these points
     */
    public record Place(Region region, Points points, Cells cells) {}

    public Field {
        axes = List.copyOf(axes);
        places = List.copyOf(places);
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "A field of shape " + shape + " cannot have " + values.length + " values.");
        }
    }

    /** The same values under another name, which pictures and files show. */
    public Field named(String other) {
        return new Field(other, axes, shape, values, places);
    }

    /**
     * The only value.
     *
     * @throws IllegalStateException if there are more
     */
    public double single() {
        if (values.length != 1) {
            throw new IllegalStateException("There are " + values.length + " values, not one.");
        }
        return values[0];
    }

    /** Shape of one value. */
    public Shape components() {
        return new Shape(shape.dims().subList(axes.size(), shape.rank()));
    }

    /**
     * How many samples, points or nodes there are along an axis.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public int extent(String axis) {
        return shape.dim(index(axis));
    }

    private int index(String axis) {
        for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).name().equals(axis)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "'" + name + "' has no axis '" + axis + "'; it has values along " + axes + ".");
    }

    private Optional<Axis> samplesAxis() {
        return axes.stream().filter(axis -> axis.kind() == Axis.Kind.SAMPLES).findFirst();
    }

    /** How many samples there are; 1 for a field that does not differ from one to the next. */
    public int samples() {
        return samplesAxis().map(axis -> extent(axis.name())).orElse(1);
    }

    // Places

    /** The names of the coordinates of the points. */
    public List<String> coordinates() {
        return places.stream()
                .flatMap(place -> place.region().coordinates().stream())
                .toList();
    }

    /**
     * A coordinate of the points, such as x.
     *
     * @throws IllegalArgumentException if the points have none of this name
     */
    public double[] coordinate(String coordinate) {
        Place place = place(coordinate);
        return place.points().coordinate(place.region().coordinates().indexOf(coordinate));
    }

    private Place place(String coordinate) {
        return places.stream()
                .filter(place -> place.region().coordinates().contains(coordinate))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' has no coordinate '" + coordinate
                        + "'; its points have " + coordinates() + "."));
    }

    /**
     * The points along the only axis that has coordinates.
     *
     * @throws IllegalStateException if there is none, or several
     */
    public Place place() {
        if (places.size() != 1) {
            throw new IllegalStateException("'" + name + "' has values along " + axes + ", of which " + places.size()
                    + " have coordinates, not one.");
        }
        return places.get(0);
    }

    // Parts

    /**
     * One of the samples, counted from 0; the field itself if it has none.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    public Field sample(int number) {
        Optional<Axis> samples = samplesAxis();
        if (samples.isEmpty()) {
            return this;
        }
        int extent = extent(samples.get().name());
        if (number < 0 || number >= extent) {
            throw new IndexOutOfBoundsException(
                    "'" + name + "' has the samples 0 to " + (extent - 1) + ", but no " + number + ".");
        }
        int axis = axes.indexOf(samples.get());
        List<Axis> kept = new ArrayList<>(axes);
        kept.remove(axis);
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        return new Field(name, kept, new Shape(dims), along(axis, new int[] {number}), places);
    }

    /**
     * One of the components, counted from 0 in row-major order, as a field of scalars.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    public Field component(int number) {
        int count = Math.toIntExact(components().size());
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException(
                    "'" + name + "' has the components 0 to " + (count - 1) + ", but no " + number + ".");
        }
        double[] chosen = new double[values.length / count];
        Arrays.setAll(chosen, i -> values[i * count + number]);
        Shape scalars = new Shape(shape.dims().subList(0, axes.size()));
        return new Field(count == 1 ? name : name + "[" + number + "]", axes, scalars, chosen, places);
    }

    /**
     * The values at those points whose coordinate comes nearest to a number: a slice of a field on a grid, or one time of
     * several.
     *
     * @throws IllegalArgumentException if the points have no such coordinate
     */
    public Field slice(String coordinate, double at) {
        double[] all = coordinate(coordinate);
        double nearest = Arrays.stream(all)
                .reduce((a, b) -> Math.abs(b - at) < Math.abs(a - at) ? b : a)
                .orElseThrow();
        double extent = Arrays.stream(all).max().orElseThrow()
                - Arrays.stream(all).min().orElseThrow();
        return points(coordinate, i -> Math.abs(all[i] - nearest) <= SAME * extent);
    }

    private Field points(String coordinate, IntPredicate kept) {
        Place place = place(coordinate);
        int axis = axes.indexOf(place.region().axis());
        int[] chosen = IntStream.range(0, shape.dim(axis)).filter(kept).toArray();
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(axis, chosen.length);
        List<Place> left = new ArrayList<>(places);
        left.set(
                places.indexOf(place),
                new Place(
                        place.region(),
                        place.points().select(chosen),
                        place.cells().among(chosen)));
        return new Field(name, axes, new Shape(dims), along(axis, chosen), left);
    }

    /** The values at some places of an axis. */
    private double[] along(int axis, int[] chosen) {
        int extent = shape.dim(axis);
        int inner = 1;
        for (int i = axis + 1; i < shape.rank(); i++) {
            inner *= shape.dim(i);
        }
        int outer = values.length / Math.max(1, inner * extent);
        double[] part = new double[outer * chosen.length * inner];
        int to = 0;
        for (int i = 0; i < outer; i++) {
            for (int place : chosen) {
                System.arraycopy(values, (i * extent + place) * inner, part, to, inner);
                to += inner;
            }
        }
        return part;
    }

    // Measures

    /** The smallest value. */
    public double min() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** The largest value. */
    public double max() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** The mean of all values. */
    public double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The largest magnitude of a value. */
    public double maxNorm() {
        return Math.max(max(), -min());
    }

    /** The root of the mean of the squares of all values. */
    public double rms() {
        return Math.sqrt(
                Arrays.stream(values).map(value -> value * value).average().orElse(Double.NaN));
    }

    /**
     * The Euclidean norm of the difference from another field, relative to the norm of the other.
     *
     * @throws IllegalArgumentException if the fields have different axes or extents
     */
    public double relativeL2(Field reference) {
        return minus(reference).rms() / reference.rms();
    }

    /**
     * The difference from another field at the same points.
     *
     * @throws IllegalArgumentException if the fields have different axes or extents
     */
    public Field minus(Field other) {
        if (!axes.equals(other.axes) || !shape.equals(other.shape)) {
            throw new IllegalArgumentException(
                    "'" + name + "' has values along " + axes + " of shape " + shape + ", but '" + other.name
                            + "' along " + other.axes + " of " + other.shape + "; evaluate both on one region.");
        }
        double[] difference = new double[values.length];
        Arrays.setAll(difference, i -> values[i] - other.values[i]);
        return new Field(name + " − " + other.name, axes, shape, difference, places);
    }

    /** Its name, axes and range; not its values. */
    @Override
    public String toString() {
        return values.length == 1
                ? name + " = " + values[0]
                : name + " of shape " + shape + " along " + axes + ", from " + min() + " to " + max();
    }
}

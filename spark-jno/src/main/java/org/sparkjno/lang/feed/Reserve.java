// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.domain.FieldSource;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.PointSource;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.domain.SampleSource;
import org.sparkjno.lang.domain.Samples;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Source;

/** All data behind the sources of some expressions. All tasks hold the same. */
public final class Reserve {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DType precision;
    private final long seed;
    private final Map<Axis, Region> regions = new LinkedHashMap<>();
    private final Map<Axis, Points> points = new HashMap<>();
    private final Map<Source, ByteBuffer> data = new LinkedHashMap<>();
    private final Map<Axis, Integer> available = new LinkedHashMap<>();
    private final Map<Axis, Integer> room = new HashMap<>();

    /**
     * The data of some sources.
     *
     * @param given points of regions that have others than their clouds draw
     */
    public Reserve(Collection<Source> sources, DType precision, long seed, Map<Axis, Points> given) {
        this.precision = precision;
        this.seed = seed;
        for (Source source : sources) {
            examine(source);
        }
        regions.forEach((axis, region) -> replace(
                axis, given.containsKey(axis) ? given.get(axis) : region.cloud().draw(seedOf(axis, 0))));
        for (Source source : sources) {
            if (!(source instanceof PointSource)) {
                Optional<Numbers.OnDemand> rows = onDemand(source);
                rows.ifPresent(numbers ->
                        numbers.require(available(source.space().axes().get(0)), width(source)));
                data.put(source, rows.isPresent() ? NOTHING : Numerals.of(draw(source), precision));
            }
        }
    }

    private void examine(Source source) {
        if (source instanceof PointSource point) {
            know(point.region());
            data.put(source, NOTHING);
        } else if (source instanceof SampleSource sample) {
            know(sample.samples());
        } else if (source instanceof FieldSource field) {
            know(field.region());
            if (field.region().cloud().isRandom()) {
                throw new ExpressionException(
                        "The field '" + field.name() + "' has values at fixed points, but those of " + field.region()
                                + " are random; attach it to points, a mesh or a grid.");
            }
            if (!field.samples().isNone()) {
                know(field.samples());
            }
        } else {
            throw new ExpressionException("There are no data for '" + source.name() + "'.");
        }
    }

    private void know(Region region) {
        Region known = regions.putIfAbsent(region.axis(), region);
        if (known != null && !known.equals(region)) {
            throw new ExpressionException(
                    "Two different regions are named '" + region.axis() + "'; give their domains different names.");
        }
    }

    private void know(Samples samples) {
        Integer known = available.putIfAbsent(samples.axis(), samples.count());
        if (known != null && known != samples.count()) {
            throw new ExpressionException("There are " + known + " and " + samples.count() + " samples along '"
                    + samples.axis() + "'; give their domains different names.");
        }
    }

    /** What decides the points of a region that are drawn for the n-th time. */
    long seedOf(Axis axis, long round) {
        return RandomStream.named(seed, axis.name()).bits(round);
    }

    /** The rows of a source that are not held here but read when they are needed; empty for others. */
    Optional<Numbers.OnDemand> onDemand(Source source) {
        boolean perSample = source.space().axes().stream().anyMatch(axis -> axis.kind() == Axis.Kind.SAMPLES);
        Optional<Numbers> numbers = Optional.empty();
        if (source instanceof SampleSource sample) {
            numbers = Optional.of(sample.numbers());
        } else if (source instanceof FieldSource field && perSample) {
            numbers = Optional.of(field.numbers());
        }
        return numbers.filter(Numbers.OnDemand.class::isInstance).map(Numbers.OnDemand.class::cast);
    }

    /** Numbers of one sample of a source. */
    private int width(Source source) {
        List<Axis> axes = source.space().axes();
        int points = axes.size() == 1 ? 1 : available(axes.get(1));
        return points * Math.toIntExact(source.space().components().size());
    }

    private double[] draw(Source source) {
        int components = Math.toIntExact(source.space().components().size());
        if (source instanceof SampleSource sample) {
            return sample.numbers().draw(sample.samples().count() * components, seed);
        }
        FieldSource field = (FieldSource) source;
        int count = points.get(field.region().axis()).count() * components;
        return field.numbers()
                .draw(field.samples().isNone() ? count : count * field.samples().count(), seed);
    }

    /** The first so many of some points. */
    public static Points first(List<Points> parts, int count) {
        int dimensions = parts.get(0).dimensions();
        double[] coordinates = new double[count * dimensions];
        double[] normals = new double[parts.get(0).hasNormals() ? coordinates.length : 0];
        double[] weights = new double[count];
        int at = 0;
        for (Points part : parts) {
            int taken = Math.min(part.count(), count - at);
            System.arraycopy(part.coordinates(), 0, coordinates, at * dimensions, taken * dimensions);
            if (normals.length > 0) {
                System.arraycopy(part.normals(), 0, normals, at * dimensions, taken * dimensions);
            }
            System.arraycopy(part.weights(), 0, weights, at, taken);
            at += taken;
        }
        return new Points(dimensions, coordinates, normals, weights);
    }

    /** Makes places for so many points of a region, of which there may be fewer. */
    public void makeRoom(Axis axis, int places) {
        if (points.get(axis).count() > places) {
            throw new ExpressionException("There is to be room for " + places + " points along '" + axis
                    + "', but there are " + points.get(axis).count() + " already; name more, or begin with fewer.");
        }
        room.put(axis, places);
        replace(axis, points.get(axis));
    }

    /** Whether some places of a region may be vacant, see {@link Presence}. */
    boolean hasRoom(Axis axis) {
        return room.containsKey(axis);
    }

    /** Gives a region other points. */
    public void replace(Axis axis, Points drawn) {
        int places = Math.max(drawn.count(), room.getOrDefault(axis, 0));
        Points filled = places == drawn.count() ? drawn : Presence.filled(drawn, places);
        points.put(axis, drawn);
        available.put(axis, places);
        data.replaceAll((source, old) ->
                source instanceof PointSource point && point.region().axis().equals(axis)
                        ? Numerals.of(point.values(filled), precision)
                        : old);
        if (hasRoom(axis)) {
            data.put(new Presence(axis), Numerals.of(Presence.values(drawn.count(), places), precision));
        }
    }

    public DType precision() {
        return precision;
    }

    public long seed() {
        return seed;
    }

    /** How many samples or points there are along an axis. */
    public int available(Axis axis) {
        return available.get(axis);
    }

    /** The points that a region has now. */
    public Points points(Axis axis) {
        return points.get(axis);
    }

    /** The region that an axis is; null if it is none. */
    public Region region(Axis axis) {
        return regions.get(axis);
    }

    /** The numbers of a source, row-major. */
    public ByteBuffer data(Source source) {
        return data.get(source);
    }
}

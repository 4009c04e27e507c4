// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.domain.FieldSource;
import org.sparkjno.lang.domain.PointSource;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.domain.SampleSource;
import org.sparkjno.lang.domain.Samples;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Source;

/**
 * The data behind the sources of some expressions, and what one task takes of them in each step. All tasks hold the same data and
 * choose the same samples and points; each copies its own part.
 */
final class Feed {
    private final DType precision;
    private final long seed;
    private final Share share;
    private final Map<Axis, Region> regions = new LinkedHashMap<>();
    private final Map<Axis, Points> points = new HashMap<>();
    private final Map<Source, ByteBuffer> data = new LinkedHashMap<>();
    private final Map<Axis, Integer> available = new LinkedHashMap<>();
    private final Map<Axis, Integer> extents = new LinkedHashMap<>();
    private final Map<Axis, Shuffle> orders = new HashMap<>();

    /** How many of the samples and points make a step; 0 for all. */
    record Batch(int samples, int points) {
        static final Batch ALL = new Batch(0, 0);

        private int of(Axis axis, int available) {
            int wanted = switch (axis.kind()) {
                case SAMPLES -> samples;
                case POINTS -> points;
                case NODES -> 0;
            };
            return wanted == 0 ? available : Math.min(wanted, available);
        }
    }

    /**
     * The data of some sources.
     *
     * @param whole axes of which no step and no task may take a part
     * @param tasks how many share the work
     * @param rank of this one
     */
    Feed(Collection<Source> sources, DType precision, long seed, Batch batch, Set<Axis> whole, int tasks, int rank) {
        this.precision = precision;
        this.seed = seed;
        for (Source source : sources) {
            examine(source);
        }
        regions.forEach((axis, region) -> redraw(axis, region.cloud().draw(seedOf(axis, 0))));
        for (Source source : sources) {
            if (!(source instanceof PointSource)) {
                data.put(source, bytes(draw(source)));
            }
        }
        available.forEach((axis, count) -> extents.put(axis, whole.contains(axis) ? count : batch.of(axis, count)));
        this.share = Share.of(tasks, rank, extents, whole);
    }

    private void examine(Source source) {
        if (source instanceof PointSource point) {
            know(point.region());
            data.put(source, ByteBuffer.allocate(0));
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

    private long seedOf(Axis axis, long round) {
        return RandomStream.named(seed, axis.name()).bits(round);
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

    private void redraw(Axis axis, Points drawn) {
        points.put(axis, drawn);
        available.put(axis, drawn.count());
        data.replaceAll((source, old) ->
                source instanceof PointSource point && point.region().axis().equals(axis)
                        ? bytes(point.values(drawn))
                        : old);
    }

    private ByteBuffer bytes(double[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (precision == DType.F64) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    DType precision() {
        return precision;
    }

    Share share() {
        return share;
    }

    /** Extents of a step of all tasks together. */
    Map<Axis, Integer> extents() {
        return extents;
    }

    /** The points that a region has now. */
    Points points(Axis axis) {
        return points.get(axis);
    }

    Optional<RegularGrid> grid(Axis axis) {
        return Optional.ofNullable(regions.get(axis)).flatMap(Region::grid);
    }

    /** Type of this task's part of a source. */
    TensorType type(Source source) {
        List<Integer> dims = new ArrayList<>();
        for (Axis axis : source.space().axes()) {
            dims.add(share.range(axis, extents.get(axis)).length());
        }
        dims.addAll(source.space().components().dims());
        return new TensorType(precision, new Shape(dims));
    }

    /** Whether steps differ in what they take of a source. */
    boolean varies(Source source) {
        return source.space().axes().stream().anyMatch(axis -> extents.get(axis) < available.get(axis));
    }

    /** Copies this task's part of a source in a step, counted from 0. */
    void load(Source source, long step, Buffer target) {
        ByteBuffer memory = target.host()
                .orElseGet(() -> ByteBuffer.allocateDirect(
                                Math.toIntExact(target.type().bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN));
        ByteBuffer from = data.get(source);
        List<Axis> axes = source.space().axes();
        int row = Math.toIntExact(source.space().components().size()) * precision.bytes();
        if (axes.size() == 1) {
            copyRows(from, 0, memory, 0, row, rows(axes.get(0), step));
        } else {
            int inner = available.get(axes.get(1)) * row;
            int[] chosen = rows(axes.get(1), step);
            int place = 0;
            for (int sample : rows(axes.get(0), step)) {
                copyRows(from, sample * inner, memory, place, row, chosen);
                place += chosen.length * row;
            }
        }
        if (target.host().isEmpty()) {
            target.write(memory);
        }
    }

    private static void copyRows(ByteBuffer from, int start, ByteBuffer to, int place, int row, int[] rows) {
        int at = place;
        int i = 0;
        while (i < rows.length) {
            int run = 1;
            while (i + run < rows.length && rows[i + run] == rows[i] + run) {
                run++;
            }
            to.put(at, from, start + rows[i] * row, run * row);
            at += run * row;
            i += run;
        }
    }

    /** The rows of an axis that this task takes in a step. */
    private int[] rows(Axis axis, long step) {
        int all = available.get(axis);
        int batch = extents.get(axis);
        Share.Range range = share.range(axis, batch);
        int[] rows = new int[range.length()];
        if (batch == all) {
            Arrays.setAll(rows, i -> range.from() + i);
            return rows;
        }
        int perEpoch = all / batch;
        int[] order = orders.computeIfAbsent(axis, key -> new Shuffle(all, seed, axis.name()))
                .order(step / perEpoch);
        int begin = (int) (step % perEpoch) * batch + range.from();
        System.arraycopy(order, begin, rows, 0, rows.length);
        return rows;
    }

    /** The sources, in the order of their first mention. */
    Set<Source> sources() {
        return new LinkedHashSet<>(data.keySet());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.trace.Rows;

/**
 * What one task takes of a {@link Reserve} in each step. All tasks choose the same samples and points; each copies its own part.
 */
public final class Feed {
    private final Reserve reserve;
    private final Share share;
    private final Map<Axis, Integer> extents;
    private final int parts;
    private final Set<Axis> parted;
    private final Map<Axis, Shuffle> orders = new HashMap<>();
    private Feed everywhere;

    /**
     * The data of some sources.
     *
     * @param coupling of the expressions
     * @param tasks how many share the work
     * @param rank of this one
     */
    public Feed(
            Collection<Source> sources,
            DType precision,
            long seed,
            Batch batch,
            Coupling coupling,
            int tasks,
            int rank) {
        this(new Reserve(sources, precision, seed, Map.of()), sources, batch, coupling, tasks, rank);
    }

    /**
     * A part of a reserve.
     *
     * @param sources those that are needed
     * @param coupling of the expressions
     * @param tasks how many share the work
     * @param rank of this one
     */
    public Feed(Reserve reserve, Collection<Source> sources, Batch batch, Coupling coupling, int tasks, int rank) {
        this.reserve = reserve;
        Map<Axis, Integer> all = available(reserve, sources);
        this.extents = batch.extents(all, coupling.together());
        this.parts = batch.parts();
        this.parted = batch.parted(all, coupling.together());
        this.share = new Dealing(tasks, extents, coupling).share(rank);
    }

    private Feed(Reserve reserve, Map<Axis, Integer> extents, int parts, Set<Axis> parted, Share share) {
        this.reserve = reserve;
        this.extents = extents;
        this.parts = parts;
        this.parted = parted;
        this.share = share;
    }

    /**
     * All of a reserve in every step, divided among tasks if there is enough.
     *
     * @param sources those that are needed
     * @param coupling of the expressions
     * @param tasks how many share the work
     * @param rank of this one
     */
    public static Feed all(Reserve reserve, Collection<Source> sources, Coupling coupling, int tasks, int rank) {
        Map<Axis, Integer> extents = available(reserve, sources);
        return new Feed(reserve, extents, 1, Set.of(), new Dealing(tasks, extents, coupling).shareOrAll(rank));
    }

    private static Map<Axis, Integer> available(Reserve reserve, Collection<Source> sources) {
        Map<Axis, Integer> available = new LinkedHashMap<>();
        for (Source source : sources) {
            source.space().axes().forEach(axis -> available.put(axis, reserve.available(axis)));
        }
        return available;
    }

    /** The same data where each task has all points of its samples. */
    public Feed everywhere() {
        if (everywhere == null) {
            List<Axis> points = extents.keySet().stream()
                    .filter(axis -> axis.kind() != Axis.Kind.SAMPLES)
                    .toList();
            everywhere = new Feed(reserve, extents, parts, parted, share.with(points));
        }
        return everywhere;
    }

    public DType precision() {
        return reserve.precision();
    }

    public Share share() {
        return share;
    }

    /** What decides all random numbers. */
    public long seed() {
        return reserve.seed();
    }

    /** In how many parts a step is computed. */
    public int parts() {
        return parts;
    }

    /** Extents of a part of a step of all tasks together. */
    public Map<Axis, Integer> extents() {
        return extents;
    }

    /** Whether each step takes all of so many that there are along an axis. */
    public boolean takesAll(Axis axis, int count) {
        return extents.containsKey(axis) && perStep(axis) == count;
    }

    private int perStep(Axis axis) {
        return extents.get(axis) * parts(axis);
    }

    /** Which places of an axis with room for more are taken; empty for others. */
    public Optional<Source> presence(Axis axis) {
        return reserve.hasRoom(axis) ? Optional.of(new Presence(axis)) : Optional.empty();
    }

    /** In how many parts a step divides an axis. */
    public int parts(Axis axis) {
        return parted.contains(axis) ? parts : 1;
    }

    /** How many numbers a part of a step of all tasks together has in a space. */
    public double count(Space space) {
        double count = space.components().size();
        for (Axis axis : space.axes()) {
            count *= extents.get(axis);
        }
        return count;
    }

    /** The points that a region has now. */
    public Points points(Axis axis) {
        return reserve.points(axis);
    }

    public Optional<RegularGrid> grid(Axis axis) {
        return Optional.ofNullable(reserve.region(axis)).flatMap(Region::grid);
    }

    /** Type of this task's part of a source. */
    public TensorType type(Source source) {
        List<Integer> dims = new ArrayList<>();
        for (Axis axis : source.space().axes()) {
            dims.add(share.rows(axis, extents.get(axis)).length());
        }
        dims.addAll(source.space().components().dims());
        return new TensorType(precision(), new Shape(dims));
    }

    /** Whether steps, or their parts, differ in what they take of a source. */
    public boolean varies(Source source) {
        return source.space().axes().stream().anyMatch(axis -> extents.get(axis) < reserve.available(axis));
    }

    /** Copies this task's share of a source in a part of a step, both counted from 0. */
    public void load(Source source, long step, int part, Buffer target) {
        load(source, axis -> rows(axis, step, part), target);
    }

    /** Copies a part of a source: these rows of each of its axes. */
    public void load(Source source, Function<Axis, int[]> rows, Buffer target) {
        ByteBuffer memory = target.host()
                .orElseGet(() -> ByteBuffer.allocateDirect(
                                Math.toIntExact(target.type().bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN));
        List<Axis> axes = source.space().axes();
        int[] outer = rows.apply(axes.get(0));
        ByteBuffer from = reserve.data(source);
        Optional<Numbers.OnDemand> stored = reserve.onDemand(source);
        if (stored.isPresent()) {
            from = Numerals.of(stored.get().rows(outer), precision());
            outer = IntStream.range(0, outer.length).toArray();
        }
        int row = Math.toIntExact(source.space().components().size())
                * precision().bytes();
        if (axes.size() == 1) {
            copyRows(from, 0, memory, 0, row, outer);
        } else {
            int inner = reserve.available(axes.get(1)) * row;
            int[] chosen = rows.apply(axes.get(1));
            int place = 0;
            for (int sample : outer) {
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

    /** The rows of an axis that this task takes in a part of a step. */
    private int[] rows(Axis axis, long step, int part) {
        int all = reserve.available(axis);
        int batch = perStep(axis);
        Rows range = share.rows(axis, extents.get(axis));
        int[] rows = new int[range.length()];
        int first = range.from() + (parts(axis) > 1 ? part * extents.get(axis) : 0);
        if (batch == all) {
            Arrays.setAll(rows, i -> first + i);
            return rows;
        }
        int perEpoch = all / batch;
        int[] order = orders.compute(
                        axis,
                        (key, old) ->
                                old != null && old.count() == all ? old : new Shuffle(all, reserve.seed(), axis.name()))
                .order(step / perEpoch);
        int begin = (int) (step % perEpoch) * batch + first;
        System.arraycopy(order, begin, rows, 0, rows.length);
        return rows;
    }
}

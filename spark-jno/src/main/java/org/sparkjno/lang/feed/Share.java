// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.trace.Rows;

/**
 * The part of the samples and points that one of several tasks computes: tasks form a grid, of which one side divides the samples
 * and the other the points of every region that is divided. Tasks that are left over repeat what the first ones do. {@link Dealing}
 * decides.
 *
 * @param tasks how many there are
 * @param sampleParts tasks among which samples are divided
 * @param pointParts tasks among which points are divided
 * @param rank of this task
 * @param whole axes of which each task computes all
 */
public record Share(int tasks, int sampleParts, int pointParts, int rank, Set<Axis> whole) {
    /** All of it. */
    public static final Share ALL = new Share(1, 1, 1, 0, Set.of());

    public Share {
        whole = Set.copyOf(whole);
    }

    /** The task whose part this is: this one, or that which it repeats. */
    public int original() {
        return rank % (sampleParts * pointParts);
    }

    /** In how many parts an axis is divided. */
    public int parts(Axis axis) {
        if (whole.contains(axis)) {
            return 1;
        }
        return axis.kind() == Axis.Kind.SAMPLES ? sampleParts : pointParts;
    }

    /** This task's part of an axis. */
    public Rows rows(Axis axis, int extent) {
        return rows(axis, extent, axis.kind() == Axis.Kind.SAMPLES ? original() / pointParts : original() % pointParts);
    }

    private Rows rows(Axis axis, int extent, int part) {
        int parts = parts(axis);
        int own = parts == 1 ? 0 : part;
        return new Rows((int) ((long) extent * own / parts), (int) ((long) extent * (own + 1) / parts));
    }

    /** The same where each task computes all of some axes more. */
    public Share with(Collection<Axis> more) {
        Set<Axis> all = new HashSet<>(whole);
        all.addAll(more);
        return new Share(tasks, sampleParts, pointParts, rank, all);
    }

    /**
     * What all tasks that share some axes make of a local result, from which these axes have disappeared.
     *
     * @param local this task's result
     * @param before axes of what was combined
     * @param reduction how
     * @param extents whole extents
     */
    public Traced combine(Traced local, List<Axis> before, Reduction reduction, Map<Axis, Integer> extents) {
        if (before.stream().noneMatch(axis -> !local.axes().contains(axis) && parts(axis) > 1)) {
            return local;
        }
        if (reduction == Reduction.MIN) {
            Traced negated = combine(local.with(local.value().negate()), before, Reduction.MAX, extents);
            return negated.with(negated.value().negate());
        }
        Value value = local.value();
        double nothing = reduction == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY;
        for (Axis axis : local.axes()) {
            value = widened(
                    value, local.axes().indexOf(axis), rows(axis, extents.get(axis)), extents.get(axis), nothing);
        }
        if (reduction == Reduction.SUM) {
            // A task that repeats another adds nothing, and yet computes: all tasks must meet in the same exchanges.
            value = value.times(rank == original() ? 1.0 / repetitions(before) : 0);
        }
        value = value.allReduce(reduction);
        return part(local.with(value), extents);
    }

    private Traced part(Traced all, Map<Axis, Integer> extents) {
        Value value = all.value();
        for (Axis axis : all.axes()) {
            Rows rows = rows(axis, extents.get(axis));
            value = narrowed(value, all.axes().indexOf(axis), rows.from(), rows.to());
        }
        return all.with(value);
    }

    /**
     * All of what each task has a part of, along some axes; this task's part along others. Derivatives go back to the tasks that
     * have the parts.
     *
     * @param local this task's part
     * @param wanted which axes
     * @param extents whole extents
     */
    public Traced gathered(Traced local, Predicate<Axis> wanted, Map<Axis, Integer> extents) {
        Traced value = local;
        Share known = this;
        for (Axis axis : local.axes()) {
            if (wanted.test(axis) && parts(axis) > 1) {
                value = known.gathered(value, axis, extents);
                known = known.with(List.of(axis));
            }
        }
        return value;
    }

    /**
     * Parts travel at the length of the longest, since all tasks send equally much. Each task gets those of all others, also of
     * other samples, which it leaves aside.
     */
    private Traced gathered(Traced local, Axis axis, Map<Axis, Integer> extents) {
        Value sent = local.value();
        for (Axis one : local.axes()) {
            int place = local.axes().indexOf(one);
            int missing = longest(one, extents.get(one)) - sent.shape().dim(place);
            sent = missing == 0 ? sent : sent.pad(place, 0, missing);
        }
        int place = local.axes().indexOf(axis);
        int[] toFront = toFront(place, sent.shape().rank());
        Value all = sent.transpose(toFront).allGather(tasks);
        int longest = longest(axis, extents.get(axis));
        List<Value> pieces = new ArrayList<>();
        for (int part = 0; part < parts(axis); part++) {
            int from = owner(axis, part) * longest;
            int length = rows(axis, extents.get(axis), part).length();
            pieces.add(narrowed(all, 0, from, from + length));
        }
        boolean even = parts(axis) == tasks && extents.get(axis) % tasks == 0;
        Value joined = (even ? all : Value.concat(0, pieces)).transpose(inverse(toFront));
        for (Axis one : local.axes()) {
            int other = local.axes().indexOf(one);
            joined = other == place ? joined : narrowed(joined, other, 0, local.extent(one));
        }
        return local.with(joined);
    }

    /** The task that has a part of an axis and of the other side what this task has. */
    private int owner(Axis axis, int part) {
        return axis.kind() == Axis.Kind.SAMPLES
                ? part * pointParts + original() % pointParts
                : original() / pointParts * pointParts + part;
    }

    private int longest(Axis axis, int extent) {
        return (extent + parts(axis) - 1) / parts(axis);
    }

    private static int[] toFront(int axis, int rank) {
        return IntStream.concat(IntStream.of(axis), IntStream.range(0, rank).filter(i -> i != axis))
                .toArray();
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }

    private static Value narrowed(Value value, int axis, int from, int to) {
        return to - from == value.shape().dim(axis) ? value : value.slice(axis, from, to);
    }

    /** How many tasks compute the same, because what they divide does not occur. */
    private int repetitions(Collection<Axis> occurring) {
        boolean samples = false;
        boolean points = false;
        for (Axis axis : occurring) {
            boolean divided = parts(axis) > 1;
            samples |= divided && axis.kind() == Axis.Kind.SAMPLES;
            points |= divided && axis.kind() != Axis.Kind.SAMPLES;
        }
        return (samples ? 1 : sampleParts) * (points ? 1 : pointParts);
    }

    private static Value widened(Value value, int axis, Rows rows, int extent, double nothing) {
        if (rows.length() == extent) {
            return value;
        }
        if (nothing == 0) {
            return value.pad(axis, rows.from(), extent - rows.to());
        }
        List<Value> parts = new ArrayList<>();
        addNothing(parts, value, axis, rows.from(), nothing);
        parts.add(value);
        addNothing(parts, value, axis, extent - rows.to(), nothing);
        return Value.concat(axis, parts);
    }

    private static void addNothing(List<Value> parts, Value value, int axis, int extent, double nothing) {
        if (extent > 0) {
            List<Integer> dims = new ArrayList<>(value.shape().dims());
            dims.set(axis, extent);
            parts.add(Value.full(value.type().with(new Shape(dims)), nothing));
        }
    }
}

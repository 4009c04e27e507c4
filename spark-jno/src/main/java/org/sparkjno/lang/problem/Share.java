// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Traced;

/**
 * The part of the samples and points that one of several tasks computes: tasks form a grid, of which one side divides the samples
 * and the other the points of every region that may be divided.
 *
 * @param sampleParts tasks among which samples are divided
 * @param pointParts tasks among which points are divided
 * @param rank of this task
 * @param whole axes that no task may take a part of
 */
record Share(int sampleParts, int pointParts, int rank, Set<Axis> whole) {
    /** All of it. */
    static final Share ALL = new Share(1, 1, 0, Set.of());

    Share {
        whole = Set.copyOf(whole);
    }

    /** From and to where a part of an axis goes. */
    record Range(int from, int to) {
        int length() {
            return to - from;
        }
    }

    /** The division among tasks that leaves least to each, or all of it for each where there is too little to divide. */
    static Share orAll(int tasks, int rank, Map<Axis, Integer> extents, Set<Axis> whole) {
        Share best = best(tasks, rank, extents, whole);
        return best == null ? ALL : best;
    }

    /**
     * The division among tasks that leaves least to each.
     *
     * @param tasks how many
     * @param extents of all axes
     * @param whole axes that must not be divided
     * @throws IllegalArgumentException when there is too little to divide
     */
    static Share of(int tasks, int rank, Map<Axis, Integer> extents, Set<Axis> whole) {
        Share best = best(tasks, rank, extents, whole);
        if (best == null) {
            throw new IllegalArgumentException("A step of " + fewest(extents, Axis.Kind.SAMPLES, Set.of())
                    + " samples and " + dividedPoints(extents, whole)
                    + " points that may be divided is too little for " + tasks
                    + " tasks; use fewer tasks, or more points or samples per step.");
        }
        return best;
    }

    private static int dividedPoints(Map<Axis, Integer> extents, Set<Axis> whole) {
        boolean anyWhole = extents.keySet().stream().anyMatch(whole::contains);
        return anyWhole ? 1 : fewest(extents, Axis.Kind.POINTS, whole);
    }

    /** The best division; null where there is too little to divide. */
    private static Share best(int tasks, int rank, Map<Axis, Integer> extents, Set<Axis> whole) {
        int samples = fewest(extents, Axis.Kind.SAMPLES, Set.of());
        int points = dividedPoints(extents, whole);
        Share best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int s = 1; s <= tasks; s++) {
            int p = tasks / s;
            if (s * p == tasks && s <= samples && p <= points) {
                double first = Math.ceil((double) samples / s);
                double second = Math.ceil((double) points / p);
                double work = first * second * 16 + first + second;
                if (work < least) {
                    least = work;
                    best = new Share(s, p, rank, whole);
                }
            }
        }
        return best;
    }

    private static int fewest(Map<Axis, Integer> extents, Axis.Kind kind, Set<Axis> whole) {
        return extents.entrySet().stream()
                .filter(extent -> extent.getKey().kind() == kind && !whole.contains(extent.getKey()))
                .mapToInt(Map.Entry::getValue)
                .min()
                .orElse(1);
    }

    int tasks() {
        return sampleParts * pointParts;
    }

    /** In how many parts an axis is divided. */
    int parts(Axis axis) {
        return switch (axis.kind()) {
            case SAMPLES -> sampleParts;
            case POINTS -> whole.contains(axis) ? 1 : pointParts;
            case NODES -> 1;
        };
    }

    /** This task's part of an axis. */
    Range range(Axis axis, int extent) {
        int parts = parts(axis);
        int part = parts == 1 ? 0 : axis.kind() == Axis.Kind.SAMPLES ? rank / pointParts : rank % pointParts;
        return new Range((int) ((long) extent * part / parts), (int) ((long) extent * (part + 1) / parts));
    }

    /**
     * What all tasks that share some axes make of a local result, from which these axes have disappeared.
     *
     * @param local this task's result
     * @param before axes of what was combined
     * @param reduction how
     * @param extents whole extents
     */
    Traced combine(Traced local, List<Axis> before, Reduction reduction, Map<Axis, Integer> extents) {
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
                    value, local.axes().indexOf(axis), range(axis, extents.get(axis)), extents.get(axis), nothing);
        }
        value = value.allReduce(reduction);
        if (reduction == Reduction.SUM) {
            value = value.times(1.0 / repetitions(before));
        }
        return part(local.with(value), extents);
    }

    /** This task's part of what every task has all of. */
    Traced part(Traced whole, Map<Axis, Integer> extents) {
        Value value = whole.value();
        for (Axis axis : whole.axes()) {
            Range range = range(axis, extents.get(axis));
            value = range.length() == extents.get(axis)
                    ? value
                    : value.slice(whole.axes().indexOf(axis), range.from(), range.to());
        }
        return whole.with(value);
    }

    /** All of what each task has a part of. */
    Value whole(Traced local, Map<Axis, Integer> extents) {
        if (local.axes().stream().allMatch(axis -> parts(axis) == 1)) {
            return local.value();
        }
        Value value = local.value();
        for (Axis axis : local.axes()) {
            int extent = extents.get(axis);
            value = widened(value, local.axes().indexOf(axis), range(axis, extent), extent, 0);
        }
        return value.allReduce(Reduction.SUM).times(1.0 / repetitions(local.axes()));
    }

    /** How many tasks compute the same, because what they divide does not occur. */
    private int repetitions(Collection<Axis> occurring) {
        int distinct = 1;
        boolean samples = false;
        boolean points = false;
        for (Axis axis : occurring) {
            samples |= axis.kind() == Axis.Kind.SAMPLES;
            points |= axis.kind() == Axis.Kind.POINTS && parts(axis) > 1;
        }
        distinct *= samples ? sampleParts : 1;
        distinct *= points ? pointParts : 1;
        return tasks() / distinct;
    }

    private static Value widened(Value value, int axis, Range range, int extent, double nothing) {
        if (range.length() == extent) {
            return value;
        }
        if (nothing == 0) {
            return value.pad(axis, range.from(), extent - range.to());
        }
        List<Value> parts = new ArrayList<>();
        addNothing(parts, value, axis, range.from(), nothing);
        parts.add(value);
        addNothing(parts, value, axis, extent - range.to(), nothing);
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

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
            throw new IllegalArgumentException("A step of " + samples(extents)
                    + " samples and " + (keepsAny(extents, whole) ? 1 : most(extents))
                    + " points that may be divided is too little for " + tasks
                    + " tasks; use fewer tasks, or more points or samples per step.");
        }
        return best;
    }

    /** The best division; null where there is too little to divide. */
    private static Share best(int tasks, int rank, Map<Axis, Integer> extents, Set<Axis> whole) {
        int samples = samples(extents);
        int points = keepsAny(extents, whole) ? 1 : most(extents);
        Share best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int s = 1; s <= tasks; s++) {
            int p = tasks / s;
            if (s * p == tasks && s <= samples && p <= points) {
                Share share = new Share(s, p, rank, withSmall(extents, whole, p));
                double work = share.work(samples, extents);
                if (work < least) {
                    least = work;
                    best = share;
                }
            }
        }
        return best;
    }

    /** The axes that must not be divided, and the regions of fewer points than parts: each task computes all of these. */
    private static Set<Axis> withSmall(Map<Axis, Integer> extents, Set<Axis> whole, int parts) {
        Set<Axis> kept = new HashSet<>(whole);
        extents.forEach((axis, extent) -> {
            if (axis.kind() == Axis.Kind.POINTS && extent < parts) {
                kept.add(axis);
            }
        });
        return kept;
    }

    /** What one task computes: mostly samples at points, and a little for samples and for points alone. */
    private double work(int samples, Map<Axis, Integer> extents) {
        double rows = Math.ceil((double) samples / sampleParts);
        double points = 0;
        for (Map.Entry<Axis, Integer> extent : extents.entrySet()) {
            if (extent.getKey().kind() == Axis.Kind.POINTS) {
                points += Math.ceil((double) extent.getValue() / parts(extent.getKey()));
            }
        }
        return 16 * rows * points + rows + points;
    }

    private static boolean keepsAny(Map<Axis, Integer> extents, Set<Axis> whole) {
        return extents.keySet().stream().anyMatch(whole::contains);
    }

    private static int samples(Map<Axis, Integer> extents) {
        return extents(extents, Axis.Kind.SAMPLES).min().orElse(1);
    }

    /** Points of the largest region. */
    private static int most(Map<Axis, Integer> extents) {
        return extents(extents, Axis.Kind.POINTS).max().orElse(1);
    }

    private static IntStream extents(Map<Axis, Integer> extents, Axis.Kind kind) {
        return extents.entrySet().stream()
                .filter(extent -> extent.getKey().kind() == kind)
                .mapToInt(Map.Entry::getValue);
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

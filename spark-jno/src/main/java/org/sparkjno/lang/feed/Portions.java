// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;

/**
 * How a large evaluation is divided into portions that are computed one after another. An axis is divided where the values at one
 * place need nothing of the others.
 */
public final class Portions {
    private Portions() {}

    /**
     * How many samples and points make a portion; 0 for all. Points are divided first: parts of models that samples share are
     * then computed no more than once for each point.
     *
     * @param whole axes whose points belong together
     * @param available how many there are along each axis
     * @param rows samples times points that a portion should not exceed
     */
    public static Batch of(
            Collection<Expression> roots,
            Collection<Source> sources,
            Set<Axis> whole,
            ToIntFunction<Axis> available,
            int rows) {
        Set<Axis> axes = new LinkedHashSet<>();
        sources.forEach(source -> axes.addAll(source.space().axes()));
        Set<Axis> fixed = new LinkedHashSet<>(whole);
        Parts.visit(roots, part -> {
            if (part.term() instanceof Term.Aggregate aggregate) {
                fixed.addAll(aggregate.axes());
            }
        });
        int samples = extent(axes, Axis.Kind.SAMPLES, available);
        int points = extent(axes, Axis.Kind.POINTS, available);
        int pointsAtOnce = divided(axes, fixed, Axis.Kind.POINTS)
                .map(axis -> Math.min(points, Math.max(1, rows / samples)))
                .orElse(points);
        int samplesAtOnce = divided(axes, fixed, Axis.Kind.SAMPLES)
                .map(axis -> Math.min(samples, Math.max(1, rows / pointsAtOnce)))
                .orElse(samples);
        return new Batch(samplesAtOnce == samples ? 0 : samplesAtOnce, pointsAtOnce == points ? 0 : pointsAtOnce, 1);
    }

    private static int extent(Set<Axis> axes, Axis.Kind kind, ToIntFunction<Axis> available) {
        return axes.stream()
                .filter(axis -> axis.kind() == kind)
                .mapToInt(available)
                .max()
                .orElse(1);
    }

    /** The only axis of a kind, if it may be divided. */
    private static Optional<Axis> divided(Set<Axis> axes, Set<Axis> fixed, Axis.Kind kind) {
        List<Axis> found = axes.stream().filter(axis -> axis.kind() == kind).toList();
        return found.size() == 1 && !fixed.contains(found.get(0)) ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * Where the portions begin along each axis. All are equally long: the last one repeats a part of that before it.
     *
     * @param extents of a portion
     * @param available how many there are along each axis
     */
    public static List<Map<Axis, Integer>> starts(Map<Axis, Integer> extents, ToIntFunction<Axis> available) {
        List<Map<Axis, Integer>> portions = new ArrayList<>(List.of(Map.of()));
        extents.forEach((axis, extent) -> {
            List<Map<Axis, Integer>> before = List.copyOf(portions);
            portions.clear();
            int all = available.applyAsInt(axis);
            for (Map<Axis, Integer> portion : before) {
                for (int start = 0; start < all; start += extent) {
                    Map<Axis, Integer> one = new LinkedHashMap<>(portion);
                    one.put(axis, Math.min(start, all - extent));
                    portions.add(one);
                }
            }
        });
        return portions;
    }
}

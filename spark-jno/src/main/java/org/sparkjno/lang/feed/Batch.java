// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;

/**
 * How many of the samples and points are computed together.
 *
 * @param samples 0 for all
 * @param points of each region; 0 for all
 * @param parts of a step, computed one after another, see {@link Training#accumulate}; they have different samples, or else
 *     different points
 */
public record Batch(int samples, int points, int parts) implements Serializable {
    public static final Batch ALL = new Batch(0, 0, 1);

    public Batch {
        if (samples < 0 || points < 0 || parts < 1) {
            throw new IllegalArgumentException(
                    "A step has at least one part, and batches of 0 (for all) or more, but got " + parts
                            + " parts, and batches of " + samples + " samples and " + points + " points.");
        }
    }

    /** Whether each step takes all that there is. */
    public boolean isAll() {
        return samples == 0 && points == 0;
    }

    private int wanted(Axis axis) {
        return switch (axis.kind()) {
            case SAMPLES -> samples;
            case POINTS -> points;
            case NODES -> 0;
        };
    }

    /**
     * How many of each axis are in a part of a step.
     *
     * @param available how many there are
     * @param whole axes of which nothing may be left out
     */
    Map<Axis, Integer> extents(Map<Axis, Integer> available, Set<Axis> whole) {
        Set<Axis> parted = parted(available, whole);
        Map<Axis, Integer> extents = new LinkedHashMap<>();
        available.forEach((axis, all) -> {
            int most = whole.contains(axis) || wanted(axis) == 0 ? all : Math.min(wanted(axis), all);
            extents.put(axis, parted.contains(axis) ? Math.min(most, all / parts) : most);
        });
        return extents;
    }

    /**
     * The axes in which the parts of a step differ.
     *
     * @throws ExpressionException when there are to be parts, but all of them would be the same
     */
    Set<Axis> parted(Map<Axis, Integer> available, Set<Axis> whole) {
        if (parts == 1) {
            return Set.of();
        }
        boolean batches = samples > 0 || points > 0;
        Set<Axis> parted = along(samples > 0 || !batches ? Axis.Kind.SAMPLES : Axis.Kind.POINTS, available, whole);
        if (parted.isEmpty() && !batches) {
            parted = along(Axis.Kind.POINTS, available, whole);
        }
        if (parted.isEmpty()) {
            throw new ExpressionException("A step is to have " + parts + " parts, but "
                    + (batches ? "there are not as many batches" : "nothing divides into as many") + ": there are "
                    + available + (whole.isEmpty() ? "" : ", of which " + whole + " must stay whole")
                    + "; take smaller batches, or fewer parts.");
        }
        return parted;
    }

    private Set<Axis> along(Axis.Kind kind, Map<Axis, Integer> available, Set<Axis> whole) {
        Set<Axis> parted = new LinkedHashSet<>();
        available.forEach((axis, all) -> {
            boolean divides = wanted(axis) == 0 ? all % parts == 0 : all > wanted(axis) && all >= parts;
            if (axis.kind() == kind && divides && !whole.contains(axis)) {
                parted.add(axis);
            }
        });
        return parted;
    }
}

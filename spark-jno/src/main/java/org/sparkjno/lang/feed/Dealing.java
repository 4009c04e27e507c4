// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkjno.lang.expression.Axis;

/**
 * Decides how samples and points are dealt to tasks. Where points belong together, samples are dealt first: they need nothing of
 * each other. Otherwise, and where there are fewer samples than tasks, tasks form the grid that leaves least to each of them; some
 * may be left over, where an operator between fields makes more parts of the points cost more than they save.
 *
 * @param tasks how many
 * @param extents of all axes
 * @param coupling of the expressions
 */
record Dealing(int tasks, Map<Axis, Integer> extents, Coupling coupling) {
    /** The part of one task, or all of it for each where there is too little to divide. */
    Share shareOrAll(int rank) {
        Share best = best(rank);
        return best == null ? Share.ALL : best;
    }

    /**
     * The part of one task.
     *
     * @throws IllegalArgumentException when there is too little to divide
     */
    Share share(int rank) {
        Share best = best(rank);
        if (best == null) {
            throw new IllegalArgumentException("A step of " + samples() + " samples and " + most()
                    + " points that may be divided is too little for " + tasks
                    + " tasks; use fewer tasks, or more points or samples per step.");
        }
        return best;
    }

    private Share best(int rank) {
        boolean samplesFirst = extents.keySet().stream()
                .anyMatch(axis -> isOfPlaces(axis) && coupling.together().contains(axis));
        if (samplesFirst && samples() >= tasks) {
            return new Share(tasks, tasks, 1, rank, Set.of());
        }
        Share best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int s = 1; s <= tasks; s++) {
            int p = tasks / s;
            boolean mayRest = !coupling.operated().isEmpty();
            if ((s * p == tasks || mayRest) && s <= samples() && p <= most()) {
                Share share = new Share(tasks, s, p, rank, whole(p));
                double work = work(share);
                if (work < least) {
                    least = work;
                    best = share;
                }
            }
        }
        return best;
    }

    /** Nodes that other points need all of, and regions of fewer points than parts: each task computes all of these. */
    private Set<Axis> whole(int parts) {
        return extents.keySet().stream()
                .filter(axis -> isOfPlaces(axis)
                        && (extents.get(axis) < parts || coupling.crossed().contains(axis)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What one task computes: mostly samples at points, and a little for samples and for points alone. Operators between fields
     * act on all points.
     */
    private double work(Share share) {
        double rows = Math.ceil((double) samples() / share.sampleParts());
        double points = 0;
        for (Map.Entry<Axis, Integer> extent : extents.entrySet()) {
            int parts = share.parts(extent.getKey());
            if (isDivisible(extent.getKey())) {
                points += Math.ceil((double) extent.getValue() / parts);
                points += parts > 1 && coupling.operated().contains(extent.getKey()) ? extent.getValue() : 0;
            }
        }
        return 16 * rows * points + rows + points;
    }

    private static boolean isOfPlaces(Axis axis) {
        return axis.kind() != Axis.Kind.SAMPLES;
    }

    private boolean isDivisible(Axis axis) {
        return isOfPlaces(axis) && !coupling.crossed().contains(axis);
    }

    private int samples() {
        return extents.entrySet().stream()
                .filter(extent -> !isOfPlaces(extent.getKey()))
                .mapToInt(Map.Entry::getValue)
                .min()
                .orElse(1);
    }

    /** Points of the largest region. */
    private int most() {
        return extents.entrySet().stream()
                .filter(extent -> isDivisible(extent.getKey()))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was minimised and watched, step by step. */
public final class History implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> names;
    private final double[][] losses;
    private final Map<String, Map<Integer, Double>> tracked = new LinkedHashMap<>();
    private int steps;

    History(List<Entry> entries, int room) {
        this.names = entries.stream().map(Entry::name).toList();
        this.losses = new double[entries.size() + 1][room];
    }

    void add(double total, double[] each) {
        losses[0][steps] = total;
        for (int i = 0; i < each.length; i++) {
            losses[i + 1][steps] = each[i];
        }
        steps++;
    }

    void track(String name, int step, double value) {
        tracked.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(step, value);
    }

    /** Number of steps done. */
    public int steps() {
        return steps;
    }

    /** Names of the summands. */
    public List<String> names() {
        return new ArrayList<>(names);
    }

    /** The weighted sum before each step. */
    public double[] total() {
        return Arrays.copyOf(losses[0], steps);
    }

    /**
     * One summand, without its weight, before each step.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public double[] loss(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("There is no loss '" + name + "'; there are " + names + ".");
        }
        return Arrays.copyOf(losses[index + 1], steps);
    }

    /** The last weighted sum; NaN before the first step. */
    public double last() {
        return steps == 0 ? Double.NaN : losses[0][steps - 1];
    }

    /** What a tracker saw, by the number of steps done. */
    public Map<Integer, Double> tracked(String name) {
        return tracked.getOrDefault(name, Map.of());
    }
}

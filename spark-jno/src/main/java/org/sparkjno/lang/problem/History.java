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
    private final double[][] factors;
    private final double[] rates;
    private final Map<String, Map<Integer, Double>> tracked = new LinkedHashMap<>();
    private int steps;

    History(List<Entry> entries, int room) {
        this.names = entries.stream().map(Entry::name).toList();
        this.losses = new double[entries.size() + 1][room];
        this.factors = new double[entries.size()][room];
        this.rates = new double[room];
    }

    /**
     * A step.
     *
     * @param total what was minimised
     * @param each loss
     * @param balance factor of each loss beside its weight
     * @param rate of learning
     */
    void add(double total, double[] each, double[] balance, double rate) {
        rates[steps] = rate;
        losses[0][steps] = total;
        for (int i = 0; i < each.length; i++) {
            losses[i + 1][steps] = each[i];
            factors[i][steps] = balance[i];
        }
        steps++;
    }

    /** All that was recorded of steps, one row per step: the sum, the losses, their factors, the rate. */
    double[][] rows() {
        double[][] rows = new double[steps][];
        for (int step = 0; step < steps; step++) {
            double[] row = new double[2 + 2 * names.size()];
            for (int i = 0; i <= names.size(); i++) {
                row[i] = losses[i][step];
            }
            for (int i = 0; i < names.size(); i++) {
                row[1 + names.size() + i] = factors[i][step];
            }
            row[row.length - 1] = rates[step];
            rows[step] = row;
        }
        return rows;
    }

    /** The losses before a step, without weights. */
    double[] each(int step) {
        double[] each = new double[names.size()];
        Arrays.setAll(each, i -> losses[i + 1][step]);
        return each;
    }

    /** Adds a step as {@link #rows} gave it. */
    void add(double[] row) {
        int n = names.size();
        add(row[0], Arrays.copyOfRange(row, 1, 1 + n), Arrays.copyOfRange(row, 1 + n, 1 + 2 * n), row[1 + 2 * n]);
    }

    /** What all trackers saw. */
    Map<String, Map<Integer, Double>> tracked() {
        return tracked;
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
        return Arrays.copyOf(losses[index(name) + 1], steps);
    }

    /**
     * The factor by which the balance of the losses multiplied one summand in each step, beside its weight.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public double[] factor(String name) {
        return Arrays.copyOf(factors[index(name)], steps);
    }

    /** The learning rate of each step, the largest where there are several; 1 for a line search. */
    public double[] rates() {
        return Arrays.copyOf(rates, steps);
    }

    private int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("There is no loss '" + name + "'; there are " + names + ".");
        }
        return index;
    }

    /** The last weighted sum; NaN before the first step. */
    public double last() {
        return steps == 0 ? Double.NaN : losses[0][steps - 1];
    }

    /** Names of the trackers that have seen something. */
    public List<String> trackers() {
        return List.copyOf(tracked.keySet());
    }

    /** What a tracker saw, by the number of steps done. */
    public Map<Integer, Double> tracked(String name) {
        return tracked.getOrDefault(name, Map.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a descent stands. It consists of arrays of numbers ({@link #arrays}), from which {@link
 * LineSearchMethod#resume} goes on to the bit.
 */
public final class DescentState {
    private final double[] parameters;
    private final double[] gradient;
    private final double value;
    private final long iterations;
    private final long evaluations;
    private final Status status;
    private final Curvature curvature;

    /** Whether a descent goes on. */
    public enum Status {
        /** There is more to do. */
        RUNNING,
        /** No element of the gradient is larger than the bound. */
        SMALL_GRADIENT,
        /** The loss decreased by no more than the bound. */
        SETTLED,
        /** No step along the negative gradient makes the loss smaller, in the precision in which it is computed. */
        NO_DESCENT
    }

    DescentState(
            double[] parameters,
            double[] gradient,
            double value,
            long iterations,
            long evaluations,
            Status status,
            Curvature curvature) {
        this.parameters = parameters;
        this.gradient = gradient;
        this.value = value;
        this.iterations = iterations;
        this.evaluations = evaluations;
        this.status = status;
        this.curvature = curvature;
    }

    static DescentState at(double[] parameters, Curvature none) {
        return new DescentState(parameters.clone(), new double[0], Double.NaN, 0, 0, Status.RUNNING, none);
    }

    static DescentState of(Map<String, double[]> arrays, Curvature curvature) {
        double[] progress = required(arrays, "progress");
        return new DescentState(
                required(arrays, "parameters"),
                required(arrays, "gradient"),
                progress[0],
                (long) progress[1],
                (long) progress[2],
                Status.values()[(int) progress[3]],
                curvature);
    }

    static double[] required(Map<String, double[]> arrays, String name) {
        double[] array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("The state of a descent has an array '" + name + "', but got only "
                    + arrays.keySet() + "; it belongs to another method.");
        }
        return array;
    }

    /** The point reached; not to be changed. */
    public double[] parameters() {
        return parameters;
    }

    /** Its gradient, not to be changed; empty before the first step. */
    public double[] gradient() {
        return gradient;
    }

    /** Its loss; NaN before the first step. */
    public double value() {
        return value;
    }

    /** Steps made. */
    public long iterations() {
        return iterations;
    }

    /** How often the loss and its gradient were computed. */
    public long evaluations() {
        return evaluations;
    }

    public Status status() {
        return status;
    }

    /** Whether further steps change nothing. */
    public boolean finished() {
        return status != Status.RUNNING;
    }

    /** One sentence on how the descent stands. */
    public String message() {
        String so = "the loss is " + value + " after " + iterations + " steps and " + evaluations + " evaluations.";
        return switch (status) {
            case RUNNING -> "Descending: " + so;
            case SMALL_GRADIENT -> "Converged, the gradient being at most " + Vectors.largest(gradient) + ": " + so;
            case SETTLED -> "Converged, the loss changing no more: " + so;
            case NO_DESCENT ->
                "Stopped, because no step along the negative gradient, whose largest element is "
                        + Vectors.largest(gradient) + ", makes the loss smaller in the precision in which it is"
                        + " computed; train in double precision if this is too early: " + so;
        };
    }

    /** All numbers by name, in double precision; not to be changed. */
    public Map<String, double[]> arrays() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put("parameters", parameters);
        arrays.put("gradient", gradient);
        arrays.put("progress", new double[] {value, iterations, evaluations, status.ordinal()});
        arrays.putAll(curvature.arrays());
        return arrays;
    }

    Curvature curvature() {
        return curvature;
    }

    DescentState evaluated(Point point) {
        return new DescentState(
                point.parameters(), point.gradient(), point.value(), iterations, evaluations + 1, status, curvature);
    }

    DescentState moved(Point to, int evaluated, Curvature learnt) {
        return new DescentState(
                to.parameters(), to.gradient(), to.value(), iterations + 1, evaluations + evaluated, status, learnt);
    }

    DescentState stayed(int evaluated, Curvature forgotten) {
        return new DescentState(parameters, gradient, value, iterations, evaluations + evaluated, status, forgotten);
    }

    DescentState ended(Status end) {
        return new DescentState(parameters, gradient, value, iterations, evaluations, end, curvature);
    }

    Point point() {
        return new Point(0, parameters, value, gradient, Double.NaN);
    }
}

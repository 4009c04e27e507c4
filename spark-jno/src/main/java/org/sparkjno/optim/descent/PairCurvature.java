// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The last few steps with the changes of the gradient, as L-BFGS keeps them.
 *
 * @param history how many at most
 * @param pairs the newest last
 */
record PairCurvature(int history, List<Pair> pairs) implements Curvature {
    /**
     * A step.
     *
     * @param step s
     * @param change y of the gradient
     * @param inverse 1/s·y
     */
    record Pair(double[] step, double[] change, double inverse) {
        Pair(double[] step, double[] change) {
            this(step, change, 1 / Vectors.dot(step, change));
        }
    }

    @Override
    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /**
     * Algorithm 7.4 of Nocedal and Wright, "Numerical optimization", 2nd ed., 2006, with the scale of equation 7.20.
     */
    @Override
    public double[] direction(double[] gradient) {
        double[] q = Vectors.scaled(-1, gradient);
        double[] parts = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            parts[i] = pair.inverse() * Vectors.dot(pair.step(), q);
            Vectors.add(q, -parts[i], pair.change());
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.get(pairs.size() - 1);
            q = Vectors.scaled(1 / (last.inverse() * Vectors.dot(last.change(), last.change())), q);
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            Vectors.add(q, parts[i] - pair.inverse() * Vectors.dot(pair.change(), q), pair.step());
        }
        return q;
    }

    @Override
    public Curvature after(double[] step, double[] change, double oldMetric) {
        if (!Curvature.isConvex(step, change)) {
            return this;
        }
        List<Pair> longer = new ArrayList<>(pairs.subList(pairs.size() == history ? 1 : 0, pairs.size()));
        longer.add(new Pair(step, change));
        return new PairCurvature(history, longer);
    }

    @Override
    public Map<String, double[]> arrays() {
        return Map.of(
                "steps", joined(pairs.stream().map(Pair::step).toList()),
                "changes", joined(pairs.stream().map(Pair::change).toList()));
    }

    private static double[] joined(List<double[]> vectors) {
        int size = vectors.isEmpty() ? 0 : vectors.get(0).length;
        double[] all = new double[vectors.size() * size];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, all, i * size, size);
        }
        return all;
    }

    /** The curvature whose {@link #arrays} these are. */
    static PairCurvature of(int history, int size, Map<String, double[]> arrays) {
        double[] steps = DescentState.required(arrays, "steps");
        double[] changes = DescentState.required(arrays, "changes");
        List<Pair> pairs = new ArrayList<>();
        for (int from = 0; from < steps.length; from += size) {
            pairs.add(new Pair(part(steps, from, size), part(changes, from, size)));
        }
        return new PairCurvature(history, pairs);
    }

    private static double[] part(double[] all, int from, int size) {
        double[] part = new double[size];
        System.arraycopy(all, from, part, 0, size);
        return part;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last few steps with the changes of the gradient, as L-BFGS keeps them.
 *
 * <p>Every member of the self-scaled Broyden family with φ ≥ 0 can be kept so, for its update is the product
 *
 * <pre>H ← (I − p·yᵀ)·H·(I − y·pᵀ)/τ + s·sᵀ/(s·y)   with   p = √φ·s/(s·y) + (1 − √φ)·H·y/(y·H·y),</pre>
 *
 * which is positive definite whatever lies before it, so that old steps can be forgotten. BFGS has p = s/(s·y).
 *
 * @param history how many at most
 * @param scaling how an update scales what was known before
 * @param pairs the newest last
 */
record PairCurvature(int history, SelfScaling scaling, List<Pair> pairs) implements Curvature {
    /**
     * A step.
     *
     * @param step s
     * @param change y of the gradient
     * @param projection p·(s·y), which for BFGS is the step itself
     * @param scale 1/τ
     * @param inverse 1/(s·y)
     */
    record Pair(double[] step, double[] change, double[] projection, double scale, double inverse) {
        Pair(double[] step, double[] change, double[] projection, double scale) {
            this(step, change, projection, scale, 1 / Vectors.dot(step, change));
        }

        /** The scale of the identity of which this pair alone would tell: equation 7.20 of Nocedal and Wright. */
        double size() {
            return 1 / (inverse * Vectors.dot(change, change));
        }
    }

    @Override
    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    @Override
    public double[] direction(double[] gradient) {
        return product(Vectors.scaled(-1, gradient));
    }

    /**
     * H times a vector by the two loops of algorithm 7.4 of Nocedal and Wright, "Numerical optimization", 2nd ed.,
     * 2006. They begin with a multiple of the identity: what the newest pair tells where nothing else scales, and what
     * the oldest one told where every update has scaled what came before it.
     */
    private double[] product(double[] vector) {
        double[] q = vector.clone();
        double[] alongSteps = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            alongSteps[i] = pair.inverse() * Vectors.dot(pair.step(), q);
            double projected = pair.projection() == pair.step()
                    ? alongSteps[i]
                    : pair.inverse() * Vectors.dot(pair.projection(), q);
            Vectors.add(q, -projected, pair.change());
            Vectors.scale(pair.scale(), q);
        }
        if (!pairs.isEmpty()) {
            int telling = scaling == SelfScaling.NONE ? pairs.size() - 1 : 0;
            Vectors.scale(pairs.get(telling).size(), q);
        }
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            double alongChange = pair.inverse() * Vectors.dot(pair.change(), q);
            if (pair.projection() == pair.step()) {
                Vectors.add(q, alongSteps[i] - alongChange, pair.step());
            } else {
                Vectors.add(q, -alongChange, pair.projection());
                Vectors.add(q, alongSteps[i], pair.step());
            }
        }
        return q;
    }

    @Override
    public Curvature after(double[] step, double[] change, double oldMetric) {
        if (!Curvature.isConvex(step, change)) {
            return this;
        }
        List<Pair> longer = new ArrayList<>(pairs.subList(pairs.size() == history ? 1 : 0, pairs.size()));
        longer.add(pair(step, change, oldMetric));
        return new PairCurvature(history, scaling, longer);
    }

    private Pair pair(double[] step, double[] change, double oldMetric) {
        if (isEmpty() || scaling == SelfScaling.NONE) {
            return new Pair(step, change, step, 1);
        }
        double slope = Vectors.dot(step, change);
        if (scaling.isBfgs()) {
            double tau = scaling.factors(oldMetric / slope, 1, step.length).tau();
            return new Pair(step, change, step, 1 / tau);
        }
        double[] product = product(change);
        double curvature = Vectors.dot(change, product);
        SelfScaling.Factors factors = scaling.factors(oldMetric / slope, curvature / slope, step.length);
        // A negative φ has no such product; it asks for less than DFP's 0, which is the nearest.
        double root = Math.sqrt(Math.max(0, factors.phi()));
        double[] projection = Vectors.scaled(root, step);
        Vectors.add(projection, (1 - root) * slope / curvature, product);
        return new Pair(step, change, projection, 1 / factors.tau());
    }

    @Override
    public Map<String, double[]> arrays() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put("steps", joined(pairs.stream().map(Pair::step).toList()));
        arrays.put("changes", joined(pairs.stream().map(Pair::change).toList()));
        if (scaling != SelfScaling.NONE) {
            arrays.put("scales", pairs.stream().mapToDouble(Pair::scale).toArray());
        }
        if (!scaling.isBfgs()) {
            arrays.put(
                    "projections", joined(pairs.stream().map(Pair::projection).toList()));
        }
        return arrays;
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
    static PairCurvature of(int history, SelfScaling scaling, int size, Map<String, double[]> arrays) {
        double[] steps = DescentState.required(arrays, "steps");
        double[] changes = DescentState.required(arrays, "changes");
        double[] scales = scaling == SelfScaling.NONE ? new double[0] : DescentState.required(arrays, "scales");
        double[] projections = scaling.isBfgs() ? new double[0] : DescentState.required(arrays, "projections");
        List<Pair> pairs = new ArrayList<>();
        for (int from = 0; from < steps.length; from += size) {
            double[] step = part(steps, from, size);
            double scale = scales.length == 0 ? 1 : scales[pairs.size()];
            double[] projection = projections.length == 0 ? step : part(projections, from, size);
            pairs.add(new Pair(step, part(changes, from, size), projection, scale));
        }
        return new PairCurvature(history, scaling, pairs);
    }

    private static double[] part(double[] all, int from, int size) {
        double[] part = new double[size];
        System.arraycopy(all, from, part, 0, size);
        return part;
    }
}

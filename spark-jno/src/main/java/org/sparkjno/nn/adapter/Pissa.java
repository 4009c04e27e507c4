// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;

/**
 * Trains a part of W itself: W − s·D₀·U₀ + s·D·U with s = α/rank, where D₀·U₀ holds some singular values of W and D, U
 * begin as D₀, U₀.
 *
 * @param rank how many singular values
 * @param alpha numerator of the scale
 * @param part which singular values
 */
public record Pissa(int rank, double alpha, Part part) implements Adapter {
    private static final String FIRST = "first.";

    /** Some singular values. */
    public enum Part {
        /** The largest: F. Meng, Z. Wang, M. Zhang, "PiSSA", NeurIPS 2024. */
        PRINCIPAL,
        /** The smallest: H. Wang et al., "MiLoRA", arXiv:2406.09044. */
        MINOR
    }

    public Pissa {
        Factors.requireRank(rank);
    }

    /** PiSSA: the largest singular values. */
    public static Pissa of(int rank, double alpha) {
        return new Pissa(rank, alpha, Part.PRINCIPAL);
    }

    /** MiLoRA: the smallest singular values. */
    public static Pissa minor(int rank, double alpha) {
        return new Pissa(rank, alpha, Part.MINOR);
    }

    @Override
    public List<Parameter> parameters(Parameter base) {
        return Factors.both(MatrixView.of(base.shape()), rank, Factors.zero(), Factors.zero());
    }

    @Override
    public List<Parameter> buffers(Parameter base) {
        List<Parameter> first = new ArrayList<>();
        for (Parameter factor : parameters(base)) {
            first.add(new Parameter(FIRST + factor.name(), factor.shape(), factor.initialiser()));
        }
        return first;
    }

    @Override
    public Value effective(Value base, Map<String, Value> own) {
        Value first = own.get(FIRST + Factors.DOWN).contract("ir,ro->io", own.get(FIRST + Factors.UP));
        Value change = Factors.product(own)
                .minus(first)
                .times(alpha / MatrixView.of(base).cut(rank));
        return base.plus(change.reshape(base.shape()));
    }

    @Override
    public Map<String, double[]> start(Parameter base, double[] numbers) {
        MatrixView view = MatrixView.of(base.shape());
        int actual = view.cut(rank);
        SingularValues svd = SingularValues.of(numbers, view.inputs(), view.outputs());
        int from = part == Part.PRINCIPAL ? 0 : svd.values().length - actual;
        double[] down = svd.left(from, actual, s -> Math.sqrt(s * actual / alpha));
        double[] up = svd.right(from, actual, s -> Math.sqrt(s * actual / alpha));
        return Map.of(Factors.DOWN, down, Factors.UP, up, FIRST + Factors.DOWN, down, FIRST + Factors.UP, up);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Value;

/**
 * A multi-layer perceptron of the last axis, at every point alike: affine layers with an activation between them. What
 * stands before it, such as {@link FourierFeatures} or a {@link PeriodicEmbedding}, is put there by {@link Sequential}.
 *
 * @param layers at least one
 * @param activation between two layers
 */
public record Mlp(List<Affine> layers, Activation activation) implements Layer {
    public Mlp {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A multi-layer perceptron needs at least one layer.");
        }
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
                throw new IllegalArgumentException("Layer " + i + " of a multi-layer perceptron takes "
                        + layers.get(i).inputs() + " channels, but the layer before it gives "
                        + layers.get(i - 1).outputs() + ".");
            }
        }
    }

    /**
     * A perceptron with these widths, input and output included, that begins as {@link Initialisation.FanIn}.
     *
     * @param widths at least two
     */
    public static Mlp of(Activation activation, int... widths) {
        return of(activation, new Initialisation.FanIn(), widths);
    }

    /** A perceptron with these widths, input and output included. */
    public static Mlp of(Activation activation, Initialisation start, int... widths) {
        if (widths.length < 2) {
            throw new IllegalArgumentException(
                    "A multi-layer perceptron needs the widths of its input and its output, but" + " got "
                            + Arrays.toString(widths) + ".");
        }
        return new Mlp(
                IntStream.range(1, widths.length)
                        .<Affine>mapToObj(i -> new Linear(widths[i - 1], widths[i], start))
                        .toList(),
                activation);
    }

    /**
     * The same perceptron with factorised weights, see {@link FactorisedLinear}.
     *
     * @param mean of the logarithms of the factors
     * @param deviation of the logarithms of the factors
     */
    public Mlp factorised(double mean, double deviation) {
        List<Affine> factorised = new ArrayList<>();
        for (Affine layer : layers) {
            factorised.add(layer instanceof Linear linear ? new FactorisedLinear(linear, mean, deviation) : layer);
        }
        return new Mlp(factorised, activation);
    }

    /** Channels in. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** Channels out. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    @Override
    public List<Parameter> parameters() {
        return Parameter.listed("layers", layers, Model::parameters);
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value y = x;
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).apply(weights.under("layers." + i), i == 0 ? y : activation.apply(y));
        }
        return y;
    }
}

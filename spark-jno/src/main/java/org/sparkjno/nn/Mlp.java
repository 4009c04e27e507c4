// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Value;

/**
 * A multi-layer perceptron of the last axis, at every point alike: linear layers with an activation between them.
 *
 * @param layers at least one
 * @param activation between two layers
 */
public record Mlp(List<Linear> layers, Activation activation) implements Layer {
    public Mlp {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A multi-layer perceptron needs at least one layer.");
        }
    }

    /** A perceptron with these widths, input and output included. */
    public static Mlp of(Activation activation, int... widths) {
        return new Mlp(
                IntStream.range(1, widths.length)
                        .mapToObj(i -> new Linear(widths[i - 1], widths[i]))
                        .toList(),
                activation);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            all.addAll(Parameter.under("layers." + i, layers.get(i).parameters()));
        }
        return all;
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

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Value;

/**
 * A perceptron with sin(ω(x·W + b)) after every layer but the last: V. Sitzmann et al., "Implicit neural
 * representations with periodic activation functions", NeurIPS 2020.
 *
 * @param layers at least two
 * @param frequency ω; 30 in the paper, for coordinates in (−1, 1)
 */
public record Siren(List<Linear> layers, double frequency) implements Layer {
    public Siren {
        layers = List.copyOf(layers);
        if (layers.size() < 2 || !(frequency > 0)) {
            throw new IllegalArgumentException(
                    "A sine network needs at least two layers and a positive frequency, but got " + layers.size()
                            + " and " + frequency + ".");
        }
    }

    /** A network with these widths, input and output included, and the first weights of the paper. */
    public static Siren of(double frequency, int... widths) {
        if (widths.length < 3) {
            throw new IllegalArgumentException(
                    "A sine network needs the widths of its input, of a hidden layer and of its output, but got "
                            + Arrays.toString(widths) + ".");
        }
        return new Siren(
                IntStream.range(1, widths.length)
                        .mapToObj(i -> new Linear(widths[i - 1], widths[i], new Initialisation.Sine(frequency, i == 1)))
                        .toList(),
                frequency);
    }

    @Override
    public List<Parameter> parameters() {
        return Parameter.listed("layers", layers, Model::parameters);
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value y = x;
        for (int i = 0; i < layers.size(); i++) {
            Value input = i == 0 ? y : Activation.SIN.apply(y.times(frequency));
            y = layers.get(i).apply(weights.under("layers." + i), input);
        }
        return y;
    }
}

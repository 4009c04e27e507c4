// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * Layers one after another.
 *
 * @param layers in the order in which they are applied; none is the identity
 */
public record Sequential(List<Layer> layers) implements Layer {
    public Sequential {
        layers = List.copyOf(layers);
    }

    /** These layers one after another. */
    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    @Override
    public List<Parameter> parameters() {
        return Parameter.listed("layers", layers, Model::parameters);
    }

    @Override
    public List<Parameter> buffers() {
        return Parameter.listed("layers", layers, Model::buffers);
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value y = x;
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).apply(weights.under("layers." + i), y);
        }
        return y;
    }
}

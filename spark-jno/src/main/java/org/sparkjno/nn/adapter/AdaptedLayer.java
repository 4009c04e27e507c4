// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * A layer with adapters.
 *
 * @param layer as it was
 * @param adaptation which adapters
 */
public record AdaptedLayer(Layer layer, Adaptation adaptation) implements Layer {
    @Override
    public List<Parameter> parameters() {
        return adaptation.parameters(layer);
    }

    @Override
    public List<Parameter> buffers() {
        return adaptation.buffers(layer);
    }

    @Override
    public Value apply(Weights weights, Value x) {
        return layer.apply(adaptation.weights(layer, weights), x);
    }
}

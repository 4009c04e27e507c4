// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * x + f(x): a connection that skips a layer. K. He et al., "Deep residual learning for image recognition", CVPR 2016.
 *
 * @param layer f, whose output has the shape of its input
 */
public record Residual(Layer layer) implements Layer {
    /**
     * A perceptron with skip connections: a linear map to the width, blocks x + W₂·σ(W₁·σ(x) + b₁) + b₂, an activation
     * and a linear map to the outputs.
     *
     * @param blocks how many
     */
    public static Sequential perceptron(
            Activation activation, Initialisation start, int inputs, int width, int blocks, int outputs) {
        Layer inner = Sequential.of(new Pointwise(activation), Mlp.of(activation, start, width, width, width));
        List<Layer> layers = new ArrayList<>(List.of(new Linear(inputs, width, start)));
        layers.addAll(Collections.nCopies(blocks, new Residual(inner)));
        layers.add(new Pointwise(activation));
        layers.add(new Linear(width, outputs, start));
        return new Sequential(layers);
    }

    @Override
    public List<Parameter> parameters() {
        return layer.parameters();
    }

    @Override
    public List<Parameter> buffers() {
        return layer.buffers();
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value y = layer.apply(weights, x);
        if (!y.type().equals(x.type())) {
            throw new ShapeException("A skip connection adds the input of a layer to its output, but the layer makes "
                    + y.type() + " of " + x.type() + "; give it as many channels out as in.");
        }
        return x.plus(y);
    }
}

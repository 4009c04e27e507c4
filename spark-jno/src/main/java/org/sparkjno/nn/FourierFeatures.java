// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Random Fourier features (cos x·B, sin x·B) of the last axis, with a fixed B ~ N(0, deviation²) that is a buffer: M.
 * Tancik et al., "Fourier features let networks learn high frequency functions in low dimensional domains", NeurIPS
 * 2020, in the form of S. Wang, H. Wang, P. Perdikaris, "On the eigenvector bias of Fourier feature networks", CMAME
 * 384, 2021, without a factor 2π.
 *
 * @param inputs coordinates
 * @param features columns of B; the output has twice as many channels, cosines first
 * @param deviation typical wave number, per unit of the coordinates
 */
public record FourierFeatures(int inputs, int features, double deviation) implements Layer {
    public FourierFeatures {
        if (inputs < 1 || features < 1 || !(deviation > 0)) {
            throw new IllegalArgumentException("Fourier features need at least one input and feature and a positive"
                    + " deviation, but got " + inputs + ", " + features + " and " + deviation + ".");
        }
    }

    /** Channels out. */
    public int outputs() {
        return 2 * features;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public List<Parameter> buffers() {
        return List.of(new Parameter("frequencies", Shape.of(inputs, features), new Initialiser.Normal(0, deviation)));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value angles = AffineMap.product(x, weights.get("frequencies"));
        return Value.concat(x.shape().rank() - 1, List.of(angles.apply(Primitive.COS), angles.apply(Primitive.SIN)));
    }
}

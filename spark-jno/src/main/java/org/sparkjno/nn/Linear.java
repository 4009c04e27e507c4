// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The affine map x·W + b of the last axis, at every point alike. W is {@code [inputs, outputs]}, b {@code [outputs]}, both
 * drawn from U(−1/√inputs, 1/√inputs).
 *
 * @param inputs channels in
 * @param outputs channels out
 */
public record Linear(int inputs, int outputs) implements Layer {
    private static final String AXES = "abcdefgh";

    @Override
    public List<Parameter> parameters() {
        double bound = 1 / Math.sqrt(inputs);
        Initialiser uniform = new Initialiser.Uniform(-bound, bound);
        return List.of(
                new Parameter("weight", Shape.of(inputs, outputs), uniform),
                new Parameter("bias", Shape.of(outputs), uniform));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        String points = AXES.substring(0, x.shape().rank() - 1);
        Value product = x.contract(points + "i,io->" + points + "o", weights.get("weight"));
        return product.plus(weights.get("bias").broadcastTo(product.shape()));
    }
}

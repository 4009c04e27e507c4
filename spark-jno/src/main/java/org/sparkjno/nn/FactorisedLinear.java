// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A linear map whose weight is V·diag(exp s), one trainable factor per output: S. Wang, H. Wang, J. H. Seidman, P.
 * Perdikaris, "Random weight factorization improves the training of continuous neural representations",
 * arXiv:2210.01274. V is {@code [inputs, outputs]}, s and the bias are {@code [outputs]}; V begins as the linear map
 * would, times exp(−mean), and s ~ N(mean, deviation²).
 *
 * @param linear sizes and first values of the product
 * @param mean expected first value of s; the paper advises 0.5 or 1
 * @param deviation standard deviation of s; the paper advises 0.1
 */
public record FactorisedLinear(Linear linear, double mean, double deviation) implements Affine {
    @Override
    public int inputs() {
        return linear.inputs();
    }

    @Override
    public int outputs() {
        return linear.outputs();
    }

    @Override
    public List<Parameter> parameters() {
        Parameter weight = linear.parameters().get(0);
        return List.of(
                new Parameter(
                        "direction", weight.shape(), new Initialiser.Scaled(weight.initialiser(), Math.exp(-mean))),
                new Parameter("scale", Shape.of(outputs()), new Initialiser.Normal(mean, deviation)),
                linear.parameters().get(1));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value product = AffineMap.product(x, weights.get("direction"));
        return product.times(weights.get("scale").exp().broadcastTo(product.shape()))
                .plus(weights.get("bias").broadcastTo(product.shape()));
    }
}

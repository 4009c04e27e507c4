// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Pointwise non-linear functions that are more than one primitive. All are defined for every finite argument. */
public final class Activations {
    private Activations() {}

    /** {@code max(x, 0)}; derivative ½ at 0. */
    public static Value relu(Value x) {
        return x.apply(Primitive.MAX, Value.full(x.type(), 0));
    }

    /**
     * {@code x} where positive, {@code slope·x} elsewhere: A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier nonlinearities improve
     * neural network acoustic models", 2013.
     *
     * @param slope derivative for negative arguments
     */
    public static Value leakyRelu(Value x, double slope) {
        return Value.full(x.type(), 0).apply(Primitive.LT, x).apply(Primitive.SELECT, x, x.times(slope));
    }

    /** {@code 1 / (1 + exp(−x))}, by the hyperbolic tangent, which does not overflow. */
    public static Value sigmoid(Value x) {
        return x.times(0.5).tanh().plus(1).times(0.5);
    }

    /** {@code x·sigmoid(x)}: S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-weighted linear units", 2017. */
    public static Value silu(Value x) {
        return x.times(sigmoid(x));
    }

    /** {@code log(1 + exp(x))} as {@code max(x, 0) + log1p(exp(−|x|))}, which does not overflow. */
    public static Value softplus(Value x) {
        return relu(x).plus(x.apply(Primitive.ABS).negate().exp().apply(Primitive.LOG1P));
    }

    /**
     * {@code x·(1 + tanh(√(2/π)(x + 0.044715 x³)))/2}: the approximation in D. Hendrycks, K. Gimpel, "Gaussian error linear
     * units", 2016, section 2.
     */
    public static Value tanhGelu(Value x) {
        Value cubic = x.plus(x.square().times(x).times(0.044715));
        return x.times(cubic.times(Math.sqrt(2 / Math.PI)).tanh().plus(1).times(0.5));
    }
}

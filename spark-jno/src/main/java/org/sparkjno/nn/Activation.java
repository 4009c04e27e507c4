// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.function.Activations;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Pointwise non-linear functions. */
public enum Activation {
    /** x·Φ(x) with the exact normal distribution Φ: D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016. */
    GELU {
        @Override
        public Value apply(Value x) {
            return x.times(x.times(Math.sqrt(0.5)).erf().plus(1).times(0.5));
        }
    },
    /** {@link Activations#tanhGelu}: GELU with Φ approximated by a hyperbolic tangent. */
    GELU_TANH {
        @Override
        public Value apply(Value x) {
            return Activations.tanhGelu(x);
        }
    },
    /** Hyperbolic tangent. */
    TANH {
        @Override
        public Value apply(Value x) {
            return x.tanh();
        }
    },
    /** Sine. With a frequency and the first weights that belong to it, take {@link Siren}. */
    SIN {
        @Override
        public Value apply(Value x) {
            return x.apply(Primitive.SIN);
        }
    },
    /**
     * {@link Activations#relu}: max(x, 0). Its second derivative is 0, so equations of second order cannot be learnt
     * with it.
     */
    RELU {
        @Override
        public Value apply(Value x) {
            return Activations.relu(x);
        }
    },
    /** {@link Activations#leakyRelu} with slope 0.01. */
    LEAKY_RELU {
        @Override
        public Value apply(Value x) {
            return Activations.leakyRelu(x, 0.01);
        }
    },
    /** {@link Activations#silu}: x·sigmoid(x), also called swish. */
    SILU {
        @Override
        public Value apply(Value x) {
            return Activations.silu(x);
        }
    },
    /** {@link Activations#softplus}: log(1 + exp(x)). */
    SOFTPLUS {
        @Override
        public Value apply(Value x) {
            return Activations.softplus(x);
        }
    },
    /** {@link Activations#sigmoid}: 1/(1 + exp(−x)). */
    SIGMOID {
        @Override
        public Value apply(Value x) {
            return Activations.sigmoid(x);
        }
    },
    /** x itself. */
    IDENTITY {
        @Override
        public Value apply(Value x) {
            return x;
        }
    };

    /** The function of each element. */
    public abstract Value apply(Value x);
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.graph.Value;

/** Pointwise non-linear functions. */
public enum Activation {
    /** x·Φ(x) with the exact normal distribution Φ: D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016. */
    GELU {
        @Override
        public Value apply(Value x) {
            return x.times(x.times(Math.sqrt(0.5)).erf().plus(1).times(0.5));
        }
    },
    /** Hyperbolic tangent. */
    TANH {
        @Override
        public Value apply(Value x) {
            return x.tanh();
        }
    };

    /** The function of each element. */
    public abstract Value apply(Value x);
}

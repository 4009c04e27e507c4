// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * Gradient descent with momentum: v ← μ·v + g, θ ← θ − rate·v, or with Nesterov's momentum θ ← θ − rate·(g + μ·v), in
 * the form of I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and momentum in deep
 * learning", ICML 2013, where the rate stands outside of the velocity.
 *
 * @param momentum μ; 0 needs no state
 * @param nesterov whether the gradient is taken ahead of the momentum
 * @param decay of the penalty decay·‖θ‖²/2, whose gradient is added
 */
public record Sgd(double momentum, boolean nesterov, double decay) implements ElementwiseOptimiser {
    public Sgd {
        if (!(momentum >= 0 && momentum < 1 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "Gradient descent needs 0 ≤ momentum < 1 and decay ≥ 0, but got momentum " + momentum + ", decay "
                            + decay + ".");
        }
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Nesterov's momentum needs a momentum above 0, for example 0.9.");
        }
    }

    /** Plain gradient descent. */
    public static Sgd of() {
        return new Sgd(0, false, 0);
    }

    /** Gradient descent with momentum. */
    public static Sgd withMomentum(double momentum) {
        return new Sgd(momentum, false, 0);
    }

    @Override
    public List<String> state() {
        return momentum > 0 ? List.of("velocity") : List.of();
    }

    @Override
    public int settingCount() {
        return 1;
    }

    /** The learning rate. */
    @Override
    public double[] settings(long step, double rate) {
        return new double[] {rate};
    }

    @Override
    public List<Value> step(Value parameters, Value gradient, List<Value> state, Value settings) {
        Value rate = Setting.of(settings, 0);
        Value slope = decay > 0 ? gradient.plus(parameters.times(decay)) : gradient;
        if (momentum == 0) {
            return List.of(parameters.minus(slope.times(rate)));
        }
        Value velocity = state.get(0).times(momentum).plus(slope);
        Value move = nesterov ? slope.plus(velocity.times(momentum)) : velocity;
        return List.of(parameters.minus(move.times(rate)), velocity);
    }
}

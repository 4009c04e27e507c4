// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Lion: X. Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023, algorithm 2. Every parameter
 * moves by the rate, in the direction of a mean gradient's sign; so the rate should be three to ten times smaller than
 * Adam's, and the decay as much larger.
 *
 * @param beta1 weight of the mean in the direction
 * @param beta2 decay of the mean gradient
 * @param decay decoupled weight decay, per unit of learning rate
 */
public record Lion(double beta1, double beta2, double decay) implements ElementwiseOptimiser {
    public Lion {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && decay >= 0)) {
            throw new IllegalArgumentException("Lion needs 0 ≤ beta < 1 and decay ≥ 0, but got beta1 " + beta1
                    + ", beta2 " + beta2 + ", decay " + decay + ".");
        }
    }

    /** Lion with the paper's 0.9 and 0.99, without decay. */
    public static Lion of() {
        return new Lion(0.9, 0.99, 0);
    }

    @Override
    public List<String> state() {
        return List.of("mean");
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
        Value mean = state.get(0);
        Value move = mean.times(beta1).plus(gradient.times(1 - beta1)).apply(Primitive.SIGN);
        if (decay > 0) {
            move = move.plus(parameters.times(decay));
        }
        Value next = mean.times(beta2).plus(gradient.times(1 - beta2));
        return List.of(parameters.minus(move.times(Setting.of(settings, 0))), next);
    }
}

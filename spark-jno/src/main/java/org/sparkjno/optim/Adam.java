// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * Adam: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
 *
 * @param beta1 decay of the mean gradient
 * @param beta2 decay of the mean squared gradient
 * @param epsilon added to the root of the mean square
 * @param decay weight decay, per unit of learning rate
 * @param coupling how the weight decay acts
 */
public record Adam(double beta1, double beta2, double epsilon, double decay, Coupling coupling)
        implements ElementwiseOptimiser {
    /** How weight decay acts. */
    public enum Coupling {
        /** As the gradient of decay·‖θ‖²/2, so that Adam scales it like every gradient. */
        L2,
        /** As a shrinkage beside Adam: I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019. */
        DECOUPLED
    }

    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException("Adam needs 0 ≤ beta < 1, epsilon > 0 and decay ≥ 0, but got beta1 "
                    + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ", decay " + decay + ".");
        }
    }

    /** Adam of the paper, without weight decay, with its 0.9, 0.999 and 1e-8. */
    public static Adam of() {
        return new Adam(0.9, 0.999, 1e-8, 0, Coupling.L2);
    }

    /** AdamW with the usual 0.9, 0.999 and 1e-8. */
    public static Adam decoupled(double decay) {
        return new Adam(0.9, 0.999, 1e-8, decay, Coupling.DECOUPLED);
    }

    /** Adam with an L2 penalty and the usual 0.9, 0.999 and 1e-8. */
    public static Adam withL2(double decay) {
        return new Adam(0.9, 0.999, 1e-8, decay, Coupling.L2);
    }

    /** The same with other decays, such as 0.95 and 0.99, which often end nearer to the minimum of a loss without noise. */
    public Adam decays(double mean, double square) {
        return new Adam(mean, square, epsilon, decay, coupling);
    }

    @Override
    public List<String> state() {
        return List.of("mean", "square");
    }

    @Override
    public int settingCount() {
        return 3;
    }

    /** The learning rate and the two bias corrections 1/(1 − βᵗ). */
    @Override
    public double[] settings(long step, double rate) {
        return new double[] {rate, Setting.correction(beta1, step), Setting.correction(beta2, step)};
    }

    @Override
    public List<Value> step(Value parameters, Value gradient, List<Value> state, Value settings) {
        Value rate = Setting.of(settings, 0);
        boolean penalised = decay > 0 && coupling == Coupling.L2;
        Value slope = penalised ? gradient.plus(parameters.times(decay)) : gradient;
        Value mean = state.get(0).times(beta1).plus(slope.times(1 - beta1));
        Value square = state.get(1).times(beta2).plus(slope.square().times(1 - beta2));
        Value root = square.times(Setting.of(settings, 2)).sqrt().plus(epsilon);
        Value move = mean.times(Setting.of(settings, 1)).div(root);
        if (decay > 0 && coupling == Coupling.DECOUPLED) {
            move = move.plus(parameters.times(decay));
        }
        return List.of(parameters.minus(move.times(rate)), mean, square);
    }
}

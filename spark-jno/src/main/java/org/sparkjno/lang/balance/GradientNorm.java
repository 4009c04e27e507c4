// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;

/**
 * Factors of mean 1, inverse to the norms of the gradients of the losses, as a decaying mean over looks: S. Wang, S. Sankaran, H.
 * Wang, P. Perdikaris, "An expert's guide to training physics-informed neural networks", 2023, algorithm 1 but for the scale. Each
 * look differentiates each loss.
 *
 * @param every steps from one look to the next
 * @param decay of the mean; 0 for the last look alone
 */
public record GradientNorm(int every, double decay) implements Balance {
    public GradientNorm {
        if (every < 1 || !(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "A balance of gradients looks every step or more rarely, with a decay from 0"
                            + " to below 1, but got " + every + " and " + decay + ".");
        }
    }

    /** With the usual decay of 0.9. */
    public static GradientNorm every(int steps) {
        return new GradientNorm(steps, 0.9);
    }

    @Override
    public Measure measure() {
        return Measure.GRADIENT_NORMS;
    }

    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value norms = Factors.floored(measured);
        Value now = Factors.normalised(Factors.ones(norms).div(norms));
        return List.of(Factors.averaged(looks, decay, state.get(0), now));
    }
}

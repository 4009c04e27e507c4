// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;

/**
 * Dynamic weight average: S. Liu, E. Johns, A. J. Davison, "End-to-end multi-task learning with attention", CVPR 2019, equation 7:
 * n·softmax(r/T) with r = L(t − 1)/L(t − 2); ones in the first two steps.
 *
 * @param temperature T
 */
public record Dwa(double temperature) implements Balance {
    public Dwa {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException(
                    "Dynamic weight average needs a positive temperature, but got " + temperature + ".");
        }
    }

    /** With T = 2. */
    public static Dwa of() {
        return new Dwa(2);
    }

    @Override
    public Measure measure() {
        return Measure.LOSSES;
    }

    @Override
    public List<String> memory() {
        return List.of("previous", "before");
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value losses = Factors.floored(measured);
        Value previous = state.get(1);
        Value before = Factors.before(looks, 2, Factors.ones(losses), state.get(2));
        Value weights = Factors.softmax(previous.div(before).times(1 / temperature));
        return List.of(Factors.before(looks, 2, Factors.ones(losses), weights), losses, previous);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;

/**
 * SoftAdapt: A. A. Heydari, C. A. Thompson, A. Mehmood, "SoftAdapt: techniques for adaptive loss weighting of neural networks with
 * multi-part loss functions", 2019, with ratios of losses in place of differences, so that scales do not matter:
 * n·softmax((L(t)/L(t − 1))/β).
 *
 * @param beta β, temperature
 */
public record SoftAdapt(double beta) implements Balance {
    public SoftAdapt {
        if (!(beta > 0)) {
            throw new IllegalArgumentException("SoftAdapt needs a positive beta, but got " + beta + ".");
        }
    }

    /** With β = 0.1. */
    public static SoftAdapt of() {
        return new SoftAdapt(0.1);
    }

    @Override
    public Measure measure() {
        return Measure.LOSSES;
    }

    @Override
    public List<String> memory() {
        return List.of("previous");
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value losses = Factors.floored(measured);
        Value previous = Factors.before(looks, 1, losses, state.get(1));
        return List.of(Factors.softmax(losses.div(previous).times(1 / beta)), losses);
    }
}

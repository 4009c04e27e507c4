// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Relative loss balancing with random lookback: R. Bischof, M. A. Kraus, "Multi-objective loss balancing for physics-informed deep
 * learning", 2021. With B(t, s) = n·softmax(L(t)/(τ·L(s))), the factors are α·(before, or B(t, 0)) + (1 − α)·B(t, t − 1), where those
 * before are taken with probability ρ; ones in the first step.
 *
 * @param alpha α, how much of the past stays
 * @param tau τ, temperature
 * @param rho ρ, how often the past is the step before
 */
public record ReLoBRaLo(double alpha, double tau, double rho) implements Balance {
    public ReLoBRaLo {
        if (!(alpha >= 0 && alpha <= 1 && tau > 0 && rho >= 0 && rho <= 1)) {
            throw new IllegalArgumentException("ReLoBRaLo needs alpha and rho from 0 to 1 and a positive tau, but got "
                    + alpha + ", " + rho + " and " + tau + ".");
        }
    }

    /** With α = 0.99, τ = 0.1, ρ = 0.999. */
    public static ReLoBRaLo of() {
        return new ReLoBRaLo(0.99, 0.1, 0.999);
    }

    @Override
    public Measure measure() {
        return Measure.LOSSES;
    }

    @Override
    public List<String> memory() {
        return List.of("first", "previous");
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value losses = Factors.floored(measured);
        Value first = Factors.before(looks, 1, losses, state.get(1));
        Value previous = Factors.before(looks, 1, losses, state.get(2));
        Value local = Factors.softmax(losses.div(previous).times(1 / tau));
        Value global = Factors.softmax(losses.div(first).times(1 / tau));
        Value draw = key.get().fold("ReLoBRaLo".hashCode()).uniform(looks.type());
        Value lookback = draw.apply(Primitive.LT, Value.scalar(draw.dtype(), rho))
                .broadcastTo(losses.shape())
                .apply(Primitive.SELECT, state.get(0), global);
        Value mixed = lookback.times(alpha).plus(local.times(1 - alpha));
        return List.of(Factors.before(looks, 1, Factors.ones(losses), mixed), first, losses);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.List;
import java.util.function.Supplier;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Learnt logarithms s of variances: A. Kendall, Y. Gal, R. Cipolla, "Multi-task learning using uncertainty to weigh losses", CVPR
 * 2018; Z. Xiang, W. Peng, X. Liu, W. Yao, "Self-adaptive loss balanced physics-informed neural networks", Neurocomputing 496, 2022.
 * The factor is w = e^(−s)/2, and s is moved by Adam along the gradient 1 − w·L of w·L + s, between −20 and 20.
 *
 * @param rate learning rate of s
 */
public record LogVariances(double rate) implements Balance {
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double BOUND = 20;

    public LogVariances {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("Log variances need a positive learning rate, but got " + rate + ".");
        }
    }

    /** With a learning rate of 0.01. */
    public static LogVariances of() {
        return new LogVariances(0.01);
    }

    @Override
    public Measure measure() {
        return Measure.LOSSES;
    }

    @Override
    public List<String> memory() {
        return List.of("logarithms", "means", "squares");
    }

    @Override
    public List<Value> next(Value measured, Value looks, List<Value> state, Supplier<RandomKey> key) {
        Value s = state.get(1);
        Value weights = s.negate().exp().times(0.5);
        Value gradient = weights.times(measured).negate().plus(1);
        Value mean = state.get(2).times(MEAN_DECAY).plus(gradient.times(1 - MEAN_DECAY));
        Value square = state.get(3).times(SQUARE_DECAY).plus(gradient.square().times(1 - SQUARE_DECAY));
        Value root = square.div(unbiased(SQUARE_DECAY, looks, s)).sqrt().plus(EPSILON);
        Value moved = s.minus(mean.div(unbiased(MEAN_DECAY, looks, s)).div(root).times(rate));
        Value bounded = moved.apply(Primitive.MAX, Value.full(s.type(), -BOUND))
                .apply(Primitive.MIN, Value.full(s.type(), BOUND));
        return List.of(weights, bounded, mean, square);
    }

    /** 1 − βᵗ, t being counted from 1. */
    private static Value unbiased(double decay, Value looks, Value like) {
        Value power = looks.plus(1).times(StrictMath.log(decay)).exp();
        return power.negate().plus(1).broadcastTo(like.shape());
    }
}

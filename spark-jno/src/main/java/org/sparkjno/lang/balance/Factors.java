// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Arithmetic on one number per loss. */
final class Factors {
    private static final double LEAST = 1e-12;

    private Factors() {}

    /** The numbers, but nowhere below 1e-12. */
    static Value floored(Value measured) {
        return measured.apply(Primitive.MAX, Value.full(measured.type(), LEAST));
    }

    /** Ones. */
    static Value ones(Value like) {
        return Value.full(like.type(), 1);
    }

    /** One of two vectors: the first as long as there were fewer looks than so many. */
    static Value before(Value looks, int count, Value yes, Value no) {
        Value early = looks.apply(Primitive.LT, Value.scalar(looks.dtype(), count));
        return early.broadcastTo(yes.shape()).apply(Primitive.SELECT, yes, no);
    }

    /** Positive numbers of mean 1 in the ratio of their exponentials. */
    static Value softmax(Value exponents) {
        Value highest = exponents.max(0).broadcastTo(exponents.shape());
        return normalised(exponents.minus(highest).exp());
    }

    /** Numbers of mean 1 in the ratio of these. */
    static Value normalised(Value positive) {
        return positive.div(positive.mean(0).broadcastTo(positive.shape()));
    }

    /** A decaying mean that begins with the first number. */
    static Value averaged(Value looks, double decay, Value before, Value now) {
        return before(looks, 1, now, before.times(decay).plus(now.times(1 - decay)));
    }
}

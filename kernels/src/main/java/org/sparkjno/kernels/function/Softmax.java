// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Exponentials normalised over axes, without overflow: P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the
 * log-sum-exp and softmax functions", IMA J. Numer. Anal. 41, 2021.
 *
 * <p>The exponents are shifted by the <em>floor</em> of the largest one. All three functions are exact for any shift, a
 * largest exponent in [0, 1) is as safe as 0, and a floor has no derivative, so that none of any order flows through it.
 *
 * <p>Axes may be negative, to count from the last; none named means all. A row of nothing but −∞ (all choices masked)
 * has the softmax 0, the log-softmax −∞ and the log-sum-exp −∞, all with derivative 0. A +∞ gives the log-sum-exp +∞
 * and a softmax of NaN, since two of them could not be told apart.
 */
public final class Softmax {
    private final Axes axes;
    private final Value shift;
    private final Value shifted;
    private final Value total;

    private Softmax(Axes axes, Value shift, Value shifted) {
        this.axes = axes;
        this.shift = shift;
        this.shifted = shifted;
        this.total = axes.sum(shifted.exp());
    }

    /** The exponentials over axes, from which all three functions follow. */
    static Softmax over(Value x, int... over) {
        if (!x.dtype().isFloating()) {
            throw new ShapeException("softmax works on f32 or f64, but got " + x.type() + "; cast it first.");
        }
        Axes axes = Axes.of(x, over);
        Value largest = axes.reduce(Reduction.MAX, x);
        Value isFinite =
                largest.apply(Primitive.ABS).apply(Primitive.LT, Value.full(largest.type(), Double.POSITIVE_INFINITY));
        Value shift = isFinite.apply(Primitive.SELECT, largest.apply(Primitive.FLOOR), Value.full(largest.type(), 0));
        return new Softmax(axes, shift, x.minus(axes.spread(shift)));
    }

    /** {@code exp(x) / Σ exp(x)}, of the shape of {@code x}. */
    public static Value softmax(Value x, int... axes) {
        Softmax of = over(x, axes);
        return of.exponentials().div(of.axes.spread(of.positiveTotal()));
    }

    /** {@code x − log Σ exp(x)}, of the shape of {@code x}. */
    public static Value logSoftmax(Value x, int... axes) {
        Softmax of = over(x, axes);
        return of.shifted.minus(of.axes.spread(of.positiveTotal().apply(Primitive.LOG)));
    }

    /** {@code log Σ exp(x)}, without the axes. */
    public static Value logSumExp(Value x, int... axes) {
        Softmax of = over(x, axes);
        Value nothing = Value.full(of.total.type(), Double.NEGATIVE_INFINITY);
        Value sum = of.positiveTotal().apply(Primitive.LOG).plus(of.shift);
        return of.isNothing().apply(Primitive.SELECT, nothing, sum);
    }

    /** {@code exp(x − shift)}. */
    Value exponentials() {
        return shifted.exp();
    }

    /** The sum of the exponentials, or 1 where all are 0. */
    Value positiveTotal() {
        return isNothing().apply(Primitive.SELECT, Value.full(total.type(), 1), total);
    }

    private Value isNothing() {
        return total.apply(Primitive.EQ, Value.full(total.type(), 0));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.balance;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.lang.expression.Expression;

/**
 * Losses that follow causality: S. Wang, S. Sankaran, P. Perdikaris, "Respecting causality for training physics-informed neural
 * networks", Comput. Methods Appl. Mech. Eng. 421, 2024, equation 13. The points are sorted into equal bins of time; the mean square in
 * bin k has the weight exp(−ε·(sum of the mean squares of all earlier bins)), a constant of derivatives. So a bin counts once those
 * before it are solved.
 */
public final class Causal {
    private Causal() {}

    /**
     * The mean over bins of weighted mean squares, the bins being equal parts of the time that the points cover.
     *
     * @param residual at points
     * @param time of the points
     * @param bins how many, at least 2; a bin without points counts as solved
     * @param epsilon ε, how strictly the order is kept; weights that all come near 1 say that it may grow
     */
    public static Expression meanSquare(Expression residual, Expression time, int bins, double epsilon) {
        List<Expression> squares = binned(residual, time, bins);
        Expression loss = null;
        for (int k = 0; k < bins; k++) {
            Expression part = k == 0 ? squares.get(0) : squares.get(k).times(weight(squares, k, epsilon));
            loss = loss == null ? part : loss.plus(part);
        }
        return loss.div(bins);
    }

    /** The weight of the last bin, which grows from 0 to 1 as the others are solved: a number to track. */
    public static Expression lastWeight(Expression residual, Expression time, int bins, double epsilon) {
        return weight(binned(residual, time, bins), bins - 1, epsilon);
    }

    private static Expression weight(List<Expression> squares, int bin, double epsilon) {
        Expression earlier = squares.get(0);
        for (int k = 1; k < bin; k++) {
            earlier = earlier.plus(squares.get(k));
        }
        return earlier.times(-epsilon).exp().stopGradient();
    }

    /** The mean square in each bin. */
    private static List<Expression> binned(Expression residual, Expression time, int bins) {
        if (bins < 2) {
            throw new IllegalArgumentException("Causal weights need at least two bins, but got " + bins + ".");
        }
        Expression first = time.min().stopGradient();
        Expression length = time.max().minus(time.min()).stopGradient();
        Expression square = residual.square();
        Expression below = null;
        List<Expression> means = new ArrayList<>();
        for (int k = 1; k <= bins; k++) {
            Expression next = k == bins
                    ? Expression.constant(1)
                    : Expression.where(
                            time.less(first.plus(length.times((double) k / bins))),
                            Expression.constant(1),
                            Expression.constant(0));
            Expression inside = below == null ? next : next.minus(below);
            means.add(square.times(inside).mean().div(inside.mean().maximum(Expression.constant(1e-12))));
            below = next;
        }
        return means;
    }
}

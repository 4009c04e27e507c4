// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/**
 * One number that is small where an expression is. Those of a residual or a difference, as {@code u.minus(data).huber(1)}, stand
 * first; those that compare with a reference, as {@code u.relativeL2(data)}, after them. All are over all axes and components.
 * Widths and bounds are pure numbers: a residual with a unit is freed of it first.
 */
public sealed interface Losses permits Expression {
    private Expression self() {
        return (Expression) this;
    }

    private Expression error(Expression reference) {
        return self().minus(reference);
    }

    // Of a residual r

    /** {@code mean r²}. */
    default Expression meanSquare() {
        return self().square().mean();
    }

    /** {@code √(mean r²)}. */
    default Expression rootMeanSquare() {
        return meanSquare().sqrt();
    }

    /** {@code mean |r|}. */
    default Expression meanAbsolute() {
        return self().abs().mean();
    }

    /** {@code max |r|}. */
    default Expression maxAbsolute() {
        return self().abs().max();
    }

    /**
     * The mean of {@code r²/2} for {@code |r| ≤ δ}, of {@code δ(|r| − δ/2)} beyond: P. J. Huber, "Robust estimation of a location
     * parameter", Ann. Math. Statist. 35 (1964).
     */
    default Expression huber(double delta) {
        Expression size = self().abs();
        Expression near = size.minimum(delta);
        // n²/2 + δ(|r| − n) with n = min(|r|, δ) is either branch.
        return near.square().times(0.5).plus(size.minus(near).times(delta)).mean();
    }

    /** {@link #huber} divided by its width: slope 1 far away. */
    default Expression smoothL1(double width) {
        return huber(width).div(width);
    }

    /** {@code mean log cosh r}, which does not overflow. */
    default Expression logCosh() {
        Expression size = self().abs();
        return size.plus(size.times(-2).exp().log1p()).minus(Math.log(2)).mean();
    }

    /** {@code mean c²/2·log(1 + (r/c)²)}. */
    default Expression cauchy(double scale) {
        return self().div(scale).square().log1p().mean().times(scale * scale / 2);
    }

    /**
     * {@code mean max(q·r, (q − 1)·r)}, least for data minus prediction where a share q of the data lies below: R. Koenker, G.
     * Bassett, "Regression quantiles", Econometrica 46 (1978).
     */
    default Expression quantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new ExpressionException("A quantile is of a share between 0 and 1, not of " + share + ".");
        }
        return self().times(share).maximum(self().times(share - 1)).mean();
    }

    /** {@code (mean |r|ᵖ)^(1/p)}, a smooth maximum for large p. */
    default Expression powerMean(double p) {
        return self().abs().power(p).mean().power(1 / p);
    }

    /** {@code (Σ |r|ᵖ)^(1/p)}, the p-norm of all values. */
    default Expression pNorm(double p) {
        return self().abs().power(p).sum().power(1 / p);
    }

    /** {@code −τ·mean log(bound − r)}, which keeps r below a bound; NaN beyond it. */
    default Expression logBarrier(double bound, double tau) {
        return self().from(bound).log().mean().times(-tau);
    }

    // Against a reference

    /** {@code ‖u − reference‖ / ‖reference‖} in the Euclidean norm over all values. */
    default Expression relativeL2(Expression reference) {
        return normalisedMeanSquare(reference).sqrt();
    }

    /** {@code Σ|u − reference| / Σ|reference|}. */
    default Expression relativeL1(Expression reference) {
        return error(reference).abs().sum().div(reference.abs().sum());
    }

    /** {@code Σ(u − reference)² / Σ reference²}. */
    default Expression normalisedMeanSquare(Expression reference) {
        return error(reference).square().sum().div(reference.square().sum());
    }

    /** {@code mean |u/reference − 1|}; infinite where the reference is 0. */
    default Expression meanAbsoluteRelative(Expression reference) {
        return error(reference).div(reference).abs().mean();
    }

    /** {@code Σ u·reference / (‖u‖·‖reference‖)}: 1 for what differs by a positive factor only. */
    default Expression cosineSimilarity(Expression reference) {
        Expression lengths = self().square().sum().times(reference.square().sum());
        return self().times(reference).sum().div(lengths.sqrt());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import org.sparkjno.kernels.scalar.Primitive;

/** The functions of one number, component by component, and a few of two: what NumPy calls its universal functions. */
public sealed interface ScalarFunctions permits Expression {
    private Expression self() {
        return (Expression) this;
    }

    private Expression apply(Primitive primitive) {
        return self().elementwise(primitive);
    }

    // Size and sign

    /** The absolute value; derivative 0 at 0. */
    default Expression abs() {
        return apply(Primitive.ABS);
    }

    /** 1, 0 or −1; derivative 0. */
    default Expression sign() {
        return apply(Primitive.SIGN);
    }

    /** The smaller of two; where they are equal, each gets half of the derivative. */
    default Expression minimum(Expression other) {
        return self().elementwise(Primitive.MIN, other);
    }

    /** The smaller of this and a number. */
    default Expression minimum(double other) {
        return minimum(Expression.constant(other));
    }

    /** The larger of two; where they are equal, each gets half of the derivative. */
    default Expression maximum(Expression other) {
        return self().elementwise(Primitive.MAX, other);
    }

    /** The larger of this and a number. */
    default Expression maximum(double other) {
        return maximum(Expression.constant(other));
    }

    /**
     * The nearest number between two bounds.
     *
     * @throws ExpressionException when they are in the wrong order
     */
    default Expression clip(double low, double high) {
        if (!(low <= high)) {
            throw new ExpressionException(
                    "Nothing lies between " + low + " and " + high + "; give the lower bound first.");
        }
        return maximum(low).minimum(high);
    }

    /** {@code a − b·⌊a/b⌋}, which has the sign of b. */
    default Expression mod(Expression other) {
        return self().minus(other.times(self().div(other).floor()));
    }

    /** {@code a − b·⌊a/b⌋}, which has the sign of b. */
    default Expression mod(double other) {
        return mod(Expression.constant(other));
    }

    /** The largest whole number below; derivative 0. */
    default Expression floor() {
        return apply(Primitive.FLOOR);
    }

    /** The smallest whole number above; derivative 0. */
    default Expression ceil() {
        return self().negate().floor().negate();
    }

    /** The nearest whole number, of two equally near ones the even one; derivative 0. */
    default Expression round() {
        Expression below = floor();
        Expression rest = self().minus(below);
        Expression odd = below.mod(2).greater(0);
        Expression up = rest.greater(0.5).or(rest.equalTo(0.5).and(odd));
        return below.plus(up.indicator());
    }

    // Powers, exponentials and logarithms

    /** {@code x·x}. */
    default Expression square() {
        return self().times(self());
    }

    /** The square root; NaN of negative numbers. */
    default Expression sqrt() {
        return apply(Primitive.SQRT);
    }

    /** {@code 1/√x}. */
    default Expression rsqrt() {
        return apply(Primitive.RSQRT);
    }

    /** The real cube root, also of negative numbers; by a power, so that it is off by {@code |log x|} units in the last place / 10. */
    default Expression cbrt() {
        return sign().times(abs().power(1.0 / 3));
    }

    /** {@code eˣ}. */
    default Expression exp() {
        return apply(Primitive.EXP);
    }

    /** {@code 2ˣ}. */
    default Expression exp2() {
        return Expression.constant(2).power(self());
    }

    /** {@code eˣ − 1} without cancellation near 0. */
    default Expression expm1() {
        return apply(Primitive.EXPM1);
    }

    /** The natural logarithm; NaN of negative numbers. */
    default Expression log() {
        return apply(Primitive.LOG);
    }

    /** The logarithm to base 2. */
    default Expression log2() {
        return log().div(Math.log(2));
    }

    /** The logarithm to base 10. */
    default Expression log10() {
        return log().div(Math.log(10));
    }

    /** {@code log(1 + x)} without cancellation near 0. */
    default Expression log1p() {
        return apply(Primitive.LOG1P);
    }

    // Trigonometry

    /** The sine of an angle in radians. */
    default Expression sin() {
        return apply(Primitive.SIN);
    }

    /** The cosine of an angle in radians. */
    default Expression cos() {
        return apply(Primitive.COS);
    }

    /** The tangent of an angle in radians. */
    default Expression tan() {
        return sin().div(cos());
    }

    /** Between −π/2 and π/2; NaN beyond −1 and 1. */
    default Expression asin() {
        return apply(Primitive.ASIN);
    }

    /** Between 0 and π; NaN beyond −1 and 1. */
    default Expression acos() {
        return apply(Primitive.ACOS);
    }

    /** Between −π/2 and π/2. */
    default Expression atan() {
        return apply(Primitive.ATAN);
    }

    /** With this as ordinate: the angle of the point {@code (abscissa, this)}, between −π and π. */
    default Expression atan2(Expression abscissa) {
        return self().elementwise(Primitive.ATAN2, abscissa);
    }

    // Hyperbolic functions

    /** {@code (eˣ − e⁻ˣ)/2} without cancellation near 0. */
    default Expression sinh() {
        return expm1().minus(self().negate().expm1()).times(0.5);
    }

    /** {@code (eˣ + e⁻ˣ)/2}. */
    default Expression cosh() {
        return exp().plus(self().negate().exp()).times(0.5);
    }

    /** The hyperbolic tangent. */
    default Expression tanh() {
        return apply(Primitive.TANH);
    }

    /** The inverse of {@link #sinh}. */
    default Expression asinh() {
        return apply(Primitive.ASINH);
    }

    /** The inverse of {@link #cosh} with values from 0; NaN below 1. */
    default Expression acosh() {
        Expression above = self().minus(1);
        return above.plus(above.sqrt().times(self().plus(1).sqrt())).log1p();
    }

    /** The inverse of {@link #tanh}; NaN beyond −1 and 1. */
    default Expression atanh() {
        return log1p().minus(self().negate().log1p()).times(0.5);
    }

    // What networks and statistics use

    /** The error function. */
    default Expression erf() {
        return apply(Primitive.ERF);
    }

    /** {@code 1/(1 + e⁻ˣ)} by the hyperbolic tangent, which does not overflow. */
    default Expression sigmoid() {
        return self().times(0.5).tanh().plus(1).times(0.5);
    }

    /** {@code log(1 + eˣ)} as {@code max(x, 0) + log1p(e^−|x|)}, which does not overflow. */
    default Expression softplus() {
        return relu().plus(abs().negate().exp().log1p());
    }

    /** {@code max(x, 0)}; derivative ½ at 0. */
    default Expression relu() {
        return maximum(0);
    }

    /** {@code x·Φ(x)} with the normal distribution function: D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016. */
    default Expression gelu() {
        return self().times(self().times(Math.sqrt(0.5)).erf().plus(1)).times(0.5);
    }

    /** {@code x·sigmoid(x)}: S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-weighted linear units", 2017. */
    default Expression silu() {
        return self().times(sigmoid());
    }
}

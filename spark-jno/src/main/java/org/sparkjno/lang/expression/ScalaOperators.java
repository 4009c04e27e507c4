// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

/** The names that Scala gives to operators, so that notebooks read {@code k * u.laplacian(x, y) + 1}. */
public sealed interface ScalaOperators permits Expression {
    private Expression self() {
        return (Expression) this;
    }

    /** {@code this + other}. */
    default Expression $plus(Expression other) {
        return self().plus(other);
    }

    /** {@code this + other}. */
    default Expression $plus(double other) {
        return self().plus(other);
    }

    /** {@code this - other}. */
    default Expression $minus(Expression other) {
        return self().minus(other);
    }

    /** {@code this - other}. */
    default Expression $minus(double other) {
        return self().minus(other);
    }

    /** {@code this * other}. */
    default Expression $times(Expression other) {
        return self().times(other);
    }

    /** {@code this * other}. */
    default Expression $times(double other) {
        return self().times(other);
    }

    /** {@code this / other}. */
    default Expression $div(Expression other) {
        return self().div(other);
    }

    /** {@code this / other}. */
    default Expression $div(double other) {
        return self().div(other);
    }

    /** {@code this % other}, see {@link ScalarFunctions#mod}. */
    default Expression $percent(Expression other) {
        return self().mod(other);
    }

    /** {@code this % other}, see {@link ScalarFunctions#mod}. */
    default Expression $percent(double other) {
        return self().mod(other);
    }

    /** {@code -this}. */
    default Expression unary_$minus() {
        return self().negate();
    }

    /** {@code +this}. */
    default Expression unary_$plus() {
        return self();
    }

    /** {@code this < other}. */
    default Expression $less(Expression other) {
        return self().less(other);
    }

    /** {@code this < other}. */
    default Expression $less(double other) {
        return self().less(other);
    }

    /** {@code this <= other}. */
    default Expression $less$eq(Expression other) {
        return self().lessEqual(other);
    }

    /** {@code this <= other}. */
    default Expression $less$eq(double other) {
        return self().lessEqual(other);
    }

    /** {@code this > other}. */
    default Expression $greater(Expression other) {
        return self().greater(other);
    }

    /** {@code this > other}. */
    default Expression $greater(double other) {
        return self().greater(other);
    }

    /** {@code this >= other}. */
    default Expression $greater$eq(Expression other) {
        return self().greaterEqual(other);
    }

    /** {@code this >= other}. */
    default Expression $greater$eq(double other) {
        return self().greaterEqual(other);
    }

    /** {@code this && other}. */
    default Expression $amp$amp(Expression other) {
        return self().and(other);
    }

    /** {@code this || other}. */
    default Expression $bar$bar(Expression other) {
        return self().or(other);
    }

    /** {@code !this}. */
    default Expression unary_$bang() {
        return self().not();
    }

    /** {@code u(i)}: component i of a vector. */
    default Expression apply(int component) {
        return self().get(component);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import org.sparkjno.kernels.scalar.Primitive;

/**
 * Conditions, component by component. A condition is no number: it is used by {@link Expression#where}, by the connectives here
 * and by nothing else.
 */
public sealed interface Comparisons permits Expression {
    private Expression self() {
        return (Expression) this;
    }

    /** {@code this < other}. */
    default Expression less(Expression other) {
        return self().elementwise(Primitive.LT, other);
    }

    /** {@code this < other}. */
    default Expression less(double other) {
        return less(Expression.constant(other));
    }

    /** {@code this ≤ other}. */
    default Expression lessEqual(Expression other) {
        return self().elementwise(Primitive.LE, other);
    }

    /** {@code this ≤ other}. */
    default Expression lessEqual(double other) {
        return lessEqual(Expression.constant(other));
    }

    /** {@code this > other}. */
    default Expression greater(Expression other) {
        return other.less(self());
    }

    /** {@code this > other}. */
    default Expression greater(double other) {
        return greater(Expression.constant(other));
    }

    /** {@code this ≥ other}. */
    default Expression greaterEqual(Expression other) {
        return other.lessEqual(self());
    }

    /** {@code this ≥ other}. */
    default Expression greaterEqual(double other) {
        return greaterEqual(Expression.constant(other));
    }

    /** {@code this = other}, as numbers and not as expressions. */
    default Expression equalTo(Expression other) {
        return self().elementwise(Primitive.EQ, other);
    }

    /** {@code this = other}. */
    default Expression equalTo(double other) {
        return equalTo(Expression.constant(other));
    }

    /** {@code this ≠ other}. */
    default Expression notEqualTo(Expression other) {
        return self().elementwise(Primitive.NE, other);
    }

    /** {@code this ≠ other}. */
    default Expression notEqualTo(double other) {
        return notEqualTo(Expression.constant(other));
    }

    /** Where both conditions hold. */
    default Expression and(Expression other) {
        return self().elementwise(Primitive.AND, other);
    }

    /** Where at least one of two conditions holds. */
    default Expression or(Expression other) {
        return self().elementwise(Primitive.OR, other);
    }

    /** Where this condition does not hold. */
    default Expression not() {
        return self().elementwise(Primitive.NOT);
    }

    /** 1 where this condition holds, 0 elsewhere, to count or to multiply with. */
    default Expression indicator() {
        return Expression.where(self(), Expression.constant(1), Expression.constant(0));
    }
}

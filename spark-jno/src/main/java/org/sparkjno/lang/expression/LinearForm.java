// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkjno.kernels.derive.DifferentialOperator;

/** Sums of derivatives of one expression, written as one operator, so that one propagation can carry the sum alone. */
final class LinearForm {
    private LinearForm() {}

    /** {@code a + sign·b}, where both are derivatives of one expression by one scheme. */
    static Optional<Expression> sum(Expression a, Expression b, double sign) {
        if (!(a.term() instanceof Term.Differentiate first
                && b.term() instanceof Term.Differentiate second
                && a.operands().get(0) == b.operands().get(0)
                && first.scheme().equals(second.scheme()))) {
            return Optional.empty();
        }
        List<Source> coordinates = new ArrayList<>(first.coordinates());
        second.coordinates().stream()
                .filter(other -> !coordinates.contains(other))
                .forEach(coordinates::add);
        DifferentialOperator other = second.operator()
                .renumbered(number -> coordinates.indexOf(second.coordinates().get(number)));
        DifferentialOperator sum = first.operator().plus(other.times(sign));
        Term joined = new Term.Differentiate(sum, coordinates, first.scheme());
        return Optional.of(Expression.of(joined, a.operands()));
    }

    /** {@code factor·a}, where it is a derivative. */
    static Optional<Expression> scaled(Expression a, double factor) {
        if (!(a.term() instanceof Term.Differentiate derivative)) {
            return Optional.empty();
        }
        Term scaled = new Term.Differentiate(
                derivative.operator().times(factor), derivative.coordinates(), derivative.scheme());
        return Optional.of(Expression.of(scaled, a.operands()));
    }
}

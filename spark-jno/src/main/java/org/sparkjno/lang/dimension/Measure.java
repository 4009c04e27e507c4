// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.dimension;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.sparkjno.lang.unit.Unit;

/** What is known of the unit of an expression. */
sealed interface Measure {
    /** Of something that nobody declared: it fits everywhere, and nothing is known of what is made of it. */
    record Undeclared() implements Measure {}

    /** Of a number as written: without a unit in products, of any unit in sums. */
    record Literal() implements Measure {}

    /**
     * In a unit.
     *
     * @param unit this one
     */
    record Known(Unit unit) implements Measure {}

    /** What a function of the unit gives: numbers stay numbers, the unknown stays unknown. */
    default Measure map(UnaryOperator<Unit> function) {
        return this instanceof Known known ? new Known(function.apply(known.unit)) : this;
    }

    /** A product or quotient with another. */
    default Measure combine(Measure other, BinaryOperator<Unit> function) {
        if (isUndeclared() || other.isUndeclared()) {
            return new Undeclared();
        }
        if (isLiteral() && other.isLiteral()) {
            return this;
        }
        return new Known(function.apply(unitOrOne(), other.unitOrOne()));
    }

    default boolean isUndeclared() {
        return this instanceof Undeclared;
    }

    default boolean isLiteral() {
        return this instanceof Literal;
    }

    /** The unit, where a number has none. */
    default Unit unitOrOne() {
        return this instanceof Known known ? known.unit : Unit.ONE;
    }
}

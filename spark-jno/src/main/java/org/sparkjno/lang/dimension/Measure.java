// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.dimension;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.sparkjno.lang.unit.Unit;

/** What is known of the unit of an expression. */
sealed interface Measure {
    /** Something that nobody declared: it fits everywhere, and nothing is known of what is made of it. */
    Measure UNKNOWN = new Undeclared();

    /** A number as written: without a unit in products, of any unit in sums. */
    Measure NUMBER = new Number();

    record Undeclared() implements Measure {}

    record Number() implements Measure {}

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
        if (this == UNKNOWN || other == UNKNOWN) {
            return UNKNOWN;
        }
        if (this == NUMBER && other == NUMBER) {
            return NUMBER;
        }
        return new Known(function.apply(unitOrOne(), other.unitOrOne()));
    }

    /** The unit, where a number has none. */
    default Unit unitOrOne() {
        return this instanceof Known known ? known.unit : Unit.ONE;
    }
}

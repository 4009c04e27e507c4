// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.List;
import org.sparkjno.kernels.scalar.Primitive;

/** Keeps conditions and numbers apart when an expression is written. */
final class Conditions {
    private Conditions() {}

    static boolean isCondition(Expression expression) {
        return expression.plain().term() instanceof Term.Elementwise elementwise
                && (elementwise.primitive().isComparison()
                        || elementwise.primitive().isLogical());
    }

    /** Refuses a number where a condition belongs, and a condition where a number does. */
    static void check(Term term, List<Expression> operands) {
        if (term.isRemark()) {
            return;
        }
        for (int i = 0; i < operands.size(); i++) {
            boolean wanted = term instanceof Term.Elementwise elementwise
                    && (elementwise.primitive().isLogical() || elementwise.primitive() == Primitive.SELECT && i == 0);
            if (wanted != isCondition(operands.get(i))) {
                throw new ExpressionException(
                        wanted
                                ? "'" + operands.get(i) + "' is a number where a condition is needed; compare it, as in"
                                        + " x.greater(0)."
                                : "'" + operands.get(i)
                                        + "' is a condition, with which one cannot calculate; use where(condition, yes,"
                                        + " no), or condition.indicator() for ones and zeros.");
            }
        }
    }
}

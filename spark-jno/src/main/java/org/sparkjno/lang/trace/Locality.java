// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.IdentityHashMap;
import java.util.Map;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Term;

/**
 * Where tasks that share points compute an expression. Values of a model at each point are worth dividing, so each task has those
 * of its points. What data and operators between fields give is known to every task at all points without asking the others.
 */
final class Locality {
    private final Frame frame;
    private final Map<Expression, Boolean> known = new IdentityHashMap<>();

    Locality(Frame frame) {
        this.frame = frame;
    }

    /** Whether this task has only some of the points at which an expression has values. */
    boolean isDivided(Expression expression) {
        return expression.space().axes().stream().anyMatch(this::isDivided);
    }

    private boolean isDivided(Axis axis) {
        return frame.part(axis).isPresent();
    }

    /** Whether an expression is an operator between fields, which has its values at all points or at none. */
    static boolean isOperator(Expression expression) {
        return expression.term() instanceof Term.Call call && !call.callee().isPointwise();
    }

    /** Whether every task can compute all values by itself, at little cost. */
    boolean isEverywhere(Expression expression) {
        Boolean is = known.get(expression);
        if (is == null) {
            is = !isDivided(expression) || isOperator(expression) || isOfOthers(expression);
            known.put(expression, is);
        }
        return is;
    }

    private boolean isOfOthers(Expression expression) {
        Term term = expression.term();
        boolean costs = term instanceof Term.Call
                || term instanceof Term.Differentiate derivative
                        && derivative.schemeOr(frame.scheme()) == Scheme.AUTOMATIC;
        return !costs && expression.operands().stream().allMatch(this::isEverywhere);
    }
}

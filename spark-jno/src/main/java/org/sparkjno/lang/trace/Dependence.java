// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;

/** How expressions depend on coordinates: not at all, point by point, in another way, or in a way that nobody knows. */
final class Dependence {
    private enum Kind {
        NONE,
        POINTWISE,
        ACROSS_POINTS,
        /** Through numbers that are known at the points and nowhere between. */
        BY_DATA
    }

    private final Scheme ofProblem;
    private final Map<Source, Map<Expression, Kind>> known = new HashMap<>();

    /**
     * For a problem.
     *
     * @param ofProblem scheme of derivatives that name none
     */
    Dependence(Scheme ofProblem) {
        this.ofProblem = ofProblem;
    }

    /** Refuses a derivative by the chain rule that would be zero or wrong. */
    void requirePointwise(Expression target, Term.Differentiate derivative) {
        for (Source source : derivative.coordinates()) {
            Kind kind = of(target, source);
            if (kind == Kind.BY_DATA) {
                throw new ExpressionException("'" + target + "' contains data at points, and the chain rule knows"
                        + " nothing of how they change with " + source.name() + "; use by(Scheme.FINITE_DIFFERENCES) or"
                        + " by(Scheme.SPECTRAL), put an expression of " + source.name() + " in their place, or write"
                        + " stopGradient() behind them if they are to be constants of this derivative.");
            }
            if (kind == Kind.NONE) {
                throw new ExpressionException("'" + target + "' does not depend on " + source.name()
                        + ", so its derivative by it is zero everywhere; if it is a field on a grid, use"
                        + " by(Scheme.FINITE_DIFFERENCES) or by(Scheme.SPECTRAL).");
            }
            if (kind == Kind.ACROSS_POINTS) {
                throw new ExpressionException(
                        "'" + target + "' at one point depends on " + source.name()
                                + " at others, because it contains an operator from fields to fields or an integral; the chain rule"
                                + " gives no derivative at a point there: use by(Scheme.FINITE_DIFFERENCES) or by(Scheme.SPECTRAL).");
            }
        }
    }

    private Kind of(Expression expression, Source source) {
        Map<Expression, Kind> kinds = known.computeIfAbsent(source, key -> new IdentityHashMap<>());
        Kind kind = kinds.get(expression);
        if (kind == null) {
            kind = find(expression, source);
            kinds.put(expression, kind);
        }
        return kind;
    }

    private Kind find(Expression expression, Source source) {
        Term term = expression.term();
        if (term instanceof Term.Variable variable) {
            return of(variable.source(), source);
        }
        if (term instanceof Term.StopGradient) {
            return Kind.NONE;
        }
        Kind worst = Kind.NONE;
        for (Expression operand : expression.operands()) {
            Kind kind = of(operand, source);
            worst = kind.compareTo(worst) > 0 ? kind : worst;
        }
        if (worst == Kind.NONE) {
            return worst;
        }
        if (term instanceof Term.Aggregate aggregate
                && aggregate.axes().stream().anyMatch(source.space().axes()::contains)) {
            return worst == Kind.BY_DATA ? Kind.NONE : Kind.ACROSS_POINTS;
        }
        boolean mixes = term instanceof Term.Call call && !call.callee().isPointwise()
                || term instanceof Term.Differentiate derivative && derivative.schemeOr(ofProblem) != Scheme.AUTOMATIC;
        return mixes ? Kind.ACROSS_POINTS : worst;
    }

    private static Kind of(Source variable, Source coordinate) {
        if (variable.equals(coordinate)) {
            return Kind.POINTWISE;
        }
        boolean together = coordinate
                .space()
                .points()
                .anyMatch(axis -> variable.space().axes().contains(axis));
        return together && !variable.isCoordinate() ? Kind.BY_DATA : Kind.NONE;
    }
}

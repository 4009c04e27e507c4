// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Expressions with parts replaced; what is shared stays shared. */
final class Substitution {
    private final Map<Expression, Expression> done = new IdentityHashMap<>();
    private final UnaryOperator<Expression> variables;
    private final Function<Source, Source> coordinates;

    private Substitution(UnaryOperator<Expression> variables) {
        this.variables = variables;
        this.coordinates = source -> coordinate(variables.apply(Expression.variable(source)), source);
    }

    static Expression of(Expression expression, Map<Expression, Expression> replacements) {
        Map<Source, Expression> bySource = new HashMap<>();
        replacements.forEach((from, to) -> {
            if (!(from.plain().term() instanceof Term.Variable variable)) {
                throw new ExpressionException("Only variables can be replaced, but '" + from + "' is none.");
            }
            bySource.put(variable.source(), to);
        });
        return variables(expression, old -> bySource.getOrDefault(((Term.Variable) old.term()).source(), old));
    }

    static Expression variables(Expression expression, UnaryOperator<Expression> variables) {
        return new Substitution(variables).replaced(expression);
    }

    private Expression replaced(Expression expression) {
        Expression known = done.get(expression);
        if (known == null) {
            known = build(expression);
            done.put(expression, known);
        }
        return known;
    }

    private Expression build(Expression old) {
        if (old.term() instanceof Term.Variable variable) {
            Expression other = variables.apply(old);
            if (other.term() instanceof Term.Constant constant) {
                return Expression.of(new Term.Constant(constant.value(), variable.source()));
            }
            return other.equals(old) || sameSource(old, other) ? old : other;
        }
        List<Expression> operands = new ArrayList<>();
        boolean same = true;
        for (Expression operand : old.operands()) {
            Expression other = replaced(operand);
            same &= other == operand;
            operands.add(other);
        }
        if (same) {
            return old;
        }
        return Expression.of(term(old, operands), operands);
    }

    private Term term(Expression old, List<Expression> operands) {
        if (old.term() instanceof Term.Differentiate derivative) {
            List<Source> moved =
                    derivative.coordinates().stream().map(coordinates).toList();
            return new Term.Differentiate(derivative.operator(), moved, derivative.scheme());
        }
        if (old.term() instanceof Term.Aggregate aggregate) {
            // The axes that the operand has in place of those that disappeared.
            List<Axis> before = old.operands().get(0).space().axes();
            List<Axis> kept = old.space().axes();
            List<Axis> after = new ArrayList<>(operands.get(0).space().axes());
            after.removeIf(axis -> kept.contains(axis) && before.contains(axis));
            return new Term.Aggregate(aggregate.aggregation(), after);
        }
        return old.term();
    }

    private static boolean sameSource(Expression a, Expression b) {
        return b.term() instanceof Term.Variable other
                && a.term() instanceof Term.Variable variable
                && variable.source().equals(other.source());
    }

    private static Source coordinate(Expression replacement, Source old) {
        if (replacement.plain().term() instanceof Term.Variable variable) {
            return variable.source();
        }
        throw new ExpressionException("An expression that is differentiated by " + old.name()
                + " can have it replaced by another coordinate only, not by '" + replacement + "'.");
    }
}

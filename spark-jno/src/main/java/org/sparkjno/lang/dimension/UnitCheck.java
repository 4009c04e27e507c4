// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.dimension;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.VectorFunction;
import org.sparkjno.lang.unit.Fraction;
import org.sparkjno.lang.unit.Unit;

/**
 * The units of expressions, inferred from those declared by {@link Expression#unit}. What is not declared, such as the result of a
 * model, fits everywhere; a number fits every sum. Sums of unlike units, functions such as exp of anything with a unit, and units declared
 * for what is in another are refused.
 *
 * <p>A coordinate has the unit that is declared for it anywhere in the expressions, and a derivative by it is divided by it.
 */
public final class UnitCheck {
    private static final Measure UNKNOWN = new Measure.Undeclared();
    private static final Measure NUMBER = new Measure.Literal();

    private final Map<Source, Unit> declared = new HashMap<>();
    private final Map<Expression, Measure> known = new IdentityHashMap<>();

    private UnitCheck() {}

    /**
     * Checks expressions that belong together.
     *
     * @throws ExpressionException at the first misfit, naming both units and the remedy
     */
    public static UnitCheck of(Collection<Expression> expressions) {
        UnitCheck check = new UnitCheck();
        Parts.visit(expressions, check::declare);
        expressions.forEach(check::measure);
        return check;
    }

    /** The unit of a part of the expressions; empty when it depends on what is not declared, and for numbers. */
    public Optional<Unit> unit(Expression expression) {
        return measure(expression) instanceof Measure.Known unit ? Optional.of(unit.unit()) : Optional.empty();
    }

    /** Whether the unit of a part depends on what nobody declared. */
    boolean isUndeclared(Expression expression) {
        return measure(expression).isUndeclared();
    }

    private void declare(Expression part) {
        if (part.term() instanceof Term.Quantity quantity && part.plain().term() instanceof Term.Variable variable) {
            Unit before = declared.putIfAbsent(variable.source(), quantity.unit());
            if (before != null && !before.isSame(quantity.unit())) {
                throw new ExpressionException("'" + variable.source().name() + "' is declared in " + before + " and in "
                        + quantity.unit() + "; declare one unit for it.");
            }
        }
    }

    private Measure measure(Expression expression) {
        Measure measure = known.get(expression);
        if (measure == null) {
            measure = infer(expression);
            known.put(expression, measure);
        }
        return measure;
    }

    private Measure infer(Expression expression) {
        Term term = expression.term();
        if (term instanceof Term.Constant) {
            return NUMBER;
        }
        if (term instanceof Term.Variable variable) {
            Unit unit = declared.get(variable.source());
            return unit == null ? UNKNOWN : new Measure.Known(unit);
        }
        if (term instanceof Term.Call || term instanceof Term.Random) {
            expression.operands().forEach(this::measure);
            return UNKNOWN;
        }
        if (term instanceof Term.Quantity quantity) {
            return declared(expression, quantity.unit());
        }
        if (term instanceof Term.Elementwise elementwise) {
            return elementwise(expression, elementwise);
        }
        if (term instanceof Term.Components components) {
            return components(expression, components);
        }
        if (term instanceof Term.Differentiate derivative) {
            return derivative(expression, derivative);
        }
        return measure(expression.operands().get(0));
    }

    private Measure declared(Expression expression, Unit unit) {
        if (measure(expression.operands().get(0)) instanceof Measure.Known inner
                && !inner.unit().isSame(unit)) {
            throw new ExpressionException("'" + expression + "' is declared in " + unit + ", but is in " + inner.unit()
                    + remedy(inner.unit(), unit));
        }
        return new Measure.Known(unit);
    }

    private Measure elementwise(Expression expression, Term.Elementwise term) {
        List<Expression> x = expression.operands();
        return switch (term.primitive()) {
            case ADD, SUB, MIN, MAX -> alike(expression, x);
            case SELECT -> {
                measure(x.get(0));
                yield alike(expression, x.subList(1, 3));
            }
            case LT, LE, EQ, NE -> {
                alike(expression, x);
                yield NUMBER;
            }
            case ATAN2 -> pure(alike(expression, x));
            case NEG, ABS, FLOOR -> measure(x.get(0));
            case MUL -> measure(x.get(0)).combine(measure(x.get(1)), Unit::times);
            case DIV -> measure(x.get(0)).combine(measure(x.get(1)), Unit::per);
            case SQRT -> measure(x.get(0)).map(unit -> unit.power(new Fraction(1, 2)));
            case RSQRT -> measure(x.get(0)).map(unit -> unit.power(new Fraction(-1, 2)));
            case POW -> power(expression, x.get(0), x.get(1));
            case SIGN -> pure(measure(x.get(0)));
            case AND, OR, NOT -> {
                x.forEach(this::measure);
                yield NUMBER;
            }
            case EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, ASIN, ACOS, ATAN, ASINH, ERF -> {
                requireNumber(expression, x.get(0));
                yield pure(measure(x.get(0)));
            }
        };
    }

    /** The unit of a function whose values are pure numbers. */
    private static Measure pure(Measure argument) {
        return argument.isLiteral() ? argument : new Measure.Known(Unit.ONE);
    }

    /** What the operands of a sum have in common. */
    private Measure alike(Expression expression, List<Expression> operands) {
        Measure common = NUMBER;
        Expression first = null;
        for (Expression operand : operands) {
            Measure measure = measure(operand);
            if (measure instanceof Measure.Known other) {
                if (common instanceof Measure.Known one && !one.unit().isSame(other.unit())) {
                    throw new ExpressionException("'" + first + "' in " + one.unit() + " and '" + operand + "' in "
                            + other.unit() + " do not fit together in '" + expression + "'"
                            + remedy(other.unit(), one.unit()));
                }
                common = measure;
                first = operand;
            } else if (measure.isUndeclared() && common.isLiteral()) {
                common = UNKNOWN;
            }
        }
        return common;
    }

    private static String remedy(Unit from, Unit to) {
        return from.isCompatible(to)
                ? "; multiply by " + from.factor() / to.factor() + " to convert."
                : ", which measure different things; check the formula and what is declared by unit(…).";
    }

    private Measure power(Expression expression, Expression base, Expression exponent) {
        requireNumber(expression, exponent);
        if (!(measure(base) instanceof Measure.Known known) || known.unit().isSame(Unit.ONE)) {
            return measure(base);
        }
        if (exponent.plain().term() instanceof Term.Constant number) {
            return new Measure.Known(known.unit().power(Fraction.of(number.value())));
        }
        throw new ExpressionException("'" + base + "' in " + known.unit() + " has a varying power '" + exponent
                + "', so that its unit would vary; divide it by a quantity of its unit first.");
    }

    private void requireNumber(Expression expression, Expression operand) {
        if (measure(operand) instanceof Measure.Known known && !known.unit().isSame(Unit.ONE)) {
            throw new ExpressionException("'" + operand + "' is in " + known.unit() + ", but '" + expression
                    + "' has a meaning for a pure number only; divide it by a quantity of its unit first.");
        }
    }

    private Measure components(Expression expression, Term.Components term) {
        List<Expression> x = expression.operands();
        List<Measure> measures = new ArrayList<>();
        x.forEach(operand -> measures.add(measure(operand)));
        if (term.function() instanceof VectorFunction.Einsum) {
            return measures.stream().reduce(NUMBER, (a, b) -> a.combine(b, Unit::times));
        }
        if (term.function() instanceof VectorFunction.Component component
                && x.get(0).plain().term() instanceof Term.Components stack
                && stack.function() instanceof VectorFunction.Stack) {
            return measure(x.get(0).plain().operands().get(component.index()));
        }
        return term.function().keepsUnits() ? common(measures) : UNKNOWN;
    }

    /** The unit of a vector: unknown where its components are in several, which is no mistake. */
    private static Measure common(List<Measure> measures) {
        Measure first = measures.get(0);
        boolean alike = measures.stream()
                .allMatch(measure -> measure.equals(first)
                        || measure instanceof Measure.Known a
                                && first instanceof Measure.Known b
                                && a.unit().isSame(b.unit()));
        return alike ? first : UNKNOWN;
    }

    private Measure derivative(Expression expression, Term.Differentiate term) {
        Measure of = measure(expression.operands().get(0));
        Measure common = NUMBER;
        for (List<Integer> partial : term.operator().partials().keySet()) {
            Measure measure = of;
            for (int number : partial) {
                Unit unit = declared.get(term.coordinates().get(number));
                measure = measure.combine(unit == null ? UNKNOWN : new Measure.Known(unit), Unit::per);
            }
            if (common instanceof Measure.Known one
                    && measure instanceof Measure.Known other
                    && !one.unit().isSame(other.unit())) {
                throw new ExpressionException("'" + expression + "' adds derivatives in " + one.unit() + " and in "
                        + other.unit() + remedy(other.unit(), one.unit()));
            }
            common = common instanceof Measure.Known ? common : measure;
        }
        return common;
    }
}

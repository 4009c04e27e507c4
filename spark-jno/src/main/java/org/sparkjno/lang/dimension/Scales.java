// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.dimension;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.unit.Unit;

/**
 * Reference quantities of a problem, such as its length, its time and its temperature. Every other scale is the product of their
 * powers: of 2 cm and 5 m/s follows a time of 4 ms. Immutable.
 */
public final class Scales {
    private static final Pattern QUANTITY =
            Pattern.compile("\\s*((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*(\\S.*?)\\s*");
    private static final double ROUNDING = 1e-9;

    private final List<String> written;
    private final List<Unit> units;
    private final List<Double> sizes;

    private Scales(List<String> written, List<Unit> units, List<Double> sizes) {
        this.written = written;
        this.units = units;
        this.sizes = sizes;
    }

    /**
     * Scales from independent quantities, such as {@code Scales.of("2 cm", "5 m/s", "300 K")}.
     *
     * @throws IllegalArgumentException when one is no positive number of a unit, or follows from the others
     */
    public static Scales of(String... quantities) {
        List<Unit> units = new ArrayList<>();
        List<Double> sizes = new ArrayList<>();
        for (String quantity : quantities) {
            Matcher matcher = QUANTITY.matcher(quantity);
            double number = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
            if (!(number > 0)) {
                throw new IllegalArgumentException(
                        "'" + quantity + "' is no scale; write a positive number and a unit, as \"2 cm\".");
            }
            Unit unit = Unit.parse(matcher.group(2));
            if (new Scales(List.of(), units, sizes).exponents(unit) != null) {
                throw new IllegalArgumentException("The scale '" + quantity + "' follows from those before it, "
                        + List.of(quantities).subList(0, units.size()) + "; leave one out.");
            }
            units.add(unit);
            sizes.add(number * unit.factor());
        }
        return new Scales(List.of(quantities), List.copyOf(units), List.copyOf(sizes));
    }

    /**
     * The scale of what is measured in a unit, as a number of that unit.
     *
     * @throws IllegalArgumentException when it does not follow from the quantities given
     */
    public double in(Unit unit) {
        double[] exponents = exponents(unit);
        if (exponents == null) {
            throw new IllegalArgumentException(
                    "No scale in " + unit + " follows from " + written + "; give one more, as \"1 " + unit + "\".");
        }
        double scale = 1 / unit.factor();
        for (int i = 0; i < exponents.length; i++) {
            scale *= Math.pow(sizes.get(i), exponents[i]);
        }
        return scale;
    }

    /** The powers of the quantities whose product has the dimension of a unit, or null: by elimination with pivots. */
    private double[] exponents(Unit unit) {
        int columns = units.size();
        int rows = Unit.BASE.size();
        double[][] a = new double[rows][columns + 1];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                a[i][j] = units.get(j).exponents().get(i).value();
            }
            a[i][columns] = unit.exponents().get(i).value();
        }
        for (int j = 0; j < columns; j++) {
            int pivot = j;
            for (int i = j; i < rows; i++) {
                pivot = Math.abs(a[i][j]) > Math.abs(a[pivot][j]) ? i : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[j];
            a[j] = row;
            for (int i = 0; i < rows; i++) {
                double factor = i == j ? 0 : a[i][j] / row[j];
                for (int k = j; k <= columns; k++) {
                    a[i][k] -= factor * row[k];
                }
            }
        }
        for (int i = columns; i < rows; i++) {
            if (Math.abs(a[i][columns]) > ROUNDING) {
                return null;
            }
        }
        double[] exponents = new double[columns];
        for (int j = 0; j < columns; j++) {
            exponents[j] = a[j][columns] / a[j][j];
        }
        return exponents;
    }

    /**
     * An expression without a unit and of the order of one, if the scales are well chosen: models see their arguments divided by
     * the scales of their units; what models give is multiplied by the scale of the unit that is declared for it, be it their result or
     * something made of it; and the whole is divided by its own scale. Data and coordinates stay as they are.
     *
     * @throws ExpressionException when units do not fit, see {@link UnitCheck}
     * @throws IllegalArgumentException when a scale is missing
     */
    public Expression nondimensionalise(Expression expression) {
        UnitCheck check = UnitCheck.of(List.of(expression));
        Expression scaled = new Rewriting(check).of(expression);
        return check.unit(expression).map(unit -> scaled.div(quantity(unit))).orElse(scaled);
    }

    private Expression quantity(Unit unit) {
        return Expression.of(new Term.Quantity(unit), Expression.constant(in(unit)));
    }

    /** One pass over an expression; what is shared stays shared. */
    private final class Rewriting {
        private final UnitCheck check;
        private final Map<Expression, Expression> done = new IdentityHashMap<>();

        Rewriting(UnitCheck check) {
            this.check = check;
        }

        Expression of(Expression expression) {
            Expression known = done.get(expression);
            if (known == null) {
                known = rewritten(expression);
                done.put(expression, known);
            }
            return known;
        }

        private Expression rewritten(Expression expression) {
            boolean isCall = expression.term() instanceof Term.Call;
            List<Expression> operands = new ArrayList<>();
            boolean same = true;
            for (Expression old : expression.operands()) {
                Expression operand = isCall ? argument(old) : of(old);
                operands.add(operand);
                same &= operand == old;
            }
            if (expression.term() instanceof Term.Quantity quantity
                    && check.isUndeclared(expression.operands().get(0))) {
                return Expression.of(quantity, operands.get(0).times(in(quantity.unit())));
            }
            return same ? expression : Expression.of(expression.term(), operands);
        }

        private Expression argument(Expression old) {
            Expression argument = of(old);
            return check.unit(old).map(unit -> argument.div(quantity(unit))).orElse(argument);
        }
    }
}

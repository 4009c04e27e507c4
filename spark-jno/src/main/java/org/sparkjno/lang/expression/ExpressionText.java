// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkjno.kernels.scalar.Primitive;

/** Expressions as one would write them, shortened where they are long. */
final class ExpressionText {
    private static final int LONGEST = 160;
    private static final Map<Primitive, String> INFIX = Map.ofEntries(
            Map.entry(Primitive.ADD, " + "),
            Map.entry(Primitive.SUB, " − "),
            Map.entry(Primitive.MUL, "·"),
            Map.entry(Primitive.DIV, "/"),
            Map.entry(Primitive.LT, " < "),
            Map.entry(Primitive.LE, " ≤ "),
            Map.entry(Primitive.EQ, " = "),
            Map.entry(Primitive.NE, " ≠ "),
            Map.entry(Primitive.AND, " and "),
            Map.entry(Primitive.OR, " or "));

    private ExpressionText() {}

    static String of(Expression expression) {
        String text = text(expression, 12);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String text(Expression e, int depth) {
        if (depth == 0) {
            return "…";
        }
        Term term = e.term();
        List<String> operands =
                e.operands().stream().map(operand -> text(operand, depth - 1)).toList();
        if (term instanceof Term.Constant constant) {
            double value = constant.value();
            return value == Math.rint(value) && Math.abs(value) < 1e9
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
        if (term instanceof Term.Variable variable) {
            return variable.source().name();
        }
        if (term instanceof Term.Named named) {
            return named.name();
        }
        if (term instanceof Term.Elementwise elementwise) {
            return elementwise(elementwise.primitive(), operands);
        }
        if (term instanceof Term.Components components) {
            return call(components.function().name(), operands);
        }
        if (term instanceof Term.Aggregate aggregate) {
            return call(aggregate.aggregation().name().toLowerCase(Locale.ROOT), operands);
        }
        if (term instanceof Term.Call call) {
            return call(call.callee().name(), operands);
        }
        if (term instanceof Term.Differentiate derivative) {
            return derivative(derivative, factor(operands.get(0)));
        }
        return term instanceof Term.Random random ? random.name() : operands.get(0);
    }

    private static String elementwise(Primitive primitive, List<String> operands) {
        if (primitive == Primitive.NEG) {
            return "−" + factor(operands.get(0));
        }
        if (primitive == Primitive.SELECT) {
            return call("where", operands);
        }
        String infix = INFIX.get(primitive);
        return infix == null
                ? call(primitive.text(), operands)
                : operands.stream().map(ExpressionText::factor).collect(Collectors.joining(infix));
    }

    private static String derivative(Term.Differentiate derivative, String operand) {
        return derivative.operator().partials().entrySet().stream()
                .map(partial -> (partial.getValue() == 1 ? "" : partial.getValue() + "·") + operand + "_"
                        + partial.getKey().stream()
                                .map(number ->
                                        derivative.coordinates().get(number).name())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" + ", "(", ")"));
    }

    private static String call(String function, List<String> operands) {
        return function + "(" + String.join(", ", operands) + ")";
    }

    private static String factor(String operand) {
        return operand.contains(" + ") || operand.contains(" − ") ? "(" + operand + ")" : operand;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * The jet of a primitive of moving arguments: its Taylor series {@code Σ f^(k)(x)/k! · n^k} in the jets {@code n} of the
 * arguments, which ends because they are nilpotent.
 */
final class Composition {
    private final JetAlgebra algebra;
    private final List<Jet> jets;
    private final Value result;
    private final Map<Formula, Value> values = new HashMap<>();
    private Jet sum = Jet.ZERO;

    private Composition(JetAlgebra algebra, Formula formula, Value result, List<Jet> jets) {
        this.algebra = algebra;
        this.jets = jets;
        this.result = result;
        values.put(formula, result);
        for (int i = 0; i < jets.size(); i++) {
            values.put(new Formula.Argument(i), result.operands().get(i));
        }
    }

    /**
     * The jet of an elementwise value.
     *
     * @param jets of its operands
     */
    static Jet of(JetAlgebra algebra, Primitive primitive, Value result, List<Jet> jets) {
        Formula formula = Formula.of(primitive);
        Composition composition = new Composition(algebra, formula, result, jets);
        composition.expand(0, formula, null);
        return composition.sum;
    }

    /** Adds the terms in which the arguments from {@code argument} on are raised to any power. */
    private void expand(int argument, Formula coefficient, Jet power) {
        if (argument == jets.size()) {
            if (power != null) {
                Value factor = value(coefficient);
                sum = sum.plus(power.map(factor::times));
            }
            return;
        }
        expand(argument + 1, coefficient, power);
        Jet jet = jets.get(argument);
        Formula derivative = coefficient.derivative(argument);
        Jet raised = power == null ? jet : times(power, jet);
        for (int k = 2; !raised.isZero() && !derivative.isNumber(0); k++) {
            expand(argument + 1, derivative, raised);
            derivative = derivative.derivative(argument).times(1.0 / k);
            raised = times(raised, jet);
        }
    }

    private Jet times(Jet a, Jet b) {
        return a == b ? algebra.square(a) : algebra.product(a, b, Value::times);
    }

    private Value value(Formula formula) {
        Value known = values.get(formula);
        if (known == null) {
            known = formula instanceof Formula.Constant number
                    ? Value.full(result.type(), number.value())
                    : value((Formula.Apply) formula);
            values.put(formula, known);
        }
        return known;
    }

    private Value value(Formula.Apply apply) {
        List<Formula> x = apply.arguments();
        if (apply.primitive() == Primitive.ADD) {
            for (int i = 0; i < 2; i++) {
                if (x.get(i).number() < 0) {
                    return value(x.get(1 - i)).minus(value(x.get(i).times(-1)));
                }
            }
        }
        if (apply.primitive() == Primitive.MUL && x.get(0).isNumber(-1)) {
            return value(x.get(1)).negate();
        }
        return Value.of(
                new Op.Elementwise(apply.primitive()),
                x.stream().map(this::value).toArray(Value[]::new));
    }
}

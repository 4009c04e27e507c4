// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.scalar.Algebra;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * A scalar expression of the arguments of a primitive, for derivatives of any order: the table's rows are differentiated
 * again, symbolically. Numbers are gathered on the way, so that the derivatives of {@code y = tanh x} are the
 * polynomials {@code 1 − y²}, {@code −2y(1 − y²)} and so on.
 */
sealed interface Formula {
    /** The algebra in which the table's derivatives become formulas. */
    Algebra<Formula> ALGEBRA = new Algebra<>() {
        @Override
        public Formula constant(double number) {
            return new Constant(number);
        }

        @Override
        public Formula apply(Primitive primitive, List<Formula> arguments) {
            return simplified(primitive, arguments);
        }
    };

    /** A number. */
    record Constant(double value) implements Formula {}

    /** An argument of the primitive, from 0. */
    record Argument(int index) implements Formula {}

    /** A primitive applied to formulas. */
    record Apply(Primitive primitive, List<Formula> arguments) implements Formula {}

    /** A primitive applied to its arguments. */
    static Formula of(Primitive primitive) {
        return new Apply(
                primitive,
                IntStream.range(0, primitive.arity())
                        .<Formula>mapToObj(Argument::new)
                        .toList());
    }

    /** The partial derivative in one argument. */
    default Formula derivative(int argument) {
        if (this instanceof Apply apply) {
            return derivative(apply, argument);
        }
        return new Constant(equals(new Argument(argument)) ? 1 : 0);
    }

    private static Formula derivative(Apply apply, int argument) {
        List<Formula> x = apply.arguments;
        if (apply.primitive == Primitive.MUL && x.get(0).equals(x.get(1))) {
            return product(new Constant(2), product(x.get(0), x.get(0).derivative(argument)));
        }
        Formula total = new Constant(0);
        for (int i = 0; i < x.size(); i++) {
            Formula slope = x.get(i).derivative(argument);
            if (!slope.isNumber(0)) {
                Formula term = apply.primitive
                        .partial(i, ALGEBRA, x, apply)
                        .map(partial -> product(partial, slope))
                        .orElse(new Constant(0));
                total = sum(total, term);
            }
        }
        return total;
    }

    /** This formula times a number. */
    default Formula times(double factor) {
        return product(new Constant(factor), this);
    }

    default boolean isNumber(double number) {
        return this instanceof Constant n && n.value == number;
    }

    private static Formula simplified(Primitive primitive, List<Formula> x) {
        if (x.stream().allMatch(Constant.class::isInstance)) {
            return new Constant(primitive.value(
                    x.stream().mapToDouble(number -> ((Constant) number).value).toArray()));
        }
        return switch (primitive) {
            case ADD -> sum(x.get(0), x.get(1));
            case SUB -> sum(x.get(0), x.get(1).times(-1));
            case NEG -> x.get(0).times(-1);
            case MUL -> product(x.get(0), x.get(1));
            case DIV -> x.get(0).isNumber(0) ? x.get(0) : new Apply(primitive, x);
            case SELECT -> x.get(1).equals(x.get(2)) ? x.get(1) : new Apply(primitive, x);
            default -> new Apply(primitive, x);
        };
    }

    private static Formula sum(Formula a, Formula b) {
        if (a.isNumber(0)) {
            return b;
        }
        if (b.isNumber(0)) {
            return a;
        }
        return a.equals(b) ? a.times(2) : new Apply(Primitive.ADD, List.of(a, b));
    }

    private static Formula product(Formula a, Formula b) {
        double number = a.number() * b.number();
        List<Formula> rest = new ArrayList<>(a.withoutNumber());
        rest.addAll(b.withoutNumber());
        if (number == 0 || rest.isEmpty()) {
            return new Constant(number);
        }
        Formula product = rest.size() == 1 ? rest.get(0) : new Apply(Primitive.MUL, rest);
        return number == 1 ? product : new Apply(Primitive.MUL, List.of(new Constant(number), product));
    }

    /** The number in front of the formula. */
    default double number() {
        if (this instanceof Constant n) {
            return n.value;
        }
        return scaled() ? ((Apply) this).arguments.get(0).number() : 1;
    }

    /** What the number stands in front of; empty for nothing. */
    private List<Formula> withoutNumber() {
        if (this instanceof Constant) {
            return List.of();
        }
        return List.of(scaled() ? ((Apply) this).arguments.get(1) : this);
    }

    private boolean scaled() {
        return this instanceof Apply apply
                && apply.primitive == Primitive.MUL
                && apply.arguments.get(0) instanceof Constant;
    }
}

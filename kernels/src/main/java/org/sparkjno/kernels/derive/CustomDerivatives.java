// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.Closure;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/** Functions whose derivatives are not those of their formulas. */
public final class CustomDerivatives {
    /** The transpose of a function's linearisation, where the linearisation itself is unknown. */
    @FunctionalInterface
    public interface Vjp {
        /**
         * The cotangents of the arguments.
         *
         * @param x the arguments
         * @param y the results
         * @param dy cotangents of the results
         * @return one per argument, of its type; null for zero
         */
        List<Value> of(List<Value> x, List<Value> y, List<Value> dy);
    }

    private CustomDerivatives() {}

    /** The same value, which no derivative looks behind. */
    public static Value stopGradient(Value x) {
        CustomRule rule = CustomRule.ofTangents("stop gradient", (none, y, dx) -> Arrays.asList(new Value[y.size()]));
        return RuledOp.custom(rule, List.of(x), List.of()).get(0);
    }

    /**
     * A function with its own linearisation, from which all modes follow. Derivatives of the rule itself are taken as
     * usual, so it may use other functions with rules.
     *
     * @param name for people
     * @param x the arguments
     * @param function computes the results; may use other values, to which it is not differentiated
     * @param tangents linear in the tangents of the arguments
     */
    public static List<Value> customJvp(
            String name, List<Value> x, UnaryOperator<List<Value>> function, CustomRule.Tangents tangents) {
        List<Value> inputs =
                x.stream().map(value -> Value.input("x", value.type())).toList();
        Closure closure = Closure.of(inputs, function.apply(inputs));
        List<Value> all = Lists.concat(x, closure.captured());
        int count = x.size();
        CustomRule rule = CustomRule.ofTangents(name, (arguments, y, dx) -> {
            if (dx.subList(count, dx.size()).stream().anyMatch(Objects::nonNull)) {
                throw new IllegalArgumentException(
                        "The function '" + name + "' uses a value beside its arguments that is"
                                + " differentiated to; make it an argument, or stop its gradient.");
            }
            return tangents.of(arguments.subList(0, count), y, dx.subList(0, count));
        });
        return RuledOp.custom(rule, closure.graph().call(all), all);
    }

    /**
     * A function with its own reverse derivative. Forward mode refuses it.
     *
     * @param name for people
     * @param x the arguments
     * @param function computes the results
     * @param vjp linear in the cotangents of the results
     */
    public static List<Value> customVjp(String name, List<Value> x, UnaryOperator<List<Value>> function, Vjp vjp) {
        return customJvp(name, x, function, (arguments, y, dx) -> unknownTangents(name, vjp, arguments, y, dx));
    }

    /** Tangents of which only the transpose is known. */
    private static List<Value> unknownTangents(String name, Vjp vjp, List<Value> x, List<Value> y, List<Value> dx) {
        List<Value> directions = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            directions.add(dx.get(i) != null ? dx.get(i) : Value.full(x.get(i).type(), 0));
        }
        List<Value> known = Lists.concat(x, y);
        CustomRule.Cotangents cotangents = (arguments, dy) -> {
            List<Value> seeds = new ArrayList<>();
            for (int i = 0; i < y.size(); i++) {
                seeds.add(dy.get(i) != null ? dy.get(i) : Value.full(y.get(i).type(), 0));
            }
            List<Value> back = new ArrayList<>(Arrays.asList(new Value[known.size()]));
            back.addAll(vjp.of(arguments.subList(0, x.size()), arguments.subList(x.size(), known.size()), seeds));
            return back;
        };
        List<Value> unknown =
                y.stream().map(result -> Value.full(result.type(), Double.NaN)).toList();
        CustomRule rule = new CustomRule(name, Optional.empty(), Optional.of(cotangents), true);
        return RuledOp.custom(rule, unknown, Lists.concat(known, directions));
    }
}

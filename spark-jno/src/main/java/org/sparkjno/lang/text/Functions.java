// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;

/** The functions that a formula may call, by their names. */
final class Functions {
    private static final int ANY = 99;
    private static final Map<String, Entry> TABLE = new TreeMap<>();

    /** How many arguments a function takes, and what it gives; the names tell which coordinates there are. */
    private record Entry(int least, int most, Body body) {}

    @FunctionalInterface
    private interface Body {
        Expression of(List<Expression> arguments, Names names);
    }

    static {
        one("abs", Expression::abs);
        one("sign", Expression::sign);
        one("floor", Expression::floor);
        one("ceil", Expression::ceil);
        one("round", Expression::round);
        one("square", Expression::square);
        one("sqrt", Expression::sqrt);
        one("rsqrt", Expression::rsqrt);
        one("cbrt", Expression::cbrt);
        one("exp", Expression::exp);
        one("exp2", Expression::exp2);
        one("expm1", Expression::expm1);
        one("log", Expression::log);
        one("ln", Expression::log);
        one("log2", Expression::log2);
        one("log10", Expression::log10);
        one("log1p", Expression::log1p);
        one("sin", Expression::sin);
        one("cos", Expression::cos);
        one("tan", Expression::tan);
        one("asin", Expression::asin);
        one("acos", Expression::acos);
        one("atan", Expression::atan);
        one("sinh", Expression::sinh);
        one("cosh", Expression::cosh);
        one("tanh", Expression::tanh);
        one("asinh", Expression::asinh);
        one("acosh", Expression::acosh);
        one("atanh", Expression::atanh);
        one("erf", Expression::erf);
        one("sigmoid", Expression::sigmoid);
        one("softplus", Expression::softplus);
        one("relu", Expression::relu);
        one("gelu", Expression::gelu);
        one("silu", Expression::silu);
        one("norm", Expression::norm);
        one("det", Expression::det);
        one("trace", Expression::trace);
        one("inv", Expression::inv);
        one("expm", Expression::expm);
        one("logm", Expression::logm);
        one("sqrtm", Expression::sqrtm);
        one("mean", Expression::mean);
        one("sum", Expression::sum);
        one("stopgradient", Expression::stopGradient);
        two("min", Expression::minimum);
        two("max", Expression::maximum);
        two("atan2", Expression::atan2);
        two("mod", Expression::mod);
        two("pow", Expression::power);
        two("dot", Expression::dot);
        two("cross", Expression::cross);
        put("where", 3, 3, (x, names) -> Expression.where(x.get(0), x.get(1), x.get(2)));
        put("clip", 3, 3, (x, names) -> x.get(0).maximum(x.get(1)).minimum(x.get(2)));
        put("vector", 1, ANY, (x, names) -> Expression.vector(x.toArray(Expression[]::new)));
        put("d", 2, ANY, (x, names) -> x.get(0).d(rest(x)));
        inSpace("laplacian", by -> x -> x.laplacian(by));
        inSpace("grad", by -> x -> x.grad(by));
        inSpace("jacobian", by -> x -> x.jacobian(by));
        inSpace("div", by -> x -> x.divergence(by));
        inSpace("curl", by -> x -> x.curl(by));
    }

    private Functions() {}

    private static void put(String name, int least, int most, Body body) {
        TABLE.put(name, new Entry(least, most, body));
    }

    private static void one(String name, UnaryOperator<Expression> function) {
        put(name, 1, 1, (x, names) -> function.apply(x.get(0)));
    }

    private static void two(String name, BinaryOperator<Expression> function) {
        put(name, 2, 2, (x, names) -> function.apply(x.get(0), x.get(1)));
    }

    private static void inSpace(String name, Function<Expression[], UnaryOperator<Expression>> operator) {
        put(name, 1, ANY, (x, names) -> {
            Expression[] by = x.size() > 1 ? rest(x) : names.space().toArray(Expression[]::new);
            return operator.apply(by).apply(x.get(0));
        });
    }

    private static Expression[] rest(List<Expression> arguments) {
        return arguments.subList(1, arguments.size()).toArray(Expression[]::new);
    }

    static boolean has(String name) {
        return TABLE.containsKey(name);
    }

    static Collection<String> all() {
        return new ArrayList<>(TABLE.keySet());
    }

    /**
     * The value of a function.
     *
     * @throws ExpressionException when it does not take such arguments
     */
    static Expression call(String name, List<Expression> arguments, Names names) {
        Entry entry = TABLE.get(name);
        if (arguments.size() < entry.least || arguments.size() > entry.most) {
            String takes = entry.most == ANY ? "at least " + entry.least : Integer.toString(entry.least);
            throw new ExpressionException(name + " takes " + takes + (entry.least == 1 ? " argument" : " arguments")
                    + ", not " + arguments.size());
        }
        return entry.body.of(arguments, names);
    }
}

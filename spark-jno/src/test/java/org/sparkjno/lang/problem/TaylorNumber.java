// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A number with all its derivatives up to an order in named variables, as a truncated power series: an independent and slow way
 * to differentiate, against which the language is checked.
 *
 * @param order up to which it is known
 * @param terms coefficient of each monomial, by the powers of the variables
 */
record TaylorNumber(int order, Map<Map<String, Integer>, Double> terms) {
    static TaylorNumber constant(int order, double value) {
        return new TaylorNumber(order, Map.of(Map.of(), value));
    }

    /** A variable at a value. */
    static TaylorNumber variable(int order, String name, double value) {
        return new TaylorNumber(order, Map.of(Map.of(), value, Map.of(name, 1), 1.0));
    }

    double value() {
        return terms.getOrDefault(Map.of(), 0.0);
    }

    TaylorNumber plus(TaylorNumber other) {
        Map<Map<String, Integer>, Double> sum = new HashMap<>(terms);
        other.terms.forEach((powers, factor) -> sum.merge(powers, factor, Double::sum));
        return new TaylorNumber(Math.min(order, other.order), sum);
    }

    TaylorNumber times(double factor) {
        return times(constant(order, factor));
    }

    TaylorNumber times(TaylorNumber other) {
        int least = Math.min(order, other.order);
        Map<Map<String, Integer>, Double> product = new HashMap<>();
        terms.forEach((a, p) -> other.terms.forEach((b, q) -> {
            Map<String, Integer> powers = new TreeMap<>(a);
            b.forEach((name, power) -> powers.merge(name, power, Integer::sum));
            if (powers.values().stream().mapToInt(Integer::intValue).sum() <= least) {
                product.merge(Map.copyOf(powers), p * q, Double::sum);
            }
        }));
        return new TaylorNumber(least, product);
    }

    /**
     * A function of this.
     *
     * @param derivatives of the function at {@link #value}, from the zeroth, as many as the order needs
     */
    private TaylorNumber composed(List<Double> derivatives) {
        TaylorNumber change = plus(constant(order, -value()));
        TaylorNumber power = constant(order, 1);
        TaylorNumber sum = constant(order, 0);
        double factorial = 1;
        for (int n = 0; n <= order; n++) {
            factorial *= Math.max(1, n);
            sum = sum.plus(power.times(derivatives.get(n) / factorial));
            power = power.times(change);
        }
        return sum;
    }

    TaylorNumber sin() {
        double s = Math.sin(value());
        double c = Math.cos(value());
        return composed(List.of(s, c, -s, -c, s, c, -s));
    }

    TaylorNumber exp() {
        double e = Math.exp(value());
        return composed(List.of(e, e, e, e, e, e, e));
    }

    /** 1/(1 + this²). */
    TaylorNumber witch() {
        TaylorNumber denominator = times(this).plus(constant(order, 1));
        double d = denominator.value();
        return denominator.composed(List.of(
                1 / d,
                -1 / Math.pow(d, 2),
                2 / Math.pow(d, 3),
                -6 / Math.pow(d, 4),
                24 / Math.pow(d, 5),
                -120 / Math.pow(d, 6),
                720 / Math.pow(d, 7)));
    }

    TaylorNumber tanh() {
        double t = Math.tanh(value());
        double s = 1 - t * t;
        return composed(List.of(
                t,
                s,
                -2 * t * s,
                s * (6 * t * t - 2),
                s * t * (16 - 24 * t * t),
                s * (16 - 120 * t * t + 120 * Math.pow(t, 4)),
                s * t * (-272 + 960 * t * t - 720 * Math.pow(t, 4))));
    }

    /** The derivative in a variable, known to one order less. */
    TaylorNumber d(String name) {
        Map<Map<String, Integer>, Double> derivative = new HashMap<>();
        terms.forEach((powers, factor) -> {
            int power = powers.getOrDefault(name, 0);
            if (power > 0) {
                Map<String, Integer> lower = new TreeMap<>(powers);
                lower.remove(name);
                if (power > 1) {
                    lower.put(name, power - 1);
                }
                derivative.put(Map.copyOf(lower), power * factor);
            }
        });
        return new TaylorNumber(order - 1, derivative);
    }
}

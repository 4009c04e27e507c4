// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.unit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A unit of measurement: {@code factor · m^a · kg^b · s^c · A^d · K^e · mol^f · cd^g}. What it means is in its exponents and its
 * factor; the symbol is for people.
 *
 * @param exponents of the seven base units, in this order
 * @param factor how many of the product of base units it is
 * @param symbol as written
 */
public record Unit(List<Fraction> exponents, double factor, String symbol) implements Serializable {
    /** Symbols of the base units of the SI. */
    public static final List<String> BASE = List.of("m", "kg", "s", "A", "K", "mol", "cd");

    /** Of pure numbers. */
    public static final Unit ONE = new Unit(Collections.nCopies(BASE.size(), Fraction.ZERO), 1, "1");

    public Unit {
        exponents = List.copyOf(exponents);
    }

    /**
     * A unit by its symbol: products, quotients and powers of SI units with prefixes, as {@code m/s^2}, {@code kW}, {@code W/(m*K)},
     * {@code Pa s} or {@code m^(1/2)}.
     *
     * @throws IllegalArgumentException when the text is no unit
     */
    public static Unit parse(String text) {
        return new UnitParser(text).parse();
    }

    static Unit base(int index) {
        List<Fraction> exponents = new ArrayList<>(ONE.exponents);
        exponents.set(index, Fraction.ONE);
        return new Unit(exponents, 1, BASE.get(index));
    }

    /** The unit of a product. */
    public Unit times(Unit other) {
        return named(
                IntStream.range(0, BASE.size())
                        .mapToObj(i -> exponents.get(i).plus(other.exponents.get(i)))
                        .toList(),
                factor * other.factor);
    }

    /** The unit of a quotient. */
    public Unit per(Unit other) {
        return times(other.power(new Fraction(-1, 1)));
    }

    /** The unit of a power. */
    public Unit power(Fraction exponent) {
        return named(exponents.stream().map(exponent::times).toList(), Math.pow(factor, exponent.value()));
    }

    /** The same under another symbol, and another number of it. */
    Unit times(double number, String other) {
        return new Unit(exponents, factor * number, other);
    }

    Unit written(String other) {
        return new Unit(exponents, factor, other);
    }

    /** Whether it measures the same kind of quantity. */
    public boolean isCompatible(Unit other) {
        return exponents.equals(other.exponents);
    }

    /** Whether one is as much as the other, whatever they are called. */
    public boolean isSame(Unit other) {
        return isCompatible(other) && Math.abs(factor / other.factor - 1) < 1e-12;
    }

    private static Unit named(List<Fraction> exponents, double factor) {
        String product = IntStream.range(0, BASE.size())
                .filter(i -> !exponents.get(i).equals(Fraction.ZERO))
                .boxed()
                .sorted(Comparator.comparing(i -> exponents.get(i).numerator() < 0))
                .map(i -> exponents.get(i).equals(Fraction.ONE) ? BASE.get(i) : BASE.get(i) + "^" + exponents.get(i))
                .collect(Collectors.joining(" "));
        String number = Math.abs(factor - 1) < 1e-12 ? "" : factor + " ";
        return new Unit(exponents, factor, (number + (product.isEmpty() ? "1" : product)).strip());
    }

    @Override
    public String toString() {
        return symbol;
    }
}

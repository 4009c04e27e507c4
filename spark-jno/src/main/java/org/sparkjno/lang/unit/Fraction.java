// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.unit;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A rational number in lowest terms.
 *
 * @param numerator carries the sign
 * @param denominator positive
 */
public record Fraction(int numerator, int denominator) implements Serializable {
    /** Nothing. */
    public static final Fraction ZERO = new Fraction(0, 1);

    /** One. */
    public static final Fraction ONE = new Fraction(1, 1);

    private static final int LARGEST_DENOMINATOR = 12;

    public Fraction {
        if (denominator == 0) {
            throw new IllegalArgumentException("The exponent " + numerator + "/0 is no number.");
        }
        int divisor = BigInteger.valueOf(numerator)
                .gcd(BigInteger.valueOf(denominator))
                .intValueExact();
        int signed = denominator < 0 ? -divisor : divisor;
        numerator /= signed;
        denominator /= signed;
    }

    /**
     * The fraction of a small denominator that a number is, up to rounding.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Fraction of(double number) {
        for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
            double numerator = Math.rint(number * denominator);
            if (Math.abs(numerator) < 1000 && Math.abs(number * denominator - numerator) < 1e-9) {
                return new Fraction((int) numerator, denominator);
            }
        }
        throw new IllegalArgumentException(
                number + " is no exponent of a unit; exponents are fractions such as 2, -1 or 1/2.");
    }

    public Fraction plus(Fraction other) {
        return new Fraction(
                numerator * other.denominator + other.numerator * denominator, denominator * other.denominator);
    }

    public Fraction times(Fraction other) {
        return new Fraction(numerator * other.numerator, denominator * other.denominator);
    }

    /** As a floating-point number. */
    public double value() {
        return (double) numerator / denominator;
    }

    @Override
    public String toString() {
        return denominator == 1 ? Integer.toString(numerator) : "(" + numerator + "/" + denominator + ")";
    }
}

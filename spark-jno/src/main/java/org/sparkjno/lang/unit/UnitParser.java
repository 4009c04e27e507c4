// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.unit;

/**
 * Reads units.
 *
 * <pre>
 * product = power { ("*" | "·" | "/" | nothing) power }
 * power   = atom [ ("^" | "**") exponent ] | atom "²" | atom "³"
 * atom    = symbol | "1" | "(" product ")"
 * exponent = number | "(" number [ "/" number ] ")"
 * </pre>
 */
final class UnitParser {
    private final String text;
    private int at;

    UnitParser(String text) {
        this.text = text;
    }

    Unit parse() {
        Unit unit = product();
        if (at < text.length()) {
            throw refusal("there is nothing to make of '" + text.substring(at) + "'");
        }
        return unit.written(text.strip());
    }

    private Unit product() {
        Unit product = power();
        while (true) {
            skipSpaces();
            if (at == text.length() || text.charAt(at) == ')') {
                return product;
            }
            if (taken("/")) {
                product = product.per(power());
            } else {
                skip("*", "·", "⋅");
                product = product.times(power());
            }
        }
    }

    private Unit power() {
        Unit atom = atom();
        skipSpaces();
        if (taken("**") || taken("^")) {
            return atom.power(exponent());
        }
        if (taken("²")) {
            return atom.power(new Fraction(2, 1));
        }
        return taken("³") ? atom.power(new Fraction(3, 1)) : atom;
    }

    private Unit atom() {
        skipSpaces();
        if (taken("(")) {
            Unit product = product();
            close();
            return product;
        }
        if (taken("1")) {
            return Unit.ONE;
        }
        int start = at;
        while (at < text.length() && (Character.isLetter(text.charAt(at)) || "°%".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String symbol = text.substring(start, at);
        if (symbol.isEmpty()) {
            throw refusal("a symbol such as m, kg or s is missing at column " + (start + 1));
        }
        if (symbol.equals("°C") || symbol.equals("degC") || symbol.equals("°F") || symbol.equals("degF")) {
            throw refusal("'" + symbol + "' has its zero elsewhere; give temperatures in K");
        }
        return Symbols.find(symbol)
                .orElseThrow(() -> refusal("there is no unit '" + symbol + "'; units are those of the SI with their"
                        + " prefixes, as m, kg, s, A, K, mol, N, Pa, J, W, V"));
    }

    private Fraction exponent() {
        skipSpaces();
        if (!taken("(")) {
            return Fraction.of(number());
        }
        Fraction exponent = Fraction.of(number());
        skipSpaces();
        if (taken("/")) {
            exponent = Fraction.of(exponent.value() / number());
        }
        close();
        return exponent;
    }

    private double number() {
        skipSpaces();
        int start = at;
        while (at < text.length() && "+-.0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw refusal("an exponent is missing at column " + (start + 1));
        }
    }

    private void close() {
        skipSpaces();
        if (!taken(")")) {
            throw refusal("a closing parenthesis is missing at column " + (at + 1));
        }
    }

    private boolean taken(String token) {
        boolean here = text.startsWith(token, at);
        at += here ? token.length() : 0;
        return here;
    }

    private void skip(String... tokens) {
        for (String token : tokens) {
            if (taken(token)) {
                return;
            }
        }
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("'" + text + "' is no unit: " + why + ".");
    }
}

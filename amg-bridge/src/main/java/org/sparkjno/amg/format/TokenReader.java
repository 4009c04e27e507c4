// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads words and numbers of a text line by line, without a string per word, and knows where it is. */
final class TokenReader {
    private static final int BUFFER = 1 << 16;
    /** Decimal digits that surely fit into a long. */
    private static final int DIGITS = 18;
    /** Integers up to here are doubles. */
    private static final long EXACT = 1L << 53;

    /** Powers of ten beyond this are all the same: not exact. */
    private static final int OUT_OF_RANGE = 10_000;

    private static final double[] POWERS = new double[23];

    static {
        POWERS[0] = 1;
        for (int k = 1; k < POWERS.length; k++) {
            POWERS[k] = 10 * POWERS[k - 1];
        }
    }

    private final InputStream in;
    private final String name;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long line = 1;
    private byte[] token = new byte[32];
    private int length;

    /** @param name of the file, for messages */
    TokenReader(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** The next byte without taking it, −1 at the end. */
    private int peek() throws IOException {
        if (at == end) {
            end = Math.max(0, in.read(buffer));
            at = 0;
        }
        return at == end ? -1 : buffer[at];
    }

    /** What is left of this line, which ends. */
    private String restOfLine() throws IOException {
        StringBuilder text = new StringBuilder();
        int next = peek();
        while (next != '\n' && next != -1) {
            text.append((char) next);
            at++;
            next = peek();
        }
        endLine(next);
        return text.toString().strip();
    }

    /** The first line. */
    MatrixMarketHeader header() throws IOException {
        String first = restOfLine();
        try {
            return MatrixMarketHeader.parse(first);
        } catch (IllegalArgumentException e) {
            throw new MatrixFormatException(name + ", line 1: " + e.getMessage(), e);
        }
    }

    private void endLine(int next) {
        if (next == '\n') {
            at++;
            line++;
        }
    }

    /** Passes over empty lines and comments; false at the end of the file. */
    boolean toNextLine() throws IOException {
        while (true) {
            skipBlanks();
            int next = peek();
            if (next == '%') {
                restOfLine();
            } else if (next == '\n') {
                endLine(next);
            } else {
                return next != -1;
            }
        }
    }

    private void skipBlanks() throws IOException {
        int next = peek();
        while (next == ' ' || next == '\t' || next == '\r') {
            at++;
            next = peek();
        }
    }

    /** Ends a line that must hold nothing more. */
    void requireEndOfLine() throws IOException {
        skipBlanks();
        int next = peek();
        if (next != '\n' && next != -1) {
            readToken("end of the line");
            throw error("'" + text() + "' stands after the last value.");
        }
        endLine(next);
    }

    private void readToken(String what) throws IOException {
        skipBlanks();
        length = 0;
        int next = peek();
        while (next > ' ') {
            if (length == token.length) {
                token = Arrays.copyOf(token, 2 * length);
            }
            token[length++] = (byte) next;
            at++;
            next = peek();
        }
        if (length == 0) {
            throw error("the " + what + " is missing.");
        }
    }

    private String text() {
        return new String(token, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** A whole number on this line. */
    long integer(String what) throws IOException {
        readToken(what);
        long value = 0;
        int first = token[0] == '-' || token[0] == '+' ? 1 : 0;
        boolean valid = length > first && length - first <= DIGITS;
        for (int k = first; k < length && valid; k++) {
            int digit = token[k] - '0';
            valid = digit >= 0 && digit <= 9;
            value = 10 * value + digit;
        }
        if (!valid) {
            throw error("the " + what + " should be a whole number, but is '" + text() + "'.");
        }
        return token[0] == '-' ? -value : value;
    }

    /**
     * A finite number on this line, as the nearest double. Where digits and power of ten are both exact doubles, one operation
     * gives it (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990), up to 18 digits two of them; else
     * the JDK does.
     */
    double number(String what) throws IOException {
        readToken(what);
        int first = token[0] == '-' || token[0] == '+' ? 1 : 0;
        long mantissa = 0;
        int exponent = 0;
        int k = first;
        boolean point = false;
        for (; k < length; k++) {
            int digit = token[k] - '0';
            if (digit >= 0 && digit <= 9 && k - first < DIGITS) {
                mantissa = 10 * mantissa + digit;
                exponent -= point ? 1 : 0;
            } else if (token[k] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        boolean digits = k > first + (point ? 1 : 0);
        if (digits && k < length && (token[k] | 0x20) == 'e') {
            boolean signed = k + 1 < length && (token[k + 1] == '-' || token[k + 1] == '+');
            int sign = signed && token[k + 1] == '-' ? -1 : 1;
            int power = 0;
            k += signed ? 2 : 1;
            digits = k < length;
            for (; k < length && token[k] >= '0' && token[k] <= '9'; k++) {
                power = Math.min(OUT_OF_RANGE, 10 * power + token[k] - '0');
            }
            exponent += sign * power;
        }
        if (!digits || k < length || Math.abs(exponent) >= POWERS.length) {
            return inexact(what);
        }
        double value = mantissa <= EXACT
                ? exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent]
                : scaled(mantissa, exponent);
        if (Double.isNaN(value)) {
            return inexact(what);
        }
        return token[0] == '-' ? -value : value;
    }

    /**
     * A long times a power of ten: the leading double, and what is missing to it as a second one (T. J. Dekker, "A floating-point
     * technique for extending the available precision", Numer. Math. 18, 1971).
     *
     * @return NaN where the value is too near to the middle between two doubles to tell which is nearer
     */
    private static double scaled(long mantissa, int exponent) {
        double high = mantissa;
        double low = mantissa - (long) high;
        double power = POWERS[Math.abs(exponent)];
        double leading = exponent < 0 ? high / power : high * power;
        double missing = exponent < 0
                ? (Math.fma(-leading, power, high) + low) / power
                : Math.fma(high, power, -leading) + low * power;
        double sum = leading + missing;
        double rest = Math.abs(missing - (sum - leading)) / Math.ulp(sum);
        // The middle lies half a unit away, or a quarter below a power of two.
        boolean clear = rest < 0.2499 || rest > 0.2501 && rest < 0.4999;
        return clear ? sum : Double.NaN;
    }

    private double inexact(String what) throws IOException {
        // Fortran writes double precision exponents with D.
        String number = text().replace('D', 'e').replace('d', 'e');
        char last = number.charAt(number.length() - 1);
        try {
            double value = last == '.' || last >= '0' && last <= '9' ? Double.parseDouble(number) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new MatrixFormatException(error(noNumber(what)).getMessage(), e);
        }
        throw error(noNumber(what));
    }

    private String noNumber(String what) {
        return "the " + what + " should be a finite number, but is '" + text() + "'.";
    }

    /** An error on this line. */
    MatrixFormatException error(String sentence) {
        return new MatrixFormatException(name + ", line " + line + ": " + sentence);
    }
}

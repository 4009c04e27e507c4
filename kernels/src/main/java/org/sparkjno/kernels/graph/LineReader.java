// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one line of a printed graph from left to right; every failure names the line and what was expected. */
final class LineReader {
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("true|false|NaN|-?Infinity|-?[0-9][0-9.E+-]*");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String line;
    private final int number;
    private int at;

    LineReader(String line, int number) {
        this.line = line;
        this.number = number;
        skipBlanks();
    }

    IllegalArgumentException failure(String sentence) {
        return new IllegalArgumentException("Line " + number + " of the graph: " + sentence);
    }

    private IllegalArgumentException expected(String what) {
        String rest = line.substring(at);
        return failure("expected " + what + ", but found " + (rest.isEmpty() ? "the end of the line" : "'" + rest + "'")
                + ".");
    }

    private void skipBlanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private Matcher take(Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(line).region(at, line.length());
        if (!matcher.lookingAt()) {
            throw expected(what);
        }
        at = matcher.end();
        skipBlanks();
        return matcher;
    }

    /** Whether {@code text} comes next; if so it is taken. */
    boolean accept(String text) {
        boolean found = line.startsWith(text, at);
        if (found) {
            at += text.length();
            skipBlanks();
        }
        return found;
    }

    void expect(String text) {
        if (!accept(text)) {
            throw expected("'" + text + "'");
        }
    }

    void expectEnd() {
        if (at < line.length()) {
            throw expected("the end of the line");
        }
    }

    String symbol(String what) {
        return take(SYMBOL, what).group();
    }

    int integer(String what) {
        String digits = take(INTEGER, what).group();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw failure("expected " + what + " within 32 bits, but found '" + digits + "'.");
        }
    }

    double number() {
        String text = take(NUMBER, "a number").group();
        try {
            return text.equals("true") ? 1 : text.equals("false") ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw failure("expected a number, but found '" + text + "'.");
        }
    }

    String string() {
        String quoted = take(STRING, "a quoted string").group(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                c = quoted.charAt(++i);
                c = c == 'n' ? '\n' : c;
            }
            text.append(c);
        }
        return text.toString();
    }

    /** Integers in brackets. */
    List<Integer> integers() {
        expect("[");
        List<Integer> list = new ArrayList<>();
        while (!accept("]")) {
            if (!list.isEmpty()) {
                expect(",");
            }
            list.add(integer("an integer"));
        }
        return list;
    }

    DType dtype() {
        String text = symbol("an element type");
        for (DType dtype : DType.values()) {
            if (dtype.text().equals(text)) {
                return dtype;
            }
        }
        String known = Arrays.stream(DType.values()).map(DType::text).collect(Collectors.joining(", "));
        throw failure("expected an element type (" + known + "), but found '" + text + "'.");
    }

    TensorType type() {
        DType dtype = dtype();
        return new TensorType(dtype, new Shape(integers()));
    }
}

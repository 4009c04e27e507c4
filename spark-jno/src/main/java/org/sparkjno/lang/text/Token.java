// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a formula.
 *
 * @param kind what it is
 * @param text as written
 * @param column of its first character, from 1
 */
record Token(Kind kind, String text, int column) {
    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        END
    }

    private static final Pattern PIECE = Pattern.compile(
            "\\s*(?:(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                    + "|(?<name>\\p{L}[\\p{L}\\p{N}_]*(?:\\.\\p{L}[\\p{L}\\p{N}_]*)*)|(?<symbol>\\*\\*|<=|>=|[-+*/^()=,<>·−\\[\\]]))");

    /** The pieces of a formula, an end after the last. */
    static List<Token> split(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        int at = 0;
        while (matcher.find(at) && matcher.start() == at) {
            Kind kind = matcher.group("number") != null
                    ? Kind.NUMBER
                    : matcher.group("name") != null ? Kind.NAME : Kind.SYMBOL;
            String piece = matcher.group().strip();
            tokens.add(new Token(kind, canonical(piece), matcher.end() - piece.length() + 1));
            at = matcher.end();
        }
        String rest = text.substring(at);
        if (!rest.isBlank()) {
            int column = at + rest.length() - rest.stripLeading().length() + 1;
            throw Refusal.at(text, column, "'" + text.charAt(column - 1) + "' means nothing in a formula");
        }
        tokens.add(new Token(Kind.END, "the end", text.length() + 1));
        return tokens;
    }

    private static String canonical(String piece) {
        return switch (piece) {
            case "**" -> "^";
            case "·" -> "*";
            case "−" -> "-";
            default -> piece;
        };
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}

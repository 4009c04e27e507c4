// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

/** C text under construction, indented by its braces. */
final class CText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Appends a line in which each {@code %s} and {@code %d} stands for the next argument. */
    CText line(String pattern, Object... arguments) {
        text.append("  ".repeat(pattern.startsWith("#") ? 0 : depth));
        int from = 0;
        for (Object argument : arguments) {
            int at = pattern.indexOf('%', from);
            text.append(pattern, from, at).append(argument);
            from = at + 2;
        }
        text.append(pattern, from, pattern.length()).append('\n');
        return this;
    }

    /** Appends a line that opens a block. */
    CText open(String pattern, Object... arguments) {
        line(pattern.isEmpty() ? "{" : pattern + " {", arguments);
        depth++;
        return this;
    }

    /** Closes the innermost block. */
    CText close() {
        depth--;
        return line("}");
    }

    /** Opens a loop from 0 to an extent. */
    CText loop(String index, long extent) {
        return open("for (long %s = 0; %s < %d; ++%s)", index, index, extent, index);
    }

    /** Opens a loop whose iterations are independent, for the vectoriser. */
    CText vectorLoop(String index, long extent) {
        line("#pragma clang loop vectorize(enable) interleave(enable)");
        return loop(index, extent);
    }

    int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

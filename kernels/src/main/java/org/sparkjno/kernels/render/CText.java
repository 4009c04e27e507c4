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
        return loop(index, "0", String.valueOf(extent));
    }

    /** Opens a loop over a range. */
    CText loop(String index, String from, String to) {
        return open("for (long %s = %s; %s < %s; ++%s)", index, from, index, to, index);
    }

    /** Opens a loop whose iterations are independent, for the vectoriser. */
    CText vectorLoop(String index, long extent) {
        return vectorLoop(index, "0", String.valueOf(extent));
    }

    /** Opens a loop over a range whose iterations are independent, for the vectoriser. */
    CText vectorLoop(String index, String from, String to) {
        line("#pragma clang loop vectorize(enable) interleave(enable)");
        return loop(index, from, to);
    }

    int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

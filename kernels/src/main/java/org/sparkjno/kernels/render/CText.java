// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

/** C text under construction, indented by its braces. */
final class CText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Appends a line. */
    CText line(String format, Object... args) {
        String line = args.length == 0 ? format : String.format(java.util.Locale.ROOT, format, args);
        text.append("  ".repeat(line.startsWith("#") ? 0 : depth)).append(line).append('\n');
        return this;
    }

    /** Appends a line that opens a block. */
    CText open(String format, Object... args) {
        line(format.isEmpty() ? "{" : format + " {", args);
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
        return open("for (long %1$s = 0; %1$s < %2$d; ++%1$s)", index, extent);
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

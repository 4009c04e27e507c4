// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;

/** C text under construction, indented by its braces. */
final class CText {
    private final StringBuilder text = new StringBuilder();
    private final Dialect dialect;
    private int depth;
    private long threads = 1;

    CText(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Appends a line in which each {@code %s} and {@code %d} stands for the next argument. What is said to clang alone is
     * left out where other compilers read the text.
     */
    CText line(String pattern, Object... arguments) {
        if (dialect.isThreaded() && pattern.startsWith("#pragma clang")) {
            return this;
        }
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
        return line(dialect.vectorised()).loop(index, from, to);
    }

    /**
     * Opens a loop in which each of n workers takes every n-th point.
     *
     * @param name of the loop's variable, the linear position of a point
     * @param first the worker's first point
     * @param workers their number n
     * @param indices of a point, declared inside
     * @param extents of the indices
     */
    CText dealt(String name, String first, String workers, List<String> indices, List<Integer> extents) {
        long points = extents.stream().mapToLong(Integer::intValue).reduce(1, (a, b) -> a * b);
        // Division is dear, in 64 bits above all.
        String type = points < 1L << 31 ? "unsigned" : "unsigned long";
        open("for (%s %s = %s; %s < %d; %s += %s)", type, name, first, name, points, name, workers);
        long inner = points;
        for (int axis = 0; axis < indices.size(); axis++) {
            int extent = extents.get(axis);
            inner /= Math.max(1, extent);
            String quotient = inner <= 1 ? name : name + " / " + inner;
            line("const long %s = %s;", indices.get(axis), axis == 0 ? quotient : quotient + " % " + extent);
        }
        return this;
    }

    /** Notes that so many threads find work. */
    void threads(long count) {
        threads = Math.max(threads, count);
    }

    /** The most threads that find work at once. */
    long threads() {
        return threads;
    }

    /** Names of so many indices. */
    static List<String> indices(String prefix, int count) {
        List<String> indices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            indices.add(prefix + i);
        }
        return indices;
    }

    int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

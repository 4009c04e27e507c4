// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/** Finds the line of the user's code that built a value. */
final class Origin {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final int DEPTH = 24;

    private Origin() {}

    /** The innermost frame outside this library among the nearest ones, or null. */
    static StackTraceElement capture() {
        return WALKER.walk(frames -> frames.limit(DEPTH)
                .filter(frame -> !frame.getClassName().startsWith("org.sparkjno.")
                        || frame.getClassName().endsWith("Test"))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .filter(element -> !element.getClassName().startsWith("java."))
                .orElse(null));
    }
}

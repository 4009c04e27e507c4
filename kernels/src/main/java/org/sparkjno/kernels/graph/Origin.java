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
                .filter(frame -> isUserCode(frame.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null));
    }

    /** The library calls itself through streams and lambdas of the JDK, so frames of either are passed over. */
    private static boolean isUserCode(String name) {
        boolean library = name.startsWith("org.sparkjno.") && !name.endsWith("Test");
        return !library && !name.startsWith("java.") && !name.startsWith("jdk.");
    }
}

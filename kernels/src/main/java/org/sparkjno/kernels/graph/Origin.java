// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.Iterator;
import java.util.stream.Stream;

/** Finds the line of the user's code that built a value. */
final class Origin {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final int DEPTH = 20;

    private Origin() {}

    /** The innermost frame outside this library among the nearest ones, or null. */
    static StackTraceElement capture() {
        return WALKER.walk(Origin::first);
    }

    /** Every value asks, so the frames are looked at one by one, and not by a pipeline. */
    private static StackTraceElement first(Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> each = frames.iterator();
        for (int depth = 0; depth < DEPTH && each.hasNext(); depth++) {
            StackWalker.StackFrame frame = each.next();
            if (isUserCode(frame.getClassName())) {
                return frame.toStackTraceElement();
            }
        }
        return null;
    }

    /** The library calls itself through streams and lambdas of the JDK, so frames of either are passed over. */
    private static boolean isUserCode(String name) {
        boolean library = name.startsWith("org.sparkjno.") && !name.endsWith("Test");
        return !library && !name.startsWith("java.") && !name.startsWith("jdk.");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

/** Finds the sentence in an exception that tells a person what is wrong. */
final class Sentence {
    private Sentence() {}

    /**
     * The message of the outermost exception that this library threw, else that of the innermost one. Frameworks wrap
     * what tasks throw; their own words are of no help to the user.
     */
    static String of(Throwable thrown) {
        Throwable innermost = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (isOurs(t)) {
                return firstLine(t);
            }
            innermost = t;
        }
        return firstLine(innermost);
    }

    private static boolean isOurs(Throwable t) {
        StackTraceElement[] frames = t.getStackTrace();
        return t.getMessage() != null
                && (t.getClass().getName().startsWith("org.sparkjno.")
                        || frames.length > 0 && frames[0].getClassName().startsWith("org.sparkjno."));
    }

    private static String firstLine(Throwable t) {
        String message = t.getMessage();
        return message == null || message.isBlank()
                ? t.getClass().getSimpleName() + " (run again with --verbose to see where)."
                : message.lines().findFirst().orElse(message);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.source;

/**
 * The one sentence in a failed Spark job. Spark throws checked exceptions from methods that do not declare them and fills
 * messages with stack traces, so whoever calls it catches everything and asks here for the reason.
 */
final class SparkFailure {
    private SparkFailure() {}

    /** The first line of the innermost cause. */
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

/** Carries a checked exception of a program through Spark's functions, which declare none. */
final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TaskFailedException(Throwable cause) {
        super(cause.toString(), cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import org.sparkjno.kernels.collective.CollectiveException;

/**
 * Why a task failed, in a form that any driver can read.
 *
 * @param rank who failed
 * @param kind whether to go on
 * @param message one sentence
 */
record Failure(int rank, Kind kind, String message) {
    private static final int LONGEST = 4000;

    /** What to make of a failure; of several the first in this order is the cause of the others. */
    enum Kind {
        /** A restart would fail again. */
        FATAL,
        /** Something went wrong here; a restart may do. */
        OWN,
        /** Another rank was missing. */
        OF_OTHERS
    }

    static Failure of(int rank, Throwable error) {
        Kind kind = Kind.OWN;
        String message = error.getClass().getSimpleName() + ": " + error.getMessage();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof FatalRunException || cause instanceof IllegalArgumentException) {
                kind = Kind.FATAL;
                message = String.valueOf(cause.getMessage());
                break;
            }
            if (cause instanceof CollectiveException) {
                kind = Kind.OF_OTHERS;
                message = cause.getMessage();
            }
        }
        return new Failure(rank, kind, message.length() <= LONGEST ? message : message.substring(0, LONGEST));
    }
}

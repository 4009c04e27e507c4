// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

/** The cluster cannot run the job, or lost it more often than allowed; the message says why and what helps. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}

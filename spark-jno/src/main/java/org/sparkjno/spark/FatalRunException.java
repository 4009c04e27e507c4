// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

/**
 * Says from within a task that a restart would fail again: bad input, an infinite loss. Ends the run with this message; any
 * other failure is met by the next generation. An {@link IllegalArgumentException} from a task is taken in the same way.
 */
public final class FatalRunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence that names the thing and the remedy */
    public FatalRunException(String message) {
        super(message);
    }

    /** @param message one sentence that names the thing and the remedy */
    public FatalRunException(String message, Throwable cause) {
        super(message, cause);
    }
}

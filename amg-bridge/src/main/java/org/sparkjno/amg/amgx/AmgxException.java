// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

/** AmgX is not there, or refused a call; one sentence says which and why. */
public final class AmgxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AmgxException(String message) {
        super(message);
    }

    AmgxException(String message, Throwable cause) {
        super(message, cause);
    }
}

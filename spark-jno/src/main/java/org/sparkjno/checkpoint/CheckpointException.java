// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.checkpoint;

import java.io.IOException;

/** A checkpoint cannot be used: it is corrupt, or of another run. The message names it and the remedy. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

import java.io.IOException;

/** A file does not hold what it should; the message is one sentence that names the file and, in texts, the line. */
public final class MatrixFormatException extends IOException {
    private static final long serialVersionUID = 1;

    MatrixFormatException(String message) {
        super(message);
    }

    MatrixFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}

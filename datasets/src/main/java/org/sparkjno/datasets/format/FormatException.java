// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.io.IOException;

/** A file is not what its reader expects. The message names the file, what is wrong with it and what to do. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }

    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}

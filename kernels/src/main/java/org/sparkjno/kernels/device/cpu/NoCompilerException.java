// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

/** No C compiler can be had on this host; the message says why and what to do about it. */
public final class NoCompilerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCompilerException(String message) {
        super(message);
    }

    NoCompilerException(String message, Throwable cause) {
        super(message, cause);
    }
}

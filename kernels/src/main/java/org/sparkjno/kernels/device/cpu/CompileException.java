// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

/** The compiler or the linker refused its input; the message carries the first diagnostics it printed. */
public final class CompileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CompileException(String message) {
        super(message);
    }
}

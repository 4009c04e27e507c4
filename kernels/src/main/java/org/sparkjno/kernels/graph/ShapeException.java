// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

/** Operands whose shapes, types or attributes do not fit an operation. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}

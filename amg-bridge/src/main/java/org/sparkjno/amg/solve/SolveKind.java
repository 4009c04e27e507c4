// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import org.sparkjno.kernels.derive.LinearSystem;

/** What a solve in a graph is for. */
public enum SolveKind {
    /** The solution itself. */
    FORWARD("forward"),
    /** A derivative that needs the same matrix, as a tangent does. */
    TANGENT("tangent"),
    /** A derivative that needs the transposed matrix, as a gradient does. */
    ADJOINT("adjoint");

    private final String text;

    SolveKind(String text) {
        this.text = text;
    }

    /** What the solution of a system is for. */
    public static SolveKind of(LinearSystem system) {
        if (system.operator().isTransposed()) {
            return ADJOINT;
        }
        return system.isDerivative() ? TANGENT : FORWARD;
    }

    @Override
    public String toString() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** A symmetric positive definite approximation of an inverse. Immutable; threads share it. */
@FunctionalInterface
public interface Preconditioner {
    /** A fresh application with a workspace of its own, for one thread at a time. */
    Application begin();

    /** The mapping from a residual to a correction. */
    @FunctionalInterface
    interface Application {
        /** z = M⁻¹ r; r is only read. */
        void apply(double[] r, double[] z);
    }

    /** No preconditioning: z = r. */
    static Preconditioner identity() {
        return () -> (r, z) -> System.arraycopy(r, 0, z, 0, r.length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/** An approximation M⁻¹ of an inverse. Immutable; threads share it, each with an application of its own. */
public interface Preconditioner {
    /**
     * A fresh application with a workspace of its own, for one thread at a time.
     *
     * @param width number of vectors it takes at once, row after row
     */
    Application begin(int width);

    /** M⁻ᵀ, which preconditions the transposed system; built from what this one has, without a new set-up. */
    Preconditioner transposed();

    /** Memory of what is stored, in bytes, as far as it is known; small arrays do not count. It may grow with use. */
    default long bytes() {
        return 0;
    }

    /** The mapping from residuals to corrections. */
    @FunctionalInterface
    interface Application {
        /** z = M⁻¹ r; r is only read. */
        void apply(double[] r, double[] z);
    }

    /** No preconditioning: z = r. */
    static Preconditioner identity() {
        return new Preconditioner() {
            @Override
            public Application begin(int width) {
                return (r, z) -> System.arraycopy(r, 0, z, 0, r.length);
            }

            @Override
            public Preconditioner transposed() {
                return this;
            }

            @Override
            public String toString() {
                return "no preconditioner";
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * A stationary iteration for one matrix A. Immutable; threads share it, each with an application of its own.
 *
 * <p>The two halves are adjoint to each other in the A inner product, which keeps a V-cycle symmetric and fit to
 * precondition conjugate gradients. For a nonsymmetric A, the halves of the same smoother on Aᵀ are the transposes of
 * these in exchanged places, so the cycle on the transposed levels is the transposed cycle.
 */
public interface Smoother {
    /**
     * A fresh application with a workspace of its own, for one thread at a time.
     *
     * @param width number of vectors it takes at once, row after row
     */
    Application begin(int width);

    /** One use of a smoother; all vectors are (rows x width). */
    interface Application {
        /** From x = 0: one sweep on A x = b; x is overwritten by the iterate and r by its residual b - A x. */
        void before(double[] b, double[] x, double[] r);

        /** One adjoint sweep that improves x; r is scratch. */
        void after(double[] b, double[] x, double[] r);
    }
}

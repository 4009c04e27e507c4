// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * A stationary iteration for one matrix A. Immutable, so threads share it; all vectors belong to the caller.
 *
 * <p>The two halves are adjoint to each other in the A inner product, which keeps a V-cycle symmetric and fit to
 * precondition conjugate gradients.
 */
public interface Smoother {
    /** From x = 0: one sweep on A x = b; x is overwritten by the iterate and r by its residual b - A x. */
    void before(double[] b, double[] x, double[] r);

    /** One adjoint sweep that improves x; r is scratch. */
    void after(double[] b, double[] x, double[] r);
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/**
 * Conjugate gradients with the Polak–Ribière choice of beta, which stays locally optimal when the preconditioner changes
 * from one iteration to the next: nonlinear cycles, inner iterations.
 *
 * <p>Golub and Ye, "Inexact preconditioned conjugate gradient method with inner-outer iteration", SIAM J. Sci. Comput. 21
 * (1999); Notay, "Flexible conjugate gradients", SIAM J. Sci. Comput. 22 (2000).
 */
public record FlexibleConjugateGradient() implements KrylovMethod {
    @Override
    public Requirements requirements() {
        return Requirements.DEFINITE.withChangingPreconditioner();
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new ConjugateDirections(system, true);
    }

    @Override
    public String toString() {
        return "Flexible conjugate gradients";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/**
 * Preconditioned conjugate gradients for symmetric positive definite matrices.
 *
 * <p>Hestenes and Stiefel 1952; Saad, "Iterative Methods for Sparse Linear Systems", algorithm 9.1.
 */
public record ConjugateGradient() implements KrylovMethod {
    @Override
    public Requirements requirements() {
        return Requirements.DEFINITE;
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new ConjugateDirections(system, false);
    }

    @Override
    public String toString() {
        return "Conjugate gradients";
    }
}

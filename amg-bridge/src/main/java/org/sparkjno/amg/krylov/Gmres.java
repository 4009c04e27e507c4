// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Objects;

/**
 * GMRES(restart) for nonsymmetric matrices: the residual is the smallest of its Krylov space. Right-preconditioned, so the
 * residual that it minimises is the true one.
 *
 * <p>Saad and Schultz, "GMRES: a generalized minimal residual algorithm", SIAM J. Sci. Stat. Comput. 7 (1986).
 *
 * @param restart basis vectors kept, at least 1
 * @param orthogonalisation how the basis is kept orthogonal
 */
public record Gmres(int restart, Orthogonalisation orthogonalisation) implements KrylovMethod {
    private static final int USUAL_RESTART = 30;

    public Gmres {
        if (restart < 1) {
            throw new IllegalArgumentException("The restart length must be positive, but is " + restart + ".");
        }
        Objects.requireNonNull(orthogonalisation, "orthogonalisation");
    }

    /** Restart after 30, classical Gram-Schmidt twice. */
    public Gmres() {
        this(USUAL_RESTART);
    }

    /** Classical Gram-Schmidt twice. */
    public Gmres(int restart) {
        this(restart, Orthogonalisation.CLASSICAL_TWICE);
    }

    @Override
    public Requirements requirements() {
        return Requirements.GENERAL;
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new ArnoldiCycle(system, restart, orthogonalisation, false);
    }

    @Override
    public String toString() {
        return "GMRES(" + restart + ")";
    }
}

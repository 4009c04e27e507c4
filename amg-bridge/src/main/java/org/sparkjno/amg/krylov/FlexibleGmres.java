// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Objects;

/**
 * Flexible GMRES(restart): GMRES that keeps the preconditioned vectors, so that the preconditioner may change from one
 * iteration to the next; it takes twice the memory.
 *
 * <p>Saad, "A flexible inner-outer preconditioned GMRES algorithm", SIAM J. Sci. Comput. 14 (1993).
 *
 * @param restart basis vectors kept, at least 1
 * @param orthogonalisation how the basis is kept orthogonal
 */
public record FlexibleGmres(int restart, Orthogonalisation orthogonalisation) implements KrylovMethod {
    private static final int USUAL_RESTART = 30;

    public FlexibleGmres {
        if (restart < 1) {
            throw new IllegalArgumentException("The restart length must be positive, but is " + restart + ".");
        }
        Objects.requireNonNull(orthogonalisation, "orthogonalisation");
    }

    /** Restart after 30, classical Gram-Schmidt twice. */
    public FlexibleGmres() {
        this(USUAL_RESTART);
    }

    /** Classical Gram-Schmidt twice. */
    public FlexibleGmres(int restart) {
        this(restart, Orthogonalisation.CLASSICAL_TWICE);
    }

    @Override
    public Requirements requirements() {
        return Requirements.GENERAL.withChangingPreconditioner();
    }

    @Override
    public KrylovIteration begin(PreconditionedSystem system) {
        return new ArnoldiCycle(system, restart, orthogonalisation, true);
    }

    @Override
    public String toString() {
        return "FGMRES(" + restart + ")";
    }
}

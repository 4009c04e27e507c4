// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Objects;

/**
 * What a Krylov method sees of a linear system: products, corrections and vectors, all for as many vectors as the space
 * is wide.
 *
 * @param matrix A
 * @param preconditioner M⁻¹ with a workspace of this solve
 * @param space the vectors
 */
public record PreconditionedSystem(LinearMap matrix, Preconditioner.Application preconditioner, VectorSpace space) {
    public PreconditionedSystem {
        Objects.requireNonNull(matrix, "matrix");
        Objects.requireNonNull(preconditioner, "preconditioner");
        Objects.requireNonNull(space, "space");
    }

    /** y = A x. */
    void multiply(double[] x, double[] y) {
        matrix.apply(x, y, space.width());
    }

    /** z = M⁻¹ r. */
    void precondition(double[] r, double[] z) {
        preconditioner.apply(r, z);
    }
}

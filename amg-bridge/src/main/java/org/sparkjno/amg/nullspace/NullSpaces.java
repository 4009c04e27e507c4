// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.Objects;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The null spaces of a matrix and of its transpose.
 *
 * @param right vectors n with A n = 0, which the solution is free to contain
 * @param left vectors n with Aᵀ n = 0, to which every right-hand side must be orthogonal
 * @param declared whether the caller vouches for them; else they were found
 */
public record NullSpaces(NullSpace right, NullSpace left, boolean declared) {
    public NullSpaces {
        Objects.requireNonNull(right, "right");
        Objects.requireNonNull(left, "left");
        if (right.dimension() != left.dimension()) {
            throw new IllegalArgumentException("A square matrix has as many left as right null vectors, but "
                    + left.dimension() + " left and " + right.dimension() + " right ones are given.");
        }
    }

    /** Those of a matrix that looks nonsingular. */
    static NullSpaces none() {
        return new NullSpaces(NullSpace.none(), NullSpace.none(), false);
    }

    /** The declared null space of a symmetric matrix. */
    public static NullSpaces symmetric(NullSpace nullSpace) {
        return new NullSpaces(nullSpace, nullSpace, true);
    }

    /** The declared null spaces of a nonsymmetric matrix. */
    public static NullSpaces of(NullSpace right, NullSpace left) {
        return new NullSpaces(right, left, true);
    }

    /**
     * Finds the null spaces of scalar differential operators without Dirichlet boundaries: constants on each connected
     * component where all rows (or all columns) sum to zero up to rounding. Where only one side is made of constants, as for
     * convection with diffusion, the other is computed by a solve. Rigid motions and the like are not found: declare them.
     *
     * @param preconditioner for that solve, {@link Preconditioner#identity()} will do for small matrices
     * @throws IllegalStateException if that solve fails
     */
    public static NullSpaces detect(CsrMatrix a, Preconditioner preconditioner) {
        return detect(a, false, preconditioner);
    }

    /** The same, in less time, for a matrix that is known to be symmetric. */
    public static NullSpaces detect(CsrMatrix a, boolean isSymmetric, Preconditioner preconditioner) {
        return NullSpaceDetection.of(a.requireSquare(), isSymmetric, preconditioner);
    }

    /** Whether the matrix is nonsingular, as far as is known. */
    public boolean isEmpty() {
        return right.dimension() == 0;
    }

    /** The null spaces of the transposed matrix. */
    public NullSpaces transposed() {
        return new NullSpaces(left, right, declared);
    }
}

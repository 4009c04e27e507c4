// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

/**
 * What a Krylov method takes for granted; a system that breaks it is not solved, or solved by luck.
 *
 * @param symmetry whether A must be symmetric
 * @param definiteness whether A must be positive definite (or semidefinite, its null space declared)
 * @param definitePreconditioner whether M⁻¹ must be symmetric positive definite
 * @param fixedPreconditioner whether M⁻¹ must be the same linear mapping in every iteration
 */
public record Requirements(
        boolean symmetry, boolean definiteness, boolean definitePreconditioner, boolean fixedPreconditioner) {
    /** Those of conjugate gradients. */
    static final Requirements DEFINITE = new Requirements(true, true, true, true);
    /** Those of MINRES. */
    static final Requirements SYMMETRIC = new Requirements(true, false, true, true);
    /** Those of methods for nonsymmetric matrices. */
    static final Requirements GENERAL = new Requirements(false, false, false, true);

    /** Those of the flexible variant. */
    Requirements withChangingPreconditioner() {
        return new Requirements(symmetry, definiteness, definitePreconditioner, false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Optional;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The direct solver that fits a matrix. What it returns is a preconditioner that is the inverse itself; for a singular
 * matrix it is a generalised inverse: a consistent system is solved, with zeros in the unknowns left free.
 */
public final class DirectSolver {
    /** Up to here a dense triangle is faster than a sparse one. */
    private static final int DENSE_ROWS = 200;

    /** Up to here a dense factorisation with complete pivoting takes a fraction of a second. */
    private static final int DENSE_LU_ROWS = 800;

    /** Entries of a sparse factor that are worth their memory on a coarse level: 12 bytes each. */
    private static final long SPARSE_ENTRIES = 20_000_000;

    /** What the rounding of Galerkin products leaves of symmetry. */
    private static final double ROUNDING = 1e-11;

    private DirectSolver() {}

    /** The solver, or empty if the matrix is too large for a direct one: see {@link #of(CsrMatrix, long)}. */
    public static Optional<Preconditioner> of(CsrMatrix matrix) {
        return of(matrix, SPARSE_ENTRIES);
    }

    /**
     * The solver: L D Lᵀ for symmetric definite matrices, L U with pivots off the diagonal for all others; dense for small
     * matrices, sparse for larger ones.
     *
     * @param matrix square
     * @param entries most entries of a sparse factor
     * @return empty if the factor would be larger
     */
    public static Optional<Preconditioner> of(CsrMatrix matrix, long entries) {
        int n = matrix.requireSquare().rows();
        Optional<Preconditioner> solver = Optional.empty();
        if (matrix.isSymmetric(ROUNDING)) {
            solver = n <= DENSE_ROWS
                    ? DenseLdl.of(matrix).map(factor -> factor)
                    : SparseLdl.of(matrix, entries).map(factor -> factor);
        }
        if (solver.isPresent()) {
            return solver;
        }
        return n <= DENSE_LU_ROWS
                ? Optional.of(DenseLu.of(matrix))
                : SparseLu.of(matrix, entries).map(factor -> factor);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.List;
import java.util.Optional;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A way to solve sparse linear systems: set up once for a matrix, then used for any number of right-hand sides. Solvers that
 * are {@code equal} make interchangeable set-ups.
 */
@FunctionalInterface
public interface SparseSolver {
    /**
     * Does what depends on the matrix alone.
     *
     * @param matrix square
     * @throws IllegalArgumentException if this way does not suit the matrix
     */
    Prepared prepare(CsrMatrix matrix);

    /** A solver with its set-up. Immutable: several threads may solve at once. */
    @FunctionalInterface
    interface Prepared {
        /**
         * Solves A X = B, or Aᵀ X = B with the same set-up. That a solve fails is said in its report, not thrown.
         *
         * @param b right-hand sides, (rows x width), row after row
         * @param x initial guesses on entry, solutions on return, (rows x width)
         * @param width number of right-hand sides, at least 1
         * @param transposed whether the matrix is transposed
         * @return one report per right-hand side
         */
        List<SolveReport> solve(double[] b, double[] x, int width, boolean transposed);

        /**
         * The set-up of a matrix of the same pattern with other values, made from this one.
         *
         * @return empty if nothing here can be kept, and the matrix must be prepared anew
         * @throws IllegalArgumentException if this way does not suit the matrix
         */
        default Optional<Prepared> renewed(CsrMatrix matrix, Reuse reuse) {
            return Optional.empty();
        }

        /** Memory of the set-up in bytes, the matrix apart, as far as it is known. It may grow with use. */
        default long bytes() {
            return 0;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.List;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;

/** A way to solve sparse linear systems: set up once for a matrix, then used for any number of right-hand sides. */
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
    }
}

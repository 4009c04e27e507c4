// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Jacobi with the l1 norm of each row in place of its diagonal entry (the mean of row and column, where these differ):
 * parallel in every row and convergent for every symmetric positive definite matrix.
 *
 * <p>Baker, Falgout, Kolev and Yang, "Multigrid smoothers for ultraparallel computing", SIAM J. Sci. Comput. 33, 2011.
 */
public final class JacobiL1 {
    private JacobiL1() {}

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a row and its column are zero
     */
    public static Smoother of(CsrMatrix matrix, int blockSize, Team team) {
        double[] norms = Diagonals.l1Norms(matrix.requireSquare());
        // The sign of the diagonal is kept: a negative definite matrix is as good as a positive one.
        double[] diagonal = matrix.diagonal();
        for (int i = 0; i < norms.length; i++) {
            if (norms[i] == 0) {
                throw new IllegalArgumentException("l1-Jacobi divides by the norm of each row, but row " + i
                        + " is zero; remove it together with its unknown.");
            }
            norms[i] = Math.copySign(1 / norms[i], diagonal[i]);
        }
        return new DiagonalSmoother("l1-Jacobi", matrix, norms, norms, team);
    }
}

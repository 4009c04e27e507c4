// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * The sparse approximate inverse with the pattern of the diagonal: d_i = a_ii / Σ_j a_ij², which minimises ‖I − D A‖ in the
 * Frobenius norm. Cheap and often better than Jacobi, but not safe: lognormal coefficients and elasticity can defeat it.
 *
 * <p>Bröker and Grote, "Sparse approximate inverse smoothers for geometric and algebraic multigrid", Appl. Numer. Math. 41,
 * 2002.
 */
public final class Spai0 {
    private Spai0() {}

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a diagonal entry is zero
     */
    public static Smoother of(CsrMatrix matrix, int blockSize, Team team) {
        int[] positions = Diagonals.positions(matrix.requireSquare(), "SPAI0");
        double[] ofRows = new double[positions.length];
        double[] ofColumns = new double[positions.length];
        for (int i = 0; i < positions.length; i++) {
            for (int k = matrix.rowStart()[i]; k < matrix.rowStart()[i + 1]; k++) {
                double square = matrix.values()[k] * matrix.values()[k];
                ofRows[i] += square;
                ofColumns[matrix.columns()[k]] += square;
            }
        }
        for (int i = 0; i < positions.length; i++) {
            double diagonal = matrix.values()[positions[i]];
            ofRows[i] = diagonal / ofRows[i];
            ofColumns[i] = diagonal / ofColumns[i];
        }
        return new DiagonalSmoother("SPAI0", matrix, ofRows, ofColumns, team);
    }
}

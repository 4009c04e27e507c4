// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * The diagonal of sweeps that run within parts of a matrix and see other parts as they were before. A row with couplings to
 * other parts may need a larger one for the whole to converge: half the l1 norm of those couplings is added, except where
 * the sum stays below 4/3 of the diagonal entry, which is safe as it is. Couplings count as the mean of a row and its
 * column, so that the transposed matrix gets the same.
 *
 * <p>Baker, Falgout, Kolev and Yang, "Multigrid smoothers for ultraparallel computing", SIAM J. Sci. Comput. 33, 2011,
 * section 6.
 */
public final class HybridDiagonal {
    private static final double SAFE = 1.0 / 3;

    private HybridDiagonal() {}

    /**
     * What is added to a diagonal entry.
     *
     * @param ofRow sum of the moduli of the row's couplings to other parts
     * @param ofColumn that of its column
     */
    public static double surplus(double diagonal, double ofRow, double ofColumn) {
        double half = 0.25 * (ofRow + ofColumn);
        return half <= SAFE * Math.abs(diagonal) ? 0 : Math.copySign(half, diagonal);
    }
}

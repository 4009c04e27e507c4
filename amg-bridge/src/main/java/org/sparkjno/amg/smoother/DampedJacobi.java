// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Jacobi with a damping factor ω: x = x + ω D⁻¹ (b − A x), D the diagonal of A. Converges for a symmetric positive definite
 * A if ω is below 2 / ρ(D⁻¹ A); l1-Jacobi always does.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, section 4.1.
 */
public final class DampedJacobi {
    /** Best for the five-point stencil, close to it for most others. */
    private static final double WEIGHT = 0.8;

    private DampedJacobi() {}

    /**
     * The smoother of a square matrix with ω = 0.8.
     *
     * @throws IllegalArgumentException if a diagonal entry is zero
     */
    public static Smoother of(CsrMatrix matrix, int blockSize, Team team) {
        return of(matrix, WEIGHT, team);
    }

    /**
     * The smoother with another weight ω.
     *
     * @throws IllegalArgumentException if ω is not in (0, 2)
     */
    public static Smoothing weighted(double weight) {
        if (!(weight > 0 && weight < 2)) {
            throw new IllegalArgumentException("The Jacobi weight must lie between 0 and 2, but is " + weight + ".");
        }
        return (matrix, blockSize, team) -> of(matrix, weight, team);
    }

    private static Smoother of(CsrMatrix matrix, double weight, Team team) {
        int[] positions = Diagonals.positions(matrix.requireSquare(), "Jacobi");
        double[] factors = new double[positions.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = weight / matrix.values()[positions[i]];
        }
        return new DiagonalSmoother("Jacobi with weight " + weight, matrix, factors, factors, team);
    }
}

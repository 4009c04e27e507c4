// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Incomplete factorisation A ≈ L U on the pattern of A. Strong where the order of the rows follows the flow; exact for
 * tridiagonal matrices, but safe only where no coupling has the sign of the diagonal: rotated anisotropy in finite elements can
 * make it indefinite. In a team, rows that do not wait for each other are solved at once.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, algorithm 10.4 and section 12.4.3 (level scheduling).
 * The factors of Aᵀ are the transposed ones.
 */
public final class Ilu0 implements Smoother {
    /** A pivot that has cancelled down to this part of its diagonal entry holds rounding errors alone. */
    private static final double CANCELLED = 1e-14;

    private final CsrMatrix matrix;
    private final Team team;
    /** L without its unit diagonal and U, in the places of A. */
    private final double[] factors;

    private final int[] diagonal;
    private final double[] inversePivots;
    private final TriangularOrder forwards;
    private final TriangularOrder backwards;

    private Ilu0(CsrMatrix matrix, Team team) {
        this.matrix = matrix;
        this.team = team;
        diagonal = Diagonals.positions(matrix, "ILU0");
        factors = matrix.values().clone();
        inversePivots = new double[diagonal.length];
        factorise();
        forwards = TriangularOrder.forwards(matrix.pattern(), diagonal, team);
        backwards = TriangularOrder.backwards(matrix.pattern(), diagonal, team);
    }

    /**
     * The smoother of a square matrix.
     *
     * @throws IllegalArgumentException if a diagonal entry is zero or a pivot vanishes
     */
    public static Ilu0 of(CsrMatrix matrix, int blockSize, Team team) {
        return new Ilu0(matrix.requireSquare(), team);
    }

    private void factorise() {
        int[] start = matrix.rowStart();
        int[] columns = matrix.columns();
        // Position after that of the entry in each column of the row at hand; 0 where it has none.
        int[] place = new int[diagonal.length];
        for (int i = 0; i < diagonal.length; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                place[columns[k]] = k + 1;
            }
            for (int k = start[i]; k < diagonal[i]; k++) {
                int j = columns[k];
                double multiplier = factors[k] * inversePivots[j];
                factors[k] = multiplier;
                for (int m = diagonal[j] + 1; m < start[j + 1]; m++) {
                    int target = place[columns[m]];
                    if (target > 0) {
                        factors[target - 1] -= multiplier * factors[m];
                    }
                }
            }
            for (int k = start[i]; k < start[i + 1]; k++) {
                place[columns[k]] = 0;
            }
            double pivot = factors[diagonal[i]];
            if (!(Math.abs(pivot) > CANCELLED * Math.abs(matrix.values()[diagonal[i]]))) {
                throw new IllegalArgumentException("ILU0 breaks down: the pivot of row " + i + " vanishes (" + pivot
                        + "); use Gauss-Seidel or Chebyshev.");
            }
            inversePivots[i] = 1 / pivot;
        }
    }

    @Override
    public Application begin(int width) {
        RowKernel kernel = new RowKernel(matrix.columns(), factors, width);
        return new Application() {
            @Override
            public void before(double[] b, double[] x, double[] r) {
                solve(kernel, b, x);
                matrix.residual(b, x, r, width, team);
            }

            @Override
            public void after(double[] b, double[] x, double[] r) {
                matrix.residual(b, x, r, width, team);
                solve(kernel, r, r);
                team.forRows(matrix.rows(), (from, to) -> {
                    for (int at = from * width; at < to * width; at++) {
                        x[at] += r[at];
                    }
                });
            }
        };
    }

    /** x = U⁻¹ L⁻¹ b; x may be b. */
    private void solve(RowKernel kernel, double[] b, double[] x) {
        int[] start = matrix.rowStart();
        forwards.forEach(team, i -> kernel.row(start[i], diagonal[i], diagonal[i], b, i, 1, x, x, i));
        backwards.forEach(team, i -> {
            int end = start[i + 1];
            kernel.row(diagonal[i] + 1, end, end, x, i, inversePivots[i], x, x, i);
        });
    }

    @Override
    public String toString() {
        return "ILU0";
    }
}

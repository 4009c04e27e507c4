// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Jacobi with the inverses of the diagonal blocks of nodes, for systems with several unknowns per node.
 *
 * <p>Saad, "Iterative Methods for Sparse Linear Systems", 2nd edition, section 4.1.1. By default the l1 norms of what couples
 * a row to other nodes are added to the diagonal, as in Baker, Falgout, Kolev and Yang 2011, which converges for every
 * symmetric positive definite matrix.
 */
public final class BlockJacobi implements Smoother {
    private final CsrMatrix matrix;
    private final int blockSize;
    private final BlockDiagonal blocks;
    private final double weight;
    private final Team team;

    private BlockJacobi(CsrMatrix matrix, int blockSize, double weight, double[] surplus, Team team) {
        this.matrix = matrix.requireSquare();
        this.blockSize = blockSize;
        this.weight = weight;
        this.team = team;
        blocks = BlockDiagonal.of(matrix, blockSize, surplus, "Block Jacobi");
    }

    /**
     * The smoother with the l1 safeguard.
     *
     * @throws IllegalArgumentException if a block is singular or the blocks do not divide the rows
     */
    public static BlockJacobi of(CsrMatrix matrix, int blockSize, Team team) {
        BlockDiagonal.requireWhole(matrix, blockSize, "Block Jacobi");
        double[] surplus = Diagonals.l1Norms(matrix.requireSquare());
        for (int i = 0; i < surplus.length; i++) {
            int first = i - i % blockSize;
            for (int j = first; j < first + blockSize; j++) {
                surplus[i] -= 0.5 * (Math.abs(matrix.get(i, j)) + Math.abs(matrix.get(j, i)));
            }
            surplus[i] = Math.copySign(Math.max(0, surplus[i]), matrix.get(i, i));
        }
        return new BlockJacobi(matrix, blockSize, 1, surplus, team);
    }

    /**
     * The smoother with a damping factor in place of the safeguard.
     *
     * @throws IllegalArgumentException if it is not in (0, 2)
     */
    public static Smoothing weighted(double weight) {
        if (!(weight > 0 && weight < 2)) {
            throw new IllegalArgumentException("The Jacobi weight must lie between 0 and 2, but is " + weight + ".");
        }
        return (matrix, blockSize, team) -> new BlockJacobi(matrix, blockSize, weight, new double[matrix.rows()], team);
    }

    @Override
    public Application begin(int width) {
        return new Application() {
            @Override
            public void before(double[] b, double[] x, double[] r) {
                apply(b, x, width, false);
                matrix.residual(b, x, r, width, team);
            }

            @Override
            public void after(double[] b, double[] x, double[] r) {
                matrix.residual(b, x, r, width, team);
                apply(r, x, width, true);
            }
        };
    }

    private void apply(double[] r, double[] x, int width, boolean add) {
        team.forRows(matrix.rows() / blockSize, (from, to) -> {
            for (int first = from * blockSize; first < to * blockSize; first += blockSize) {
                blocks.apply(weight, r, first, x, first, width, add);
            }
        });
    }

    @Override
    public String toString() {
        return "block Jacobi with blocks of " + blockSize;
    }
}

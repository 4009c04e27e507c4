// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.MatrixTraits.Diagonal;
import org.sparkjno.kernels.collective.Collective;

/**
 * What can be seen of a matrix whose rows are divided over ranks; all ranks see the same.
 *
 * @param isSymmetric whether it is its own transpose
 * @param diagonal signs of the diagonal
 * @param skewness Σ|a_ij − a_ji| / Σ|a_ij + a_ji|: 0 for a symmetric matrix, 1 where all couplings go one way
 * @param blockSize unknowns per node: the largest b ≤ 6 for which consecutive rows share their columns in blocks of b
 */
record DividedTraits(boolean isSymmetric, Diagonal diagonal, double skewness, int blockSize) {
    private static final int LARGEST_BLOCK = 6;

    /**
     * Looks at a matrix; made by all ranks together.
     *
     * @throws IllegalArgumentException on all ranks if one has a row without a non-zero entry
     */
    static DividedTraits of(DividedSystem system) {
        DistributedMatrix matrix = system.matrix();
        Collective world = matrix.world();
        RowBlock block = matrix.block();
        Agreement.on(world, objection(matrix, block));
        double skewness = system.other()
                .map(transposed -> DistributedSymmetry.skewness(matrix, transposed))
                .orElse(0.0);
        return new DividedTraits(
                system.isSymmetric(), diagonal(matrix), skewness, blockSize(world, block, matrix.rows()));
    }

    private static String objection(DistributedMatrix matrix, RowBlock block) {
        long first = matrix.rows().start(matrix.world().rank());
        for (int i = 0; i < block.rows(); i++) {
            boolean isZero = true;
            for (int k = block.rowStart()[i]; k < block.rowStart()[i + 1] && isZero; k++) {
                isZero = block.values()[k] == 0;
            }
            if (isZero) {
                return "Row " + (first + i) + " of the " + matrix
                        + " is zero, so the matrix is singular; put 1 on its diagonal or leave the unknown out.";
            }
        }
        return "";
    }

    private static Diagonal diagonal(DistributedMatrix matrix) {
        CsrMatrix own = matrix.own();
        boolean positive = true;
        boolean negative = true;
        for (int i = 0; i < own.rows(); i++) {
            double entry = own.get(i, i);
            positive &= entry > 0;
            negative &= entry < 0;
        }
        if (Agreement.everywhere(matrix.world(), positive)) {
            return Diagonal.POSITIVE;
        }
        return Agreement.everywhere(matrix.world(), negative) ? Diagonal.NEGATIVE : Diagonal.MIXED;
    }

    private static int blockSize(Collective world, RowBlock block, RowPartition rows) {
        for (int b = LARGEST_BLOCK; b > 1; b--) {
            // One dense block is no block structure.
            if (rows.rows() > b && Agreement.everywhere(world, hasBlocks(block, b))) {
                return b;
            }
        }
        return 1;
    }

    /** If all ranks have whole nodes, their first rows are multiples of the block size too. */
    private static boolean hasBlocks(RowBlock block, int b) {
        if (block.rows() % b != 0) {
            return false;
        }
        for (int i = 0; i < block.rows(); i++) {
            int first = block.rowStart()[i - i % b];
            int start = block.rowStart()[i];
            int length = block.rowStart()[i + 1] - start;
            if (length % b != 0 || length != block.rowStart()[i - i % b + 1] - first) {
                return false;
            }
            long[] columns = Arrays.copyOfRange(block.columns(), start, start + length);
            long[] above = Arrays.copyOfRange(block.columns(), first, first + length);
            Arrays.sort(columns);
            Arrays.sort(above);
            for (int k = 0; k < length; k++) {
                if (columns[k] != above[k] || columns[k] % b != k % b) {
                    return false;
                }
            }
        }
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * What can be seen of a matrix in time linear in its entries. Symmetry is checked, not believed.
 *
 * @param rows number of rows
 * @param isSymmetric whether entries agree with their mirror images to 1e-12 of their size
 * @param diagonal signs of the diagonal
 * @param offDiagonal what the off-diagonal entries look like
 * @param blockSize unknowns per node: the largest b ≤ 6 for which consecutive rows share their columns in blocks of b
 * @param dominance smallest of (|a_ii| − Σ|a_ij|) / |a_ii| over the rows: above 0 for a strictly dominant diagonal, about 0
 *     for Laplacians
 */
public record MatrixTraits(
        int rows, boolean isSymmetric, Diagonal diagonal, OffDiagonal offDiagonal, int blockSize, double dominance) {
    /** Relative difference of mirror images that rounding may leave. */
    private static final double ROUNDING = 1e-12;

    private static final int LARGEST_BLOCK = 6;

    /** Signs of a diagonal. */
    public enum Diagonal {
        /** All entries are positive, as those of a positive definite matrix are. */
        POSITIVE,
        /** All entries are negative: the negated matrix may be positive definite. */
        NEGATIVE,
        /** Signs differ or entries are zero: the matrix is indefinite. */
        MIXED;

        static Diagonal of(double[] diagonal) {
            if (Arrays.stream(diagonal).allMatch(d -> d > 0)) {
                return POSITIVE;
            }
            return Arrays.stream(diagonal).allMatch(d -> d < 0) ? NEGATIVE : MIXED;
        }
    }

    /**
     * Off-diagonal entries.
     *
     * @param adverse share of the absolute sum that has the sign of the diagonal: 0 for an M-matrix
     * @param variation factor between the diagonal entries of the 95th and 5th of a hundred rows: 1 for a constant stencil
     * @param skewness for a nonsymmetric matrix Σ|a_ij − a_ji| / Σ|a_ij + a_ji|: large where convection rules
     */
    public record OffDiagonal(double adverse, double variation, double skewness) {}

    /**
     * Looks at a matrix.
     *
     * @throws IllegalArgumentException if the matrix is not square or has a row without a non-zero entry, which no solver
     *     could help; the message names the row
     */
    public static MatrixTraits of(CsrMatrix a) {
        a.requireSquare();
        requireRows(a);
        boolean symmetric = a.isSymmetric(ROUNDING);
        Survey survey = new Survey(a, symmetric);
        return new MatrixTraits(
                a.rows(), symmetric, survey.diagonal(), survey.offDiagonal(), blockSize(a), survey.dominance());
    }

    /** Whether a matrix of the same pattern, with other values, is of the same kind: as symmetric and of the same signs. */
    boolean hold(CsrMatrix other) {
        requireRows(other);
        return other.isSymmetric(ROUNDING) == isSymmetric && Diagonal.of(other.diagonal()) == diagonal;
    }

    private static void requireRows(CsrMatrix a) {
        for (int i = 0; i < a.rows(); i++) {
            boolean zero = true;
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1] && zero; k++) {
                zero = a.values()[k] == 0;
            }
            if (zero) {
                throw new IllegalArgumentException("Row " + i + " of the " + a
                        + " is zero, so the matrix is singular; put 1 on its diagonal or leave the unknown out.");
            }
        }
    }

    private static int blockSize(CsrMatrix a) {
        for (int b = LARGEST_BLOCK; b > 1; b--) {
            if (a.rows() % b == 0 && hasBlocks(a, b)) {
                return b;
            }
        }
        return 1;
    }

    private static boolean hasBlocks(CsrMatrix a, int b) {
        int[] start = a.rowStart();
        int[] columns = a.columns();
        for (int i = 0; i < a.rows(); i++) {
            int length = start[i + 1] - start[i];
            int first = start[i - i % b];
            if (length % b != 0 || length != start[i - i % b + 1] - first) {
                return false;
            }
            for (int k = 0; k < length; k++) {
                int column = columns[start[i] + k];
                if (column != columns[first + k] || column % b != k % b) {
                    return false;
                }
            }
        }
        // One dense block is no block structure.
        return a.rows() > b;
    }
}

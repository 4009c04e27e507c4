// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import org.sparkjno.amg.matrix.CsrMatrix;

/** The inverses of the diagonal blocks of a matrix, one per node of {@code size} consecutive rows. */
final class BlockDiagonal {
    /** A pivot this much smaller than the block's entries is a rounding error. */
    private static final double CANCELLED = 1e-14;

    private final int size;
    /** (rows x size), row after row. */
    private final double[] inverse;

    private BlockDiagonal(int size, double[] inverse) {
        this.size = size;
        this.inverse = inverse;
    }

    /**
     * Inverts the blocks.
     *
     * @param surplus what is added to each diagonal entry first
     * @throws IllegalArgumentException if the size does not divide the rows or a block is singular
     */
    static BlockDiagonal of(CsrMatrix a, int size, double[] surplus, String method) {
        requireWhole(a, size, method);
        double[] inverse = new double[Math.multiplyExact(a.rows(), size)];
        double[][] block = new double[size][2 * size];
        for (int first = 0; first < a.rows(); first += size) {
            double largest = 0;
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    block[r][c] = a.get(first + r, first + c) + (r == c ? surplus[first + r] : 0);
                    block[r][size + c] = r == c ? 1 : 0;
                    largest = Math.max(largest, Math.abs(block[r][c]));
                }
            }
            if (!invert(block, CANCELLED * largest)) {
                throw new IllegalArgumentException(method + " inverts the diagonal blocks, but that of rows " + first
                        + " to " + (first + size - 1) + " is singular; use l1-Jacobi or another block size.");
            }
            for (int r = 0; r < size; r++) {
                System.arraycopy(block[r], size, inverse, (first + r) * size, size);
            }
        }
        return new BlockDiagonal(size, inverse);
    }

    /**
     * Checks the size of the blocks.
     *
     * @throws IllegalArgumentException if it does not divide the rows
     */
    static void requireWhole(CsrMatrix a, int size, String method) {
        if (size < 1 || a.rows() % size != 0) {
            throw new IllegalArgumentException(
                    method + " needs whole blocks, but " + a.rows() + " rows cannot be cut in blocks of " + size + ".");
        }
    }

    /** Gauss-Jordan elimination of [block, identity] with partial pivoting; false if a pivot is too small. */
    private static boolean invert(double[][] block, double tiny) {
        int size = block.length;
        for (int k = 0; k < size; k++) {
            int row = k;
            for (int r = k + 1; r < size; r++) {
                row = Math.abs(block[r][k]) > Math.abs(block[row][k]) ? r : row;
            }
            double[] pivot = block[row];
            block[row] = block[k];
            block[k] = pivot;
            if (!(Math.abs(pivot[k]) > tiny)) {
                return false;
            }
            double scale = 1 / pivot[k];
            for (int c = 0; c < 2 * size; c++) {
                pivot[c] *= scale;
            }
            for (int r = 0; r < size; r++) {
                double factor = r == k ? 0 : block[r][k];
                for (int c = 0; c < 2 * size && factor != 0; c++) {
                    block[r][c] -= factor * pivot[c];
                }
            }
        }
        return true;
    }

    /** The inverses, each row after row; to be read only. */
    double[] inverse() {
        return inverse;
    }

    /** Rows {@code first} to {@code first + size - 1} of Y = factor D⁻¹ t, or of Y = Y + factor D⁻¹ t. */
    void apply(double factor, double[] t, int from, double[] y, int first, int width, boolean add) {
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < width; c++) {
                double sum = 0;
                for (int s = 0; s < size; s++) {
                    sum += inverse[(first + r) * size + s] * t[(from + s) * width + c];
                }
                int at = (first + r) * width + c;
                y[at] = add ? y[at] + factor * sum : factor * sum;
            }
        }
    }
}

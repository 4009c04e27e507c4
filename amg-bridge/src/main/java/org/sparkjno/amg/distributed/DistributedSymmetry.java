// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.Optional;

/** Whether a matrix whose rows are divided over ranks is its own transpose. */
final class DistributedSymmetry {
    /** Entries that differ by rounding alone make no matrix unsymmetric. */
    private static final double ROUNDING = 1e-14;

    private DistributedSymmetry() {}

    /** The transposed matrix, unless it is the matrix itself; made by all ranks together. */
    static Optional<DistributedMatrix> otherTranspose(DistributedMatrix matrix) {
        DistributedMatrix transposed = matrix.transpose();
        boolean same = isSame(matrix.block(), transposed.block());
        return Agreement.everywhere(matrix.world(), same) ? Optional.empty() : Optional.of(transposed);
    }

    /** Σ|a_ij − a_ji| / Σ|a_ij + a_ji| over the couplings; made by all ranks together. */
    static double skewness(DistributedMatrix matrix, DistributedMatrix transposed) {
        RowBlock a = matrix.block();
        RowBlock b = transposed.block();
        long first = matrix.rows().start(matrix.world().rank());
        RowBlock mean = RowSum.of(a, a.rows(), b, rows(a));
        double[] sums = {couplings(difference(a, b), first), couplings(mean, first)};
        Sums.of(matrix.world(), sums);
        return sums[1] == 0 ? 0 : sums[0] / sums[1];
    }

    private static double couplings(RowBlock block, long first) {
        double sum = 0;
        for (int i = 0; i < block.rows(); i++) {
            for (int k = block.rowStart()[i]; k < block.rowStart()[i + 1]; k++) {
                sum += block.columns()[k] == first + i ? 0 : Math.abs(block.values()[k]);
            }
        }
        return sum;
    }

    private static RowBlock difference(RowBlock a, RowBlock b) {
        double[] negative = Arrays.stream(b.values()).map(v -> -v).toArray();
        return RowSum.of(a, a.rows(), new RowBlock(b.rowStart(), b.columns(), negative), rows(a));
    }

    /** A matrix with zeros where only its transpose has entries; made by all ranks together. */
    static DistributedMatrix withPatternOf(DistributedMatrix matrix, DistributedMatrix transposed) {
        RowBlock own = matrix.block();
        RowBlock other = transposed.block();
        RowBlock zeros = new RowBlock(other.rowStart(), other.columns(), new double[other.values().length]);
        return DistributedMatrix.of(
                matrix.world(), matrix.rows(), matrix.columns(), RowSum.of(own, own.rows(), zeros, rows(own)));
    }

    private static int[] rows(RowBlock block) {
        int[] rows = new int[block.rows()];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    private static boolean isSame(RowBlock a, RowBlock b) {
        RowBlock difference = difference(a, b);
        for (int i = 0; i < a.rows(); i++) {
            double size = Math.max(largest(a, i), largest(b, i));
            if (largest(difference, i) > ROUNDING * size) {
                return false;
            }
        }
        return true;
    }

    private static double largest(RowBlock block, int row) {
        double largest = 0;
        for (int k = block.rowStart()[row]; k < block.rowStart()[row + 1]; k++) {
            largest = Math.max(largest, Math.abs(block.values()[k]));
        }
        return largest;
    }
}

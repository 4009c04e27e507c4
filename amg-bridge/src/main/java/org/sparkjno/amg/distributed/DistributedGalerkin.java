// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * The Galerkin product Pᵀ A P of distributed matrices: each rank fetches the rows of P of its ghosts, multiplies what it
 * has, and sends the rows of the product that belong to others to their owners.
 */
final class DistributedGalerkin {
    private DistributedGalerkin() {}

    /** The coarse operator; made by all ranks together. */
    static DistributedMatrix of(DistributedMatrix a, DistributedMatrix interpolation) {
        RowBlock own = interpolation.block();
        RowBlock fetched = RowExchange.ofGhosts(a.halo(), own);
        long[] coarse = LongStream.concat(LongStream.of(own.columns()), LongStream.of(fetched.columns()))
                .sorted()
                .distinct()
                .toArray();
        CsrMatrix product = a.stacked().times(compact(own, fetched, coarse));
        CsrMatrix parts = interpolation.stacked().transpose().times(product);
        RowBlock block = new RowBlock(
                parts.rowStart(),
                Arrays.stream(parts.columns()).mapToLong(j -> coarse[j]).toArray(),
                parts.values());
        return DistributedMatrix.of(
                a.world(),
                interpolation.columns(),
                interpolation.columns(),
                RowExchange.toOwners(interpolation.halo(), block));
    }

    /** Two blocks, one below the other, with their columns numbered by their place in a list. */
    private static CsrMatrix compact(RowBlock upper, RowBlock lower, long[] columns) {
        int[] rowStart = Arrays.copyOf(upper.rowStart(), upper.rows() + lower.rows() + 1);
        int entries = upper.columns().length;
        for (int i = 0; i <= lower.rows(); i++) {
            rowStart[upper.rows() + i] = entries + lower.rowStart()[i];
        }
        long[] numbers = LongStream.concat(LongStream.of(upper.columns()), LongStream.of(lower.columns()))
                .toArray();
        double[] values = concat(upper.values(), lower.values());
        for (int i = 0; i + 1 < rowStart.length; i++) {
            RowSum.merge(numbers, values, rowStart[i], rowStart[i + 1]);
        }
        return CsrMatrix.of(
                rowStart.length - 1,
                columns.length,
                rowStart,
                LongStream.of(numbers)
                        .mapToInt(j -> Arrays.binarySearch(columns, j))
                        .toArray(),
                values);
    }

    private static double[] concat(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.compiled;

import java.util.Arrays;
import org.sparkjno.kernels.device.cpu.NativeLibrary;

/**
 * The values of a triple product R A P whose pattern is known, in double precision. Rows of A P, which are more than those of
 * A, lie in a ring for as long as neighbouring rows need them. For one thread at a time.
 */
public final class TripleProduct {
    /** Numbers in the ring: several planes of a three-dimensional grid. */
    private static final long RING = 1 << 20;
    /** Rows per call, for which the garbage collector may have to wait. */
    private static final int CALL = 1 << 11;

    private final Object[] arrays;
    private final long[] numbers;
    private final Kernels kernels;

    /**
     * A product; matrices are scalar and in double precision.
     *
     * @param product its pattern, and the values to be filled in
     */
    public TripleProduct(
            BlockRows<double[]> restriction,
            BlockRows<double[]> matrix,
            BlockRows<double[]> interpolation,
            BlockRows<double[]> product) {
        kernels = Kernels.galerkin();
        int coarse = product.rows();
        long ring = RING;
        // A row of A P needs at most one place per coarse column, and one for each product of which it is a sum.
        while (ring < 2 * longest(matrix) * longest(interpolation) + 2) {
            ring *= 2;
        }
        long[] places = new long[matrix.rows() + coarse];
        Arrays.fill(places, -1);
        numbers = new long[] {0, 0, ring, 0, matrix.rows()};
        arrays = new Object[] {
            restriction.start(), restriction.columns(), restriction.values(),
            matrix.start(), matrix.columns(), matrix.values(),
            interpolation.start(), interpolation.columns(), interpolation.values(),
            product.start(), product.columns(), product.values(),
            places, new int[Math.toIntExact(ring)], new double[Math.toIntExact(ring)], new double[coarse]
        };
    }

    private static long longest(BlockRows<?> rows) {
        long longest = 0;
        for (int i = 0; i < rows.rows(); i++) {
            longest = Math.max(longest, rows.start()[i + 1] - rows.start()[i]);
        }
        return longest;
    }

    /** Fills in rows {@code from} to {@code to - 1}. */
    public void fill(int from, int to) {
        for (int begin = from; begin < to; begin += CALL) {
            numbers[0] = begin;
            numbers[1] = Math.min(to, begin + CALL);
            NativeLibrary.call(kernels.address("galerkin"), numbers, arrays);
        }
    }
}

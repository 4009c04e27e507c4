// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * A forward sweep that takes the residual of a row as soon as its neighbours are known, while its entries are still in the
 * cache: the matrix comes from memory once.
 */
abstract class ChunkedSweep implements HybridApplication.Sweep {
    private static final int ROWS = 128;

    private final Partition partition;
    private final int chunk;

    ChunkedSweep(Partition partition, int blockSize) {
        this.partition = partition;
        this.chunk = Math.max(1, ROWS / blockSize) * blockSize;
    }

    @Override
    public final void forward(int part, double[] b, double[] x, double[] r) {
        int to = partition.to(part);
        int known = partition.from(part);
        for (int from = known; from < to; from += chunk) {
            int end = Math.min(to, from + chunk);
            sweep(part, from, end, b, x);
            known = residual(known, end, x, r);
        }
    }

    /** Forwards through some rows. */
    abstract void sweep(int part, int from, int to, double[] b, double[] x);

    /**
     * Residuals of the uncoupled rows from row {@code from} until one needs an unknown that is not below {@code to}; returns
     * that row.
     */
    abstract int residual(int from, int to, double[] x, double[] r);
}

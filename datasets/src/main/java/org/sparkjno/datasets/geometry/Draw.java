// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;

/**
 * Draws points through a chart and keeps those in its region.
 *
 * @param chart where points go
 * @param chartDimensions coordinates of the unit cube that the chart maps
 * @param rowLength numbers that the chart puts per point
 */
record Draw(Chart chart, int chartDimensions, int rowLength) {
    /** So many trials without success mean that a region is empty. */
    private static final int FRUITLESS = 1 << 22;

    /** Exactly {@code count} rows. */
    double[] rows(int count, Sampler sampler, long seed) {
        for (long trials = count; ; ) {
            double[] kept = kept(sampler.unitCube(chartDimensions, (int) trials, seed));
            if (kept.length >= (long) count * rowLength) {
                return Arrays.copyOf(kept, count * rowLength);
            }
            trials = next(trials, kept.length / rowLength, count, 1.2);
        }
    }

    /** The midpoints of the coarsest regular grid of which at least {@code count} are kept. */
    double[] grid(int count, double[] extents) {
        for (long trials = count; ; ) {
            double[] kept = kept(RegularCells.covering(extents, (int) trials).midpoints());
            if (kept.length >= (long) count * rowLength) {
                return kept;
            }
            // Small steps, so that not many more are kept than asked for.
            int found = kept.length / rowLength;
            trials = 2 * found < count ? next(trials, found, count, 0.6) : trials + trials / 64 + 1;
        }
    }

    private static long next(long trials, int found, int count, double margin) {
        if (found == 0 && trials >= FRUITLESS || trials > Integer.MAX_VALUE / 64) {
            throw new IllegalStateException("Of " + trials + " points, " + found + " lie in the region where " + count
                    + " are wanted: it is empty or far smaller than what bounds it.");
        }
        return Math.max(2 * trials, found == 0 ? 64 : (long) (margin * trials * count / found));
    }

    private double[] kept(double[] units) {
        int trials = units.length / chartDimensions;
        double[] rows = new double[trials * rowLength];
        double[] unit = new double[chartDimensions];
        double[] row = new double[rowLength];
        int kept = 0;
        for (int i = 0; i < trials; i++) {
            System.arraycopy(units, i * chartDimensions, unit, 0, chartDimensions);
            if (chart.place(unit, row)) {
                System.arraycopy(row, 0, rows, kept++ * rowLength, rowLength);
            }
        }
        return Arrays.copyOf(rows, kept * rowLength);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import org.sparkjno.amg.parallel.Team;

/** The spectral radius of an operator that is only known by its products. */
final class SpectralRadius {
    /** More steps do not pay: a radius a few percent too small makes interpolation no worse. */
    private static final int STEPS = 3;
    /** Power steps approach the radius from below. */
    private static final double MARGIN = 1.1;

    private SpectralRadius() {}

    /** A product y = M x for some rows. */
    @FunctionalInterface
    interface Rows {
        void apply(double[] x, double[] y, int from, int to);
    }

    /**
     * Estimates it by power steps from a fixed vector, raised a little and never above a known bound.
     *
     * @param rows of the operator
     * @param columns at least as many; the vector stays zero in those beyond the rows
     * @param unit rows that belong together, a divisor of {@code rows}
     * @param bound of the radius, by row sums
     */
    static double estimate(int rows, int columns, int unit, Rows operator, double bound, Team team) {
        double[] x = new double[columns];
        double[] y = new double[columns];
        long state = 0x9E3779B97F4A7C15L;
        for (int i = 0; i < rows; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            y[i] = (state >> 11) * 0x1p-52;
        }
        double ratio = 0;
        double norm = norm(y);
        for (int step = 0; step < STEPS && norm > 0; step++) {
            double[] in = step % 2 == 0 ? y : x;
            double[] out = step % 2 == 0 ? x : y;
            team.forRows(rows / unit, (from, to) -> operator.apply(in, out, from * unit, to * unit));
            double next = norm(out);
            ratio = next / norm;
            norm = next;
        }
        double raised = MARGIN * ratio;
        return raised > 0 && raised < bound ? raised : bound;
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double value : v) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}

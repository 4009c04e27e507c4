// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import java.util.Arrays;

/** A histogram of errors in units of the last place, with the worst sample. */
final class RoundingErrors {
    private final Precision precision;
    private final long[] counts = new long[6];
    private double largest;
    private String worst = "none";

    RoundingErrors(Precision precision) {
        this.precision = precision;
    }

    /** Counts one value against the expected number, which may have more digits than the precision. */
    void add(double actual, double expected, double... arguments) {
        double error = error(actual, expected);
        counts[(int) Math.min(2 * error, counts.length - 1)]++;
        if (error > largest) {
            largest = error;
            worst = actual + " at " + Arrays.toString(arguments);
        }
    }

    double largest() {
        return largest;
    }

    @Override
    public String toString() {
        return "largest error " + largest + " units (" + worst + "), by half units " + Arrays.toString(counts);
    }

    /** Distance in units of the last place of the expected number. */
    private double error(double actual, double expected) {
        double rounded = precision == Precision.SINGLE ? (float) expected : expected;
        if (actual == rounded || (Double.isNaN(actual) && Double.isNaN(rounded))) {
            return precision == Precision.SINGLE && Double.isFinite(rounded)
                    ? Math.abs(actual - expected) / Math.ulp((float) rounded)
                    : 0;
        }
        double largest = precision == Precision.SINGLE ? Float.MAX_VALUE : Double.MAX_VALUE;
        if (Math.abs(rounded) >= largest && Math.abs(actual) >= largest) {
            return Math.signum(rounded) == Math.signum(actual) ? 1 : Double.POSITIVE_INFINITY;
        }
        if (!Double.isFinite(rounded) || !Double.isFinite(actual)) {
            return Double.POSITIVE_INFINITY;
        }
        double unit = precision == Precision.SINGLE ? Math.ulp((float) rounded) : Math.ulp(rounded);
        return Math.abs(actual - expected) / unit;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.Arrays;

/** Durations in milliseconds, sorted. */
record Timings(double[] sorted) {
    Timings {
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    double median() {
        return quantile(0.5);
    }

    double least() {
        return sorted[0];
    }

    /** Half the distance between the quartiles, relative to the median: what to expect of a repetition. */
    double spread() {
        return 0.5 * (quantile(0.75) - quantile(0.25)) / median();
    }

    private double quantile(double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}

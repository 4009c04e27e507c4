// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.Arrays;

/**
 * Durations in one unit.
 *
 * @param sorted at least one, in any order when given
 */
public record Timings(double[] sorted) {
    public Timings {
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    /** Half of them are shorter. */
    public double median() {
        return quantile(0.5);
    }

    /** The shortest, which a busy machine disturbs least. */
    public double least() {
        return sorted[0];
    }

    /** Half the distance between the quartiles, relative to the median: what to expect of a repetition. */
    public double spread() {
        return 0.5 * (quantile(0.75) - quantile(0.25)) / median();
    }

    private double quantile(double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}

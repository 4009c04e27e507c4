// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import java.io.Serializable;

/**
 * Count, mean and sum of squared deviations of a set of values; merges without cancellation.
 *
 * <p>Chan, Golub and LeVeque, "Algorithms for computing the sample variance", The American Statistician 37, 1983.
 * Floating-point merging depends on the order in its last bits, so whoever wants the same bits merges in a fixed order.
 *
 * @param count number of values
 * @param mean their mean, 0 for none
 * @param squares sum of (value − mean)²
 */
public record Moments(long count, double mean, double squares) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The moments of no values. */
    public static final Moments NONE = new Moments(0, 0, 0);

    /** The moments of an array, in two passes. */
    public static Moments of(double[] values) {
        if (values.length == 0) {
            return NONE;
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Moments(values.length, mean, squares);
    }

    /** The moments of both sets together. */
    public Moments merge(Moments other) {
        if (count == 0) {
            return other;
        }
        if (other.count == 0) {
            return this;
        }
        long total = count + other.count;
        double difference = other.mean - mean;
        double share = (double) other.count / total;
        return new Moments(
                total, mean + difference * share, squares + other.squares + difference * difference * count * share);
    }

    /** The unbiased standard deviation, 0 for fewer than two values. */
    public double deviation() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }
}

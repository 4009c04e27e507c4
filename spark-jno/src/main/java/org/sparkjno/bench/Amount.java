// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

/**
 * A quantity of work.
 *
 * @param quantity per repetition
 * @param unit of the quantity per second
 */
public record Amount(double quantity, String unit) {
    /** The quantity per second when a repetition takes so many milliseconds. */
    public double rate(double millis) {
        return quantity / (millis * 1e-3);
    }
}

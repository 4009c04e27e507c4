// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

/**
 * How the visits of a coarse level combine to one correction.
 *
 * @param <V> arrays of numbers
 */
@FunctionalInterface
interface Visits<V> {
    /**
     * Solves A x = b approximately, from x = 0.
     *
     * @param first the cycle of the first visit
     * @param second the cycle of the second visit
     */
    void run(Correction<V> first, Correction<V> second, V b, V x);
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

/**
 * A matrix at work on vectors of one kind.
 *
 * @param <V> arrays of numbers
 */
@FunctionalInterface
interface Product<V> {
    /**
     * y = base + factor A x.
     *
     * @param base null for zero; may be {@code y}
     */
    void combine(V base, double factor, V x, V y);
}

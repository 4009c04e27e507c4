// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

/**
 * An approximate inverse at work on vectors of one kind.
 *
 * @param <V> arrays of numbers
 */
@FunctionalInterface
interface Correction<V> {
    /** z = M⁻¹ r; r is only read. */
    void apply(V r, V z);
}

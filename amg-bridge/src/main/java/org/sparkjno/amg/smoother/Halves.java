// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * One use of a smoother, for one thread at a time; all vectors are (rows x width).
 *
 * @param <V> arrays of numbers
 */
public interface Halves<V> {
    /** From x = 0: one sweep on A x = b; x is overwritten by the iterate and r by its residual b - A x. */
    void before(V b, V x, V r);

    /** One adjoint sweep that improves x; r is scratch. */
    void after(V b, V x, V r);
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

/**
 * A smoother as machine code in some precision. Immutable, like the {@link Smoother} it was made of.
 *
 * @param <V> arrays of numbers
 */
public interface CompiledSmoother<V> {
    /**
     * A fresh application.
     *
     * @param width number of vectors it takes at once, row after row
     */
    Halves<V> begin(int width);

    /** Memory of what is stored beyond the matrix, in bytes. */
    long bytes();
}

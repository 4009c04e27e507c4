// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.format;

/**
 * Takes the entries of a file one by one, in any order; those of the same place are summed.
 *
 * @param <T> what becomes of them
 */
interface EntrySink<T> {
    /**
     * Takes an entry.
     *
     * @param imaginary 0 in real files
     * @throws IllegalArgumentException if it lies outside or is not finite
     */
    void add(int row, int column, double real, double imaginary);

    /** What was made of the entries. */
    T finish();

    /**
     * Begins when the size is known.
     *
     * @param <T> what becomes of the entries
     */
    interface Factory<T> {
        /**
         * Begins.
         *
         * @param entries how many to expect, only to reserve memory
         * @throws IllegalArgumentException if the size is beyond one machine
         */
        EntrySink<T> begin(int rows, int columns, long entries, boolean complex);
    }
}

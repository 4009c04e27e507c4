// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

/**
 * Consecutive places of an axis.
 *
 * @param from the first
 * @param to behind the last
 */
public record Rows(int from, int to) {
    /** All of an axis. */
    static Rows all(int extent) {
        return new Rows(0, extent);
    }

    /** How many they are. */
    public int length() {
        return to - from;
    }
}

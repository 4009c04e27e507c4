// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

/**
 * The cut of {@code length} elements into {@code parts} consecutive segments, one per rank, whose sizes differ by at most one.
 * Segments are empty where there are fewer elements than ranks.
 */
public record Segments(int length, int parts) {

    /** @throws IllegalArgumentException if the length is negative or there is no part */
    public Segments {
        if (length < 0 || parts < 1) {
            throw new IllegalArgumentException("Cannot cut " + length + " elements into " + parts
                    + " segments: give a length >= 0 and parts >= 1.");
        }
    }

    /** Index of the first element of a segment; {@code start(parts)} is the length. */
    public int start(int segment) {
        return (int) ((long) length * segment / parts);
    }

    /** Number of elements of a segment. */
    public int size(int segment) {
        return start(segment + 1) - start(segment);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

/**
 * Where a stored value lies.
 *
 * @param region whose memory
 * @param index which input or output; 0 otherwise
 * @param offset bytes from the start of that memory
 */
public record Slot(Region region, int index, long offset) {
    /** The kinds of memory that a compiled graph uses. */
    public enum Region {
        /** Scratch memory of the compiled graph. */
        ARENA,
        /** Tensors known at compile time. */
        CONSTANTS,
        /** Memory of an argument. */
        INPUT,
        /** Memory of a result. */
        OUTPUT
    }

    /** So many bytes further on. */
    public Slot plus(long bytes) {
        return new Slot(region, index, offset + bytes);
    }
}

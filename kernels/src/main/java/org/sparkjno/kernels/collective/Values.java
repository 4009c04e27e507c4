// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Numbers that a collective reduces in place: a view of a caller's buffer, heap or direct, of either byte order. */
public abstract sealed class Values extends Payload permits FloatValues, DoubleValues {

    /** Elements combined at a time: two arrays of them stay in the first-level cache. */
    static final int BLOCK = 2048;

    Values() {}

    /** The remaining elements of a buffer, whose position and limit stay as they are. */
    public static Values of(FloatBuffer buffer) {
        return new FloatValues(buffer.slice());
    }

    /** The remaining elements of a buffer, whose position and limit stay as they are. */
    public static Values of(DoubleBuffer buffer) {
        return new DoubleValues(buffer.slice());
    }

    /** Combines all remaining bytes of the wire buffer, as left operands, with the elements from {@code from} on. */
    abstract void combine(int from, ByteBuffer wire, Reduction reduction);
}

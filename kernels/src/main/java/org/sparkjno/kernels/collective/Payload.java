// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;

/** Elements in a caller's buffer, as the transports see them: copied to and from little-endian wire buffers. */
abstract sealed class Payload permits Octets, Values {

    /** Number of elements. */
    abstract int length();

    /** Bytes of one element. */
    abstract int width();

    /** Appends {@code count} elements, from element {@code from} on, to the wire buffer. */
    abstract void read(int from, int count, ByteBuffer wire);

    /** Stores all remaining bytes of the wire buffer from element {@code from} on. */
    abstract void write(int from, ByteBuffer wire);

    final long bytes() {
        return (long) length() * width();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;

/** Plain bytes. */
final class Octets extends Payload {
    private final ByteBuffer buffer;

    /** The remaining bytes of a buffer, whose position stays. */
    Octets(ByteBuffer buffer) {
        this.buffer = buffer.slice();
    }

    @Override
    int length() {
        return buffer.capacity();
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    void read(int from, int count, ByteBuffer wire) {
        wire.put(wire.position(), buffer, from, count);
        wire.position(wire.position() + count);
    }

    @Override
    void write(int from, ByteBuffer wire) {
        buffer.put(from, wire, wire.position(), wire.remaining());
        wire.position(wire.limit());
    }
}

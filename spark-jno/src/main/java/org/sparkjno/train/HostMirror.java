// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkjno.kernels.device.Buffer;

/** A device tensor that the host fills: in place where it can, through memory of its own where it cannot. */
final class HostMirror {
    final Buffer buffer;
    final ByteBuffer memory;
    private final boolean shared;

    HostMirror(Buffer buffer) {
        this.buffer = buffer;
        this.shared = buffer.host().isPresent();
        this.memory = buffer.host()
                .orElseGet(() ->
                        ByteBuffer.allocateDirect(Math.toIntExact(buffer.type().bytes())))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes the memory's content that of the tensor. */
    void commit() {
        if (!shared) {
            buffer.write(memory);
        }
    }

    /** Makes the tensor's content that of the memory. */
    void fetch() {
        if (!shared) {
            buffer.read(memory);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.graph.TensorType;

/** A tensor on the Java heap. */
final class ReferenceBuffer implements Buffer {
    private final TensorType type;
    private final ByteBuffer memory;

    ReferenceBuffer(TensorType type) {
        this.type = type;
        this.memory = ByteBuffer.allocate(Math.toIntExact(type.bytes()));
    }

    @Override
    public TensorType type() {
        return type;
    }

    private ByteBuffer bytes() {
        return memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void write(ByteBuffer source) {
        if (source.remaining() != type.bytes()) {
            throw new IllegalArgumentException("A buffer of type " + type + " takes " + type.bytes()
                    + " bytes, but got " + source.remaining() + ".");
        }
        bytes().put(source.duplicate());
    }

    @Override
    public void read(ByteBuffer target) {
        target.duplicate().put(bytes());
    }

    @Override
    public Optional<ByteBuffer> host() {
        return Optional.of(bytes());
    }

    @Override
    public void close() {}
}

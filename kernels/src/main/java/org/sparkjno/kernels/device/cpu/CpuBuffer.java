// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.graph.TensorType;

/** A tensor in off-heap memory. */
final class CpuBuffer implements Buffer {
    private final TensorType type;
    private final NativeMemory memory;

    CpuBuffer(TensorType type, NativeMemory memory) {
        this.type = type;
        this.memory = memory;
    }

    @Override
    public TensorType type() {
        return type;
    }

    long address() {
        return memory.address();
    }

    private ByteBuffer bytes() {
        return memory.view(0, type.bytes());
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
    public void close() {
        memory.close();
    }
}

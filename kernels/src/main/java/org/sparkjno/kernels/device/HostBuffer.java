// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.sparkjno.kernels.graph.TensorType;

/** A tensor in memory that the host addresses. */
public abstract class HostBuffer implements Buffer {
    private final TensorType type;

    protected HostBuffer(TensorType type) {
        this.type = type;
    }

    /** A fresh view of the memory: little-endian, from position 0 to the size of the tensor. */
    protected abstract ByteBuffer bytes();

    @Override
    public final TensorType type() {
        return type;
    }

    @Override
    public final void write(ByteBuffer source) {
        if (source.remaining() != type.bytes()) {
            throw new IllegalArgumentException("A buffer of type " + type + " takes " + type.bytes()
                    + " bytes, but got " + source.remaining() + ".");
        }
        bytes().put(source.duplicate());
    }

    @Override
    public final void read(ByteBuffer target) {
        target.duplicate().put(bytes());
    }

    @Override
    public final Optional<ByteBuffer> host() {
        return Optional.of(bytes());
    }
}

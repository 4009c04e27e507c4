// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkjno.kernels.device.HostBuffer;
import org.sparkjno.kernels.graph.TensorType;

/** A tensor on the Java heap. */
final class ReferenceBuffer extends HostBuffer {
    private final ByteBuffer memory;

    ReferenceBuffer(TensorType type) {
        super(type);
        this.memory = ByteBuffer.allocate(Math.toIntExact(type.bytes()));
    }

    @Override
    protected ByteBuffer bytes() {
        return memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {}
}

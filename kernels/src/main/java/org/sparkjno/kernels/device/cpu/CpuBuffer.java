// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import java.nio.ByteBuffer;
import org.sparkjno.kernels.device.HostBuffer;
import org.sparkjno.kernels.graph.TensorType;

/** A tensor in off-heap memory. */
final class CpuBuffer extends HostBuffer {
    private final NativeMemory memory;

    CpuBuffer(TensorType type, NativeMemory memory) {
        super(type);
        this.memory = memory;
    }

    long address() {
        return memory.address();
    }

    /** A part of the tensor, in bytes. */
    ByteBuffer view(long offset, long bytes) {
        return memory.view(offset, bytes);
    }

    @Override
    protected ByteBuffer bytes() {
        return view(0, type().bytes());
    }

    @Override
    public void close() {
        memory.close();
    }
}

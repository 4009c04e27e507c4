// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/** 64-bit values. */
final class DoubleValues extends Values {
    private final DoubleBuffer buffer;

    DoubleValues(DoubleBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    int length() {
        return buffer.capacity();
    }

    @Override
    int width() {
        return Double.BYTES;
    }

    @Override
    void read(int from, int count, ByteBuffer wire) {
        wire.asDoubleBuffer().put(0, buffer, from, count);
        wire.position(wire.position() + count * Double.BYTES);
    }

    @Override
    void write(int from, ByteBuffer wire) {
        buffer.put(from, wire.asDoubleBuffer(), 0, wire.remaining() / Double.BYTES);
        wire.position(wire.limit());
    }

    @Override
    void combine(int from, ByteBuffer wire, Reduction reduction) {
        DoubleBuffer arrived = wire.asDoubleBuffer();
        int count = arrived.remaining();
        double[] left = new double[Math.min(count, BLOCK)];
        double[] right = new double[left.length];
        // Through arrays, because the compiler vectorises loops over arrays but not over direct buffers.
        for (int done = 0; done < count; done += BLOCK) {
            int block = Math.min(BLOCK, count - done);
            arrived.get(done, left, 0, block);
            buffer.get(from + done, right, 0, block);
            reduction.combine(left, right, block);
            buffer.put(from + done, left, 0, block);
        }
        wire.position(wire.limit());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** 32-bit values. */
final class FloatValues extends Values {
    private final FloatBuffer buffer;

    FloatValues(FloatBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    int length() {
        return buffer.capacity();
    }

    @Override
    int width() {
        return Float.BYTES;
    }

    @Override
    void read(int from, int count, ByteBuffer wire) {
        wire.asFloatBuffer().put(0, buffer, from, count);
        wire.position(wire.position() + count * Float.BYTES);
    }

    @Override
    void write(int from, ByteBuffer wire) {
        buffer.put(from, wire.asFloatBuffer(), 0, wire.remaining() / Float.BYTES);
        wire.position(wire.limit());
    }

    @Override
    void combine(int from, ByteBuffer wire, Reduction reduction) {
        FloatBuffer arrived = wire.asFloatBuffer();
        int count = arrived.remaining();
        float[] left = new float[Math.min(count, BLOCK)];
        float[] right = new float[left.length];
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

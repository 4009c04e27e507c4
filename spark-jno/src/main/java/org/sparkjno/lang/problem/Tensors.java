// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.lang.feed.Numerals;

/** The tensors of a session by their slots, zero at first. */
final class Tensors implements AutoCloseable {
    private final Device device;
    private final Map<Slot, Buffer> buffers = new LinkedHashMap<>();

    Tensors(Device device) {
        this.device = device;
    }

    /** The tensor of a slot, which is made when it is first asked for. */
    Buffer of(Slot slot, TensorType type) {
        return buffers.computeIfAbsent(slot, key -> device.allocate(type));
    }

    /** The tensor of a slot that some graph has. */
    Buffer of(Slot slot) {
        return buffers.get(slot);
    }

    boolean has(Slot slot) {
        return buffers.containsKey(slot);
    }

    /** Those that there are. */
    List<Slot> slots() {
        return List.copyOf(buffers.keySet());
    }

    /** Gives the memory of a slot back. */
    void forget(Slot slot) {
        buffers.remove(slot).close();
    }

    /** The numbers of a floating tensor. */
    double[] read(Slot slot) {
        Buffer buffer = of(slot);
        ByteBuffer from = buffer.host().orElseGet(() -> {
            ByteBuffer copy = host(buffer);
            buffer.read(copy);
            return copy;
        });
        return Numerals.read(from, buffer.type().dtype());
    }

    /** Gives a floating tensor its numbers. */
    void write(Slot slot, double[] values) {
        Buffer buffer = of(slot);
        ByteBuffer to = buffer.host().orElseGet(() -> host(buffer));
        Numerals.write(values, to, buffer.type().dtype());
        if (buffer.host().isEmpty()) {
            buffer.write(to);
        }
    }

    /** Gives an i32[2] its bits. */
    void write(Slot slot, long bits) {
        of(slot).write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bits)
                .flip());
    }

    private static ByteBuffer host(Buffer buffer) {
        return ByteBuffer.allocateDirect(Math.toIntExact(buffer.type().bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        buffers.values().forEach(Buffer::close);
        buffers.clear();
    }
}

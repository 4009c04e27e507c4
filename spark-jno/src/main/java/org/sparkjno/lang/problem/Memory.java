// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayDeque;
import java.util.Deque;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.graph.TensorType;

/** Tensors and compiled functions that are closed together, last first. */
final class Memory implements AutoCloseable {
    private final Device device;
    private final Deque<Resource> owned = new ArrayDeque<>();

    /** Something whose closing throws nothing checked. */
    @FunctionalInterface
    interface Resource extends AutoCloseable {
        @Override
        void close();
    }

    Memory(Device device) {
        this.device = device;
    }

    Buffer allocate(TensorType type) {
        Buffer buffer = device.allocate(type);
        owned.push(buffer::close);
        return buffer;
    }

    void own(Resource closing) {
        owned.push(closing);
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}

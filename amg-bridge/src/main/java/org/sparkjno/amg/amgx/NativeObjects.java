// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import java.util.ArrayDeque;
import java.util.Deque;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/**
 * Objects of AmgX and memory that go together: closed in the reverse order of their creation, as AmgX demands, also where only
 * some of them could be made. For one thread.
 */
final class NativeObjects implements AutoCloseable {
    private final Bridge bridge;
    private final Deque<Runnable> ends = new ArrayDeque<>();

    NativeObjects(Bridge bridge) {
        this.bridge = bridge;
    }

    /** Creates an object that is destroyed with the others. */
    long create(NativeFunction create, NativeFunction destroy, long... arguments) {
        long handle = bridge.handle(create, arguments);
        ends.push(() -> bridge.call(destroy, handle));
        return handle;
    }

    /** The configuration of a text. */
    long configuration(AmgxParameters parameters) {
        try (NativeMemory text = Staging.of(parameters.text())) {
            return create(NativeFunction.AMGX_config_create, NativeFunction.AMGX_config_destroy, text.address());
        }
    }

    /** Memory that is freed with the objects. */
    NativeMemory own(NativeMemory memory) {
        ends.push(memory::close);
        return memory;
    }

    /**
     * Closes all, the rest too where one fails.
     *
     * @throws AmgxException the first failure
     */
    @Override
    public void close() {
        AmgxException first = null;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (AmgxException e) {
                // A device in an unknown state keeps what it has until the process ends.
                first = first == null && !bridge.isBroken() ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.feed.Feed;

/** A compiled graph, bound to the tensors of a session. */
final class Program implements AutoCloseable {
    private final StepGraph graph;
    private final Executable executable;
    private final Invocation invocation;
    private final Tensors tensors;
    private final List<Part> parts = new ArrayList<>();
    private boolean loaded;

    /** An input that holds data. */
    private record Part(Slot.Data data, Buffer buffer) {}

    /**
     * Compiles a graph.
     *
     * @param device whose collectives join the world of the session
     * @param tensors which it reads and overwrites
     */
    Program(Device device, Tensors tensors, StepGraph graph) {
        this.graph = graph;
        this.tensors = tensors;
        this.executable = device.compile(graph.graph(), graph.inPlace());
        List<Buffer> inputs = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            Slot slot = graph.inputs().get(i);
            Buffer buffer = tensors.of(slot, graph.graph().inputs().get(i).type());
            inputs.add(buffer);
            if (slot instanceof Slot.Data data) {
                parts.add(new Part(data, buffer));
            }
        }
        List<Buffer> outputs = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            outputs.add(tensors.of(
                    graph.outputs().get(i), graph.graph().outputs().get(i).type()));
        }
        try {
            this.invocation = executable.bind(inputs, outputs);
        } catch (RuntimeException e) {
            executable.close();
            throw e;
        }
    }

    StepGraph graph() {
        return graph;
    }

    /** Puts the data, and the key, of a part of a step, both counted from 0, where the graph reads them. */
    void load(long step, int number) {
        for (Part part : parts) {
            Feed feed = part.data().feed();
            if (!loaded || feed.varies(part.data().source())) {
                feed.load(part.data().source(), step, number, part.buffer());
            }
        }
        loaded = true;
        for (Slot slot : graph.inputs()) {
            if (slot instanceof Slot.Key key) {
                RandomStream noise = RandomStream.named(key.seed(), "noise");
                tensors.write(
                        slot,
                        number == 0
                                ? noise.bits(step)
                                : RandomStream.named(noise.bits(step), "part").bits(number));
            }
        }
    }

    /** Tells it that data are others now. */
    void reload() {
        loaded = false;
    }

    void run() {
        invocation.run();
    }

    @Override
    public void close() {
        invocation.close();
        executable.close();
    }
}

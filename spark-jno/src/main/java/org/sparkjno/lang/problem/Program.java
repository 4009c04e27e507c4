// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;

/** A compiled graph, bound to the tensors of a session. */
final class Program implements AutoCloseable {
    private final StepGraph graph;
    private final Executable executable;
    private final Invocation invocation;

    /**
     * Compiles a graph.
     *
     * @param device whose collectives join the world of the session
     * @param tensors which it reads and overwrites
     */
    Program(Device device, Tensors tensors, StepGraph graph) {
        this.graph = graph;
        this.executable = device.compile(graph.graph(), graph.inPlace());
        List<Buffer> inputs = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            inputs.add(tensors.of(
                    graph.inputs().get(i), graph.graph().inputs().get(i).type()));
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

    void run() {
        invocation.run();
    }

    @Override
    public void close() {
        invocation.close();
        executable.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;

/** Calls graphs as functions of literals, for tests. */
public final class Devices {
    private Devices() {}

    /** The outputs of a graph for these arguments, compiled and run once. */
    public static List<Literal> call(Device device, Graph graph, List<Literal> arguments) {
        List<Buffer> inputs = new ArrayList<>();
        List<Buffer> outputs = new ArrayList<>();
        try (Executable executable = device.compile(graph)) {
            for (Literal argument : arguments) {
                Buffer buffer = device.allocate(argument.type());
                buffer.write(argument);
                inputs.add(buffer);
            }
            graph.outputs().forEach(output -> outputs.add(device.allocate(output.type())));
            try (Invocation invocation = executable.bind(inputs, outputs)) {
                invocation.run();
            }
            return outputs.stream().map(Buffer::read).toList();
        } finally {
            inputs.forEach(Buffer::close);
            outputs.forEach(Buffer::close);
        }
    }
}

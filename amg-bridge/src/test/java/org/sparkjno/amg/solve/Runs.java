// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;

/** Calls graphs as functions of literals. */
final class Runs {
    private Runs() {}

    /** The outputs of a graph for these arguments, compiled and run once. */
    static List<Literal> call(Device device, Graph graph, List<Literal> arguments) {
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

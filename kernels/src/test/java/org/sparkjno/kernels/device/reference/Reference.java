// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;

/** Calls graphs as functions of literals on the reference device, for tests. */
public final class Reference {
    private Reference() {}

    /** The outputs of a graph for these arguments. */
    public static List<Literal> call(Graph graph, List<Literal> arguments) {
        try (ReferenceDevice device = new ReferenceDevice()) {
            List<Buffer> inputs = new ArrayList<>();
            for (Literal argument : arguments) {
                Buffer buffer = device.allocate(argument.type());
                buffer.write(argument);
                inputs.add(buffer);
            }
            List<Buffer> outputs = graph.outputs().stream()
                    .map(output -> device.allocate(output.type()))
                    .toList();
            device.compile(graph).bind(inputs, outputs).run();
            return outputs.stream().map(Buffer::read).toList();
        }
    }

    /** The outputs of a graph for these arguments. */
    public static List<Literal> call(Graph graph, Literal... arguments) {
        return call(graph, List.of(arguments));
    }
}

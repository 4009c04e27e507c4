// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import java.util.List;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Value;

/** What buffers must satisfy before a graph may run on them, on any device. */
public final class Binding {
    private Binding() {}

    /**
     * Checks buffers against a graph.
     *
     * @param memory the buffers of the device
     * @throws IllegalArgumentException naming the first input or output whose buffer does not fit
     */
    public static void check(
            Graph graph, InPlace inPlace, Class<? extends Buffer> memory, List<Buffer> inputs, List<Buffer> outputs) {
        check("input", graph.inputs(), memory, inputs);
        check("output", graph.outputs(), memory, outputs);
        inPlace.inputOfOutput().forEach((output, input) -> {
            if (outputs.get(output) != inputs.get(input)) {
                throw new IllegalArgumentException(
                        "Output " + output + " is computed in place of input " + input + " and needs the same buffer.");
            }
        });
    }

    private static void check(String what, List<Value> values, Class<? extends Buffer> memory, List<Buffer> buffers) {
        if (values.size() != buffers.size()) {
            throw new IllegalArgumentException(
                    "The graph has " + values.size() + " " + what + "s, but got " + buffers.size() + " buffers.");
        }
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).type().equals(buffers.get(i).type())) {
                throw new IllegalArgumentException("The buffer of " + what + " " + i + " needs type "
                        + values.get(i).type() + ", but is " + buffers.get(i).type() + ".");
            }
            if (!memory.isInstance(buffers.get(i))) {
                throw new IllegalArgumentException("The buffer of " + what + " " + i
                        + " belongs to another device; allocate it on the device that compiled the graph.");
            }
        }
    }
}

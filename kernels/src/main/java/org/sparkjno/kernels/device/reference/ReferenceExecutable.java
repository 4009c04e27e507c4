// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Binding;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Value;

/**
 * A graph as it stands.
 *
 * @param graph what to evaluate
 * @param inPlace which outputs share memory with inputs; all outputs are written after the last one is computed
 */
record ReferenceExecutable(Graph graph, InPlace inPlace) implements Executable {
    @Override
    public Invocation bind(List<Buffer> inputs, List<Buffer> outputs) {
        Binding.check(graph, inPlace, ReferenceBuffer.class, inputs, outputs);
        return new ReferenceInvocation(graph, List.copyOf(inputs), List.copyOf(outputs));
    }

    @Override
    public String explain() {
        return graph.print();
    }

    @Override
    public void close() {}

    private record ReferenceInvocation(Graph graph, List<Buffer> inputs, List<Buffer> outputs) implements Invocation {
        @Override
        public void run() {
            Map<Value, double[]> elements = new IdentityHashMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                elements.put(graph.inputs().get(i), inputs.get(i).read().toArray());
            }
            for (Value value : graph.order()) {
                if (!elements.containsKey(value)) {
                    List<double[]> operands =
                            value.operands().stream().map(elements::get).toList();
                    elements.put(value, Evaluation.of(value, operands));
                }
            }
            for (int i = 0; i < outputs.size(); i++) {
                Value output = graph.outputs().get(i);
                outputs.get(i).write(Literal.of(output.type(), elements.get(output)));
            }
        }

        @Override
        public void close() {}
    }
}

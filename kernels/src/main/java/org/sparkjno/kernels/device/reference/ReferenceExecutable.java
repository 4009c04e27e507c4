// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.List;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.device.Binding;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.explain.ArenaMap;
import org.sparkjno.kernels.explain.Explanation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.optimize.Stage;

/**
 * A graph as it stands.
 *
 * @param graph what to evaluate
 * @param inPlace which outputs share memory with inputs; all outputs are written after the last one is computed
 * @param world whose ranks the collectives of the graph join
 */
record ReferenceExecutable(Graph graph, InPlace inPlace, Collective world) implements Executable {
    @Override
    public Invocation bind(List<Buffer> inputs, List<Buffer> outputs) {
        Binding.check(graph, inPlace, ReferenceBuffer.class, inputs, outputs);
        return new ReferenceInvocation(graph, world, List.copyOf(inputs), List.copyOf(outputs));
    }

    @Override
    public Explanation explain(int runs) {
        return new Explanation(List.of(new Stage("tracing", graph)), List.of(), "", ArenaMap.EMPTY, 0);
    }

    @Override
    public void close() {}

    private record ReferenceInvocation(Graph graph, Collective world, List<Buffer> inputs, List<Buffer> outputs)
            implements Invocation {
        @Override
        public void run() {
            List<double[]> results = Interpreter.run(
                    graph, inputs.stream().map(input -> input.read().toArray()).toList(), world);
            for (int i = 0; i < outputs.size(); i++) {
                outputs.get(i).write(Literal.of(graph.outputs().get(i).type(), results.get(i)));
            }
        }

        @Override
        public void close() {}
    }
}

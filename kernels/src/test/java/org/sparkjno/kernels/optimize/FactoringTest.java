// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphVerifier;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

class FactoringTest {
    @Test
    void gradientsOfRandomGraphsStayEqual() {
        for (long seed = 0; seed < 150; seed++) {
            RandomGraphs.Sample sample = RandomGraphs.smooth(seed, 4 + (int) (seed % 20));
            List<Value> inputs = sample.graph().inputs();
            Value loss = sample.graph().outputs().get(0).square().sum();
            List<Value> outputs = new ArrayList<>(Derivatives.gradient(loss, inputs));
            Graph graph = Simplifier.simplify(Graph.of(inputs, outputs));
            Graph factored = GraphVerifier.verify("factoring", Factoring.factor(graph));
            List<Literal> expected = Reference.call(graph, sample.arguments());
            List<Literal> actual = Reference.call(factored, sample.arguments());
            for (int i = 0; i < expected.size(); i++) {
                double largest = 1;
                for (double element : expected.get(i).toArray()) {
                    largest = Math.max(largest, Math.abs(element));
                }
                assertThat(actual.get(i).toArray())
                        .containsExactly(expected.get(i).toArray(), within(1e-9 * largest));
            }
        }
    }

    /** x·Φ(x) has a derivative of two terms; the backward pass needs only their sum. */
    @Test
    void aBackwardPassKeepsOneDerivative() {
        TensorType type = new TensorType(DType.F64, Shape.of(64, 32));
        Value x = Value.input("x", type);
        Value weights = Value.input("w", new TensorType(DType.F64, Shape.of(32, 32)));
        Value z = x.contract("ni,io->no", weights);
        Value y =
                z.times(0.5).times(z.times(Math.sqrt(0.5)).apply(Primitive.ERF).plus(1));
        Value loss = y.contract("ni,io->no", weights).square().sum();
        Graph graph = Simplifier.simplify(Graph.of(List.of(x, weights), Derivatives.gradient(loss, x)));
        assertThat(kept(Factoring.factor(graph))).isLessThan(kept(graph));
    }

    /** How many values the kernels of a graph write. */
    private static long kept(Graph graph) {
        return new Lowering(graph, new ConstantPool(), 1)
                .kernels().stream().mapToLong(kernel -> kernel.writes().size()).sum();
    }
}

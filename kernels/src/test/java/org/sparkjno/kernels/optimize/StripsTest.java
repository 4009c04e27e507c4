// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphVerifier;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class StripsTest {
    private static List<Literal> random(Graph graph, long seed) {
        Random random = new Random(seed);
        List<Literal> arguments = new ArrayList<>();
        for (Value input : graph.inputs()) {
            double[] elements = new double[(int) input.shape().size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = random.nextGaussian();
            }
            arguments.add(Literal.of(input.type(), elements));
        }
        return arguments;
    }

    private static void agree(List<Literal> actual, List<Literal> expected, double tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            double largest = 1;
            for (double element : expected.get(i).toArray()) {
                largest = Math.max(largest, Math.abs(element));
            }
            assertThat(actual.get(i).toArray()).containsExactly(expected.get(i).toArray(), within(tolerance * largest));
        }
    }

    /** Loss and gradient of a small network over points, with a sum that every point needs afterwards. */
    private static Graph step(int points, boolean dependsOnTheMean) {
        Value x = Value.input("x", new TensorType(DType.F64, Shape.of(points, 2)));
        Value y = Value.input("y", new TensorType(DType.F64, Shape.of(points)));
        Value first = Value.input("first", new TensorType(DType.F64, Shape.of(2, 8)));
        Value bias = Value.input("bias", new TensorType(DType.F64, Shape.of(8)));
        Value last = Value.input("last", new TensorType(DType.F64, Shape.of(8)));
        Value hidden = x.contract("ni,io->no", first);
        hidden = hidden.plus(bias.broadcastTo(hidden.shape())).tanh();
        Value u = hidden.contract("no,o->n", last);
        if (dependsOnTheMean) {
            u = u.minus(u.mean());
        }
        Value loss = u.minus(y).square().mean();
        List<Value> outputs = new ArrayList<>(Derivatives.gradient(loss, first, bias, last));
        outputs.add(loss);
        outputs.add(u);
        return Graph.of(List.of(x, y, first, bias, last), outputs);
    }

    @Test
    void cuttingChangesNothing() {
        for (boolean mean : new boolean[] {false, true}) {
            Graph graph = step(24, mean);
            List<Literal> arguments = random(graph, 1);
            for (int rows : new int[] {1, 3, 8, 12}) {
                Graph cut = GraphVerifier.verify("cutting", Strips.cut(graph, strips -> rows));
                assertThat(cut.order().stream().filter(value -> value.op() instanceof LoopOp.Scan))
                        .hasSize(1);
                agree(Reference.call(cut, arguments), Reference.call(graph, arguments), 1e-13);
            }
        }
    }

    @Test
    void randomGraphsStayEqual() {
        for (long seed = 0; seed < 150; seed++) {
            RandomGraphs.Sample sample = RandomGraphs.smooth(seed, 4 + (int) (seed % 20));
            List<Value> inputs = sample.graph().inputs();
            Value loss = sample.graph().outputs().get(0).square().sum();
            List<Value> outputs = new ArrayList<>(Derivatives.gradient(loss, inputs));
            outputs.addAll(sample.graph().outputs());
            Graph graph = Simplifier.simplify(Graph.of(inputs, outputs));
            Graph cut = GraphVerifier.verify("cutting", Strips.cut(graph, strips -> 1));
            agree(Reference.call(cut, sample.arguments()), Reference.call(graph, sample.arguments()), 1e-9);
        }
    }

    @Test
    void threadsShareTheStrips() {
        Graph graph = step(6000, false);
        List<Literal> arguments = random(graph, 2);
        List<Literal> expected = Reference.call(graph, arguments);
        for (int threads : new int[] {1, 2, 3}) {
            try (Device device = CpuDevice.open(threads)) {
                List<Literal> first = Devices.call(device, graph, arguments);
                agree(first, expected, 1e-12);
                assertThat(Devices.call(device, graph, arguments)).isEqualTo(first);
            }
        }
    }

    @Test
    void threadsSplitElementwiseWork() {
        for (int size : new int[] {100_003, (8 << 20) + 77}) {
            Value x = Value.input("x", new TensorType(DType.F32, Shape.of(size)));
            Graph graph = Graph.of(List.of(x), List.of(x.times(2).tanh()));
            List<Literal> arguments = random(graph, 3);
            try (Device alone = CpuDevice.open();
                    Device together = CpuDevice.open(3)) {
                assertThat(Devices.call(together, graph, arguments)).isEqualTo(Devices.call(alone, graph, arguments));
            }
        }
    }
}

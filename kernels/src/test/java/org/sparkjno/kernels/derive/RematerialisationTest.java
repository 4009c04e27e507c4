// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;

class RematerialisationTest {
    private static final int DEPTH = 16;
    private static final int REGION = 4;

    private static Value layer(Value h, Value w) {
        return h.contract("ik,kj->ij", w).tanh();
    }

    /** A chain of layers, in regions of four. */
    private static Value chain(Value x, List<Value> w, boolean remat) {
        Value h = x;
        for (int i = 0; i < DEPTH; i += REGION) {
            List<Value> in = List.of(h);
            List<Value> weights = w.subList(i, i + REGION);
            h = remat
                    ? Rematerialisation.remat(v -> List.of(region(v.get(0), weights)), in)
                            .get(0)
                    : region(h, weights);
        }
        return h.square().mean();
    }

    private static Value region(Value h, List<Value> weights) {
        Value out = h;
        for (Value w : weights) {
            out = layer(out, w);
        }
        return out;
    }

    private static List<Value> weights(int width) {
        return Stream.generate(() -> Value.input("w", TensorType.f64(width, width)))
                .limit(DEPTH)
                .toList();
    }

    private static Graph step(boolean remat, int rows, int width) {
        Value x = Value.input("x", TensorType.f64(rows, width));
        List<Value> w = weights(width);
        Value loss = chain(x, w, remat);
        List<Value> outputs = new ArrayList<>(List.of(loss));
        outputs.addAll(Derivatives.gradient(loss, w));
        return Graph.of(Lists.concat(List.of(x), w), outputs);
    }

    private static List<Literal> point(Graph graph) {
        Random random = new Random(5);
        return graph.inputs().stream()
                .map(input -> Literal.of(
                        input.type(),
                        random.doubles(input.shape().size(), -0.5, 0.5).toArray()))
                .toList();
    }

    @Test
    void gradientsStayTheSame() {
        Graph plain = step(false, 5, 3);
        Graph again = step(true, 5, 3);
        List<Literal> expected = Reference.call(plain, point(plain));
        List<Literal> actual = Reference.call(again, point(again));
        try (Device cpu = CpuDevice.open()) {
            List<Literal> compiled = Devices.call(cpu, again, point(again));
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i).toArray())
                        .containsExactly(expected.get(i).toArray(), within(1e-15));
                assertThat(compiled.get(i).toArray())
                        .containsExactly(expected.get(i).toArray(), within(1e-13));
            }
        }
    }

    /** Whatever is computed, computing it again gives the same gradients, compiled or not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomRegions(long seed) {
        RandomGraphs.Sample sample = RandomGraphs.smooth(seed, 12);
        Graph region = sample.graph();
        List<Value> inputs = region.inputs();
        Value plain = region.outputs().get(0).square().sum();
        Value again =
                Rematerialisation.remat(region::call, inputs).get(0).square().sum();
        Graph expected = Graph.of(inputs, Derivatives.gradient(plain, inputs));
        Graph actual = Graph.of(inputs, Derivatives.gradient(again, inputs));
        List<Literal> numbers = Reference.call(expected, sample.arguments());
        try (Device cpu = CpuDevice.open()) {
            for (List<Literal> results : List.of(
                    Reference.call(actual, sample.arguments()), Devices.call(cpu, actual, sample.arguments()))) {
                for (int i = 0; i < numbers.size(); i++) {
                    assertThat(results.get(i).toArray())
                            .containsExactly(numbers.get(i).toArray(), within(1e-9));
                }
            }
        }
    }

    @Test
    void textKeepsBarriers() {
        Graph graph = step(true, 5, 3);
        Graph read = GraphParser.parse(graph.print());
        assertThat(read.print()).isEqualTo(graph.print()).contains(" = barrier ");
        assertThat(Reference.call(read, point(graph))).isEqualTo(Reference.call(graph, point(graph)));
    }

    @Test
    void allModesHold() {
        Value x = Value.input("x", TensorType.f64(2, 2));
        List<Value> w = weights(2);
        Graph graph = Graph.of(Lists.concat(List.of(x), w), List.of(chain(x, w, true)));
        DerivativeCheck.check(graph, point(graph), 3);
    }

    @Test
    void theArenaShrinks() {
        long plain = Schedule.of(step(false, 32, 256), Map.of()).arenaBytes();
        long again = Schedule.of(step(true, 32, 256), Map.of()).arenaBytes();
        // The plain step keeps one value per layer already; derivatives that follow from it are computed where read.
        assertThat(again).isLessThan(plain * 2 / 3);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Stage;

final class ExplanationTest {
    private static final int RUNS = 3;

    @Test
    void everyStageParsesBack() {
        try (Device device = CpuDevice.open()) {
            for (long seed = 0; seed < 10; seed++) {
                Graph graph = RandomGraphs.any(seed, 12, DType.F32).graph();
                List<Stage> stages = explain(device, graph, InPlace.NONE, 0).stages();

                assertThat(stages).hasSizeGreaterThan(3);
                assertThat(stages.get(0).graph()).isSameAs(graph);
                for (Stage stage : stages) {
                    String text = stage.graph().print();
                    assertThat(GraphParser.parse(text).print()).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void aProductMovesItsFactorsAndTheResultOnce() {
        Value a = Value.input("a", TensorType.f32(64, 32));
        Value b = Value.input("b", TensorType.f32(32, 48));
        Graph graph = Graph.of(List.of(a, b), List.of(a.contract("ik,kj->ij", b)));
        try (Device device = CpuDevice.open()) {
            Explanation explanation = explain(device, graph, InPlace.NONE, RUNS);

            assertThat(explanation.kernels()).hasSize(1);
            KernelFacts kernel = explanation.kernels().get(0);
            assertThat(kernel.cost().flops()).isEqualTo(2L * 64 * 32 * 48);
            assertThat(kernel.cost().bytesRead()).isEqualTo(4L * (64 * 32 + 32 * 48));
            assertThat(kernel.cost().bytesWritten()).isEqualTo(4L * 64 * 48);
            assertThat(kernel.reads()).containsExactlyInAnyOrder("%0", "%1");
            assertThat(kernel.micros()).isNotNegative();
            assertThat(kernel.text()).startsWith("void " + kernel.function() + "(");
        }
    }

    @Test
    void aLoopCountsEachOperationAtEachPoint() {
        Value x = Value.input("x", TensorType.f64(1000));
        Graph graph = Graph.of(List.of(x), List.of(x.times(2).tanh().plus(x)));
        try (Device device = CpuDevice.open()) {
            KernelFacts kernel =
                    explain(device, graph, InPlace.NONE, 0).kernels().get(0);

            assertThat(kernel.cost().flops()).isEqualTo(3000);
            assertThat(kernel.cost().bytesRead()).isEqualTo(8000);
            assertThat(kernel.micros()).isNaN();
        }
    }

    @Test
    void blocksOfTheArenaNeverOverlap() {
        try (Device device = CpuDevice.open()) {
            Explanation explanation = explain(device, descent(), new InPlace(Map.of(0, 0)), RUNS);
            ArenaMap arena = explanation.arena();

            requireNoOverlap(arena);
            assertThat(arena.kernels()).isEqualTo(explanation.kernels().size());
            String text = new ExplanationText(explanation).summary();
            assertThat(text).contains("kernels: " + arena.kernels(), "ratio: ");
        }
    }

    @Test
    void timingKernelsLeavesNumbersAlone() {
        Graph graph = descent();
        InPlace inPlace = new InPlace(Map.of(0, 0));
        try (Device device = CpuDevice.open();
                Executable executable = device.compile(graph, inPlace)) {
            List<Buffer> inputs = new ArrayList<>();
            for (Value input : graph.inputs()) {
                int size = (int) input.shape().size();
                Buffer buffer = device.allocate(input.type());
                buffer.write(Literal.of(
                        input.type(),
                        IntStream.range(0, size).mapToDouble(i -> Math.sin(i)).toArray()));
                inputs.add(buffer);
            }
            try (Invocation invocation = executable.bind(inputs, List.of(inputs.get(0)))) {
                invocation.run();
                Literal once = inputs.get(0).read();
                executable.explain(RUNS);
                assertThat(inputs.get(0).read()).isEqualTo(once);
            }
            inputs.forEach(Buffer::close);
        }
    }

    @Test
    void theReferenceDeviceHasOnlyTheGraph() {
        Graph graph = descent();
        try (Device device = new ReferenceDevice()) {
            Explanation explanation = explain(device, graph, InPlace.NONE, RUNS);

            assertThat(explanation.stages()).hasSize(1);
            assertThat(explanation.kernels()).isEmpty();
            assertThat(new ExplanationText(explanation).summary()).contains("kernels: 0");
        }
    }

    @Test
    void kernelsInLoopsCountAsOftenAsTheyRun() {
        try (Device device = CpuDevice.open()) {
            Explanation explanation = explain(device, descent(65536), InPlace.NONE, RUNS);

            assertThat(explanation.stages()).anyMatch(stage -> stage.name().equals("loop0 lowering"));
            assertThat(explanation.kernels())
                    .anySatisfy(kernel -> {
                        assertThat(kernel.runs()).isGreaterThan(1);
                        assertThat(kernel.writes()).anyMatch(value -> value.startsWith("loop0%"));
                    })
                    .allSatisfy(kernel -> assertThat(kernel.micros()).isNotNegative());
            assertThat(explanation.driver()).contains("loop0");
            long flops = explanation.kernels().stream()
                    .mapToLong(kernel -> kernel.cost().flops())
                    .sum();
            // Four products: two forward, and the gradients in the hidden values and in the weights.
            assertThat(flops).isGreaterThan(2L * 65536 * (2 * 12 * 16 + 2 * 16 * 8));
            requireNoOverlap(explanation.arena());
        }
    }

    @Test
    void threadsThatShareALoopHaveMemoryOfTheirOwn() {
        try (Device device = CpuDevice.open(2)) {
            Explanation explanation = explain(device, descent(65536), InPlace.NONE, RUNS);

            assertThat(explanation.arena().blocks())
                    .anyMatch(block -> block.value().endsWith("@1"));
            assertThat(explanation.kernels())
                    .allSatisfy(kernel -> assertThat(kernel.micros()).isNotNegative());
            requireNoOverlap(explanation.arena());
        }
    }

    private static Graph descent() {
        return descent(32);
    }

    /** A step of gradient descent on a network at so many points. */
    private static Graph descent(int points) {
        Value w = Value.input("w", TensorType.f32(12, 16));
        Value v = Value.input("v", TensorType.f32(16, 8));
        Value x = Value.input("x", TensorType.f32(points, 12));
        Value hidden = x.contract("pi,io->po", w).tanh();
        Value loss = hidden.contract("pi,io->po", v).square().mean();
        Value gradient = Derivatives.gradient(loss, List.of(w)).get(0);
        return Graph.of(List.of(w, v, x), List.of(w.minus(gradient.times(0.1))));
    }

    private static Explanation explain(Device device, Graph graph, InPlace inPlace, int runs) {
        try (Executable executable = device.compile(graph, inPlace)) {
            return executable.explain(runs);
        }
    }

    private static void requireNoOverlap(ArenaMap arena) {
        assertThat(arena.blocks()).isNotEmpty();
        assertThat(arena.ratio()).isGreaterThanOrEqualTo(1);
        for (ArenaMap.Block block : arena.blocks()) {
            assertThat(block.offset() + block.bytes()).isLessThanOrEqualTo(arena.bytes());
            assertThat(arena.blocks()).noneMatch(other -> !other.equals(block) && overlap(block, other));
        }
    }

    private static boolean overlap(ArenaMap.Block a, ArenaMap.Block b) {
        return a.first() <= b.last()
                && b.first() <= a.last()
                && a.offset() < b.offset() + b.bytes()
                && b.offset() < a.offset() + a.bytes();
    }
}

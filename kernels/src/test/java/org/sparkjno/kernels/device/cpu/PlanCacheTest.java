// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.kernels.collective.Alone;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.RandomGraphs;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.render.Registers;

class PlanCacheTest {
    private static final TensorType TYPE = TensorType.f64(5);

    @TempDir
    private Path directory;

    private KernelCache kernels;
    private Planner planner;

    @BeforeEach
    void openCache() {
        CacheDirectory shared = CacheDirectory.at(CacheDirectory.configured(System.getenv()));
        kernels = new KernelCache(CacheDirectory.at(directory), Toolchain.find(shared, System.getenv()));
        planner = new Planner(
                1, new Registers(kernels.target().vectorBits(), kernels.target().vectorRegisters()));
    }

    private PlanCache plans() {
        return plans("this code");
    }

    private PlanCache plans(String code) {
        return new PlanCache(kernels, planner, Optional.of(code));
    }

    /** x + c. */
    private static Graph graph(double... c) {
        Value x = Value.input("x", TYPE);
        return Graph.of(List.of(x), List.of(x.plus(Value.constant(Literal.of(TYPE, c)))));
    }

    private List<Path> files() throws IOException {
        Path folder = directory.resolve("plans");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aPlanIsReadAndNotMadeAgain() throws IOException {
        Plan made = plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        Path file = files().get(0);
        Files.delete(file);
        Plan marked = new Plan(made.library(), made.entries(), false, 12_345, made.constants(), List.of(), List.of());
        PlanFile.write(marked, List.of(), file);
        Plan read = plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        assertThat(read.arenaBytes()).isEqualTo(12_345);
        assertThat(read.library()).isEqualTo(made.library());
        assertThat(read.entries()).isEqualTo(made.entries());
        assertThat(read.constants()).isEqualTo(made.constants());
    }

    @Test
    void whateverDecidesThePlanIsPartOfItsName() throws IOException {
        plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        plans().plan(graph(1, 2, 3, 4, Math.nextUp(5)), InPlace.NONE);
        plans().plan(graph(0.0, 2, 3, 4, 5), InPlace.NONE);
        plans().plan(graph(-0.0, 2, 3, 4, 5), InPlace.NONE);
        plans().plan(graph(1, 2, 3, 4, 5), new InPlace(Map.of(0, 0)));
        plans("other code").plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        assertThat(files()).hasSize(6);
        plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        assertThat(files()).hasSize(6);
    }

    @Test
    void aDamagedPlanIsMadeAgain() throws IOException {
        plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int damage = 0; damage < whole.length; damage += 7) {
            byte[] damaged = whole.clone();
            damaged[damage] ^= 4;
            Files.write(file, damaged);
            plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        Files.write(file, new byte[0]);
        plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void aPlanWithoutItsLibraryIsMadeAgain() throws IOException {
        Path library = plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE).library();
        Files.delete(library);
        assertThat(plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE).library())
                .isEqualTo(library)
                .exists();
    }

    @Test
    void aDirectoryThatTakesNoPlansIsNoObstacle() throws IOException {
        Files.createFile(directory.resolve("plans"));
        assertThat(plans().plan(graph(1, 2, 3, 4, 5), InPlace.NONE).library()).exists();
    }

    /** A function in Java that adds a number to each of its five operands. */
    private record Shift(double by) implements HostFunction {
        @Override
        public String name() {
            return "shift";
        }

        @Override
        public List<TensorType> results(List<TensorType> operands) {
            return operands;
        }

        @Override
        public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
            for (int i = 0; i < 5; i++) {
                results.get(0).putDouble(8 * i, operands.get(0).getDouble(8 * i) + by);
            }
        }
    }

    /** The shifts one after the other. */
    private static RandomGraphs.Sample shifts(double... by) {
        Value x = Value.input("x", TYPE);
        Value result = x;
        for (double each : by) {
            result = HostOp.call(new Shift(each), result.times(2)).get(0);
        }
        return new RandomGraphs.Sample(Graph.of(List.of(x), List.of(result)), List.of(Literal.of(TYPE, 1, 2, 3, 4, 5)));
    }

    private List<Literal> planned(RandomGraphs.Sample sample) {
        return run(sample, plans().plan(sample.graph(), InPlace.NONE));
    }

    /** Their texts are alike. */
    @Test
    void functionsInJavaAreThoseOfTheGraphAtHand() throws IOException {
        assertThat(planned(shifts(1, 10))).containsExactly(Literal.of(TYPE, 16, 20, 24, 28, 32));
        assertThat(planned(shifts(2, 20))).containsExactly(Literal.of(TYPE, 28, 32, 36, 40, 44));
        assertThat(files()).hasSize(1);
        assertThat(planned(shifts(3, 3))).containsExactly(Literal.of(TYPE, 13, 17, 21, 25, 29));
        assertThat(planned(shifts(2, 20))).containsExactly(Literal.of(TYPE, 28, 32, 36, 40, 44));
        assertThat(files()).hasSize(2);
    }

    @Test
    void withoutAnIdentityOfTheCodeNothingIsKept() throws IOException {
        new PlanCache(kernels, planner, Optional.empty()).plan(graph(1, 2, 3, 4, 5), InPlace.NONE);
        assertThat(files()).isEmpty();
    }

    @Test
    void runsToTheSameBits() {
        for (long seed = 0; seed < 5; seed++) {
            RandomGraphs.Sample sample = RandomGraphs.any(seed, 20, TYPE.dtype());
            List<Literal> first = run(sample, plans().plan(sample.graph(), InPlace.NONE));
            List<Literal> second = run(sample, plans().plan(sample.graph(), InPlace.NONE));
            assertThat(second).isEqualTo(first);
        }
    }

    private List<Literal> run(RandomGraphs.Sample sample, Plan plan) {
        List<CpuBuffer> owned = new ArrayList<>();
        try (Executable executable = new CpuExecutable(sample.graph(), InPlace.NONE, planner, plan, new Alone())) {
            List<CpuBuffer> inputs = new ArrayList<>();
            for (Literal input : sample.arguments()) {
                CpuBuffer buffer = buffer(input.type(), owned);
                buffer.write(input);
                inputs.add(buffer);
            }
            List<CpuBuffer> outputs = sample.graph().outputs().stream()
                    .map(output -> buffer(output.type(), owned))
                    .toList();
            try (Invocation invocation = executable.bind(List.copyOf(inputs), List.copyOf(outputs))) {
                invocation.run();
            }
            return outputs.stream().map(CpuBuffer::read).toList();
        } finally {
            owned.forEach(CpuBuffer::close);
        }
    }

    private static CpuBuffer buffer(TensorType type, List<CpuBuffer> owned) {
        CpuBuffer buffer = new CpuBuffer(type, NativeMemory.allocate(Math.max(1, type.bytes())));
        owned.add(buffer);
        return buffer;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.Program;
import org.sparkjno.kernels.render.Registers;

/** Graphs whose operations span the ranks of a world, on the devices that run them. */
class CollectiveGraphTest {
    /** Devices under test. */
    enum Kind {
        REFERENCE,
        CPU;

        Device open() {
            return this == CPU ? CpuDevice.open() : new ReferenceDevice();
        }
    }

    static Stream<Arguments> worlds() {
        return Stream.of(Kind.values())
                .flatMap(kind -> IntStream.of(1, 2, 4)
                        .boxed()
                        .flatMap(ranks ->
                                Stream.of(DType.F32, DType.F64).map(dtype -> Arguments.of(kind, ranks, dtype))));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void ranksMakeValuesTogether(Kind kind, int ranks, DType dtype) {
        Value x = Value.input("x", new TensorType(dtype, Shape.of(4, 3)));
        Value ones = Value.full(new TensorType(dtype, Shape.of(2)), 1);
        Graph graph = Graph.of(
                List.of(x),
                List.of(
                        x.plus(1).allReduce(Reduction.SUM).times(2),
                        x.transpose(1, 0).allReduce(Reduction.MAX),
                        x.slice(0, 1, 3).allGather(ranks),
                        x.reduceScatter(ranks).plus(1),
                        ones.allReduce(Reduction.SUM),
                        x.sum().allReduce(Reduction.SUM),
                        Value.scalar(dtype, 3).allReduce(Reduction.SUM)));
        List<double[]> own = own(ranks, 12);
        List<List<Literal>> results = onAll(kind, ranks, graph, own);
        for (int rank = 0; rank < ranks; rank++) {
            List<Literal> result = results.get(rank);
            for (int i = 0; i < 12; i++) {
                int at = i;
                double sum = own.stream().mapToDouble(values -> values[at]).sum();
                double most =
                        own.stream().mapToDouble(values -> values[at]).max().orElseThrow();
                assertThat(result.get(0).get(i)).isEqualTo(2 * (sum + ranks), within(1e-5));
                assertThat(result.get(1).get(i % 3 * 4 + i / 3)).isEqualTo(most, within(1e-6));
                if (i / 3 / (4 / ranks) == rank) {
                    assertThat(result.get(3).get(i - rank * (12 / ranks))).isEqualTo(sum + 1, within(1e-5));
                }
            }
            for (int i = 0; i < 6 * ranks; i++) {
                assertThat(result.get(2).get(i)).isEqualTo(own.get(i / 6)[3 + i % 6], within(1e-6));
            }
            assertThat(result.get(4).toArray()).containsOnly(ranks);
            double total = own.stream().flatMapToDouble(Arrays::stream).sum();
            assertThat(result.get(5).get(0)).isEqualTo(total, within(1e-4));
            assertThat(result.get(6).get(0)).isEqualTo(3.0 * ranks);
            assertThat(result.get(0))
                    .as("the same bits on all ranks")
                    .isEqualTo(results.get(0).get(0));
        }
        assertThat(onAll(kind, ranks, graph, own))
                .as("the same bits in all runs")
                .isEqualTo(results);
    }

    /** Σ⟨v, J u⟩ = Σ⟨Jᵀ v, u⟩ over the ranks, for a function in which every collective stands. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void transposesAreAdjoint(int ranks) {
        TensorType type = new TensorType(DType.F64, Shape.of(4, 2));
        Value x = Value.input("x", type);
        Value y = mixture(x, ranks);
        Value u = Value.input("u", type);
        Value v = Value.input("v", y.type());
        Value moved = Derivatives.jvp(List.of(y), List.of(x), List.of(u)).get(0);
        Value pulled = Derivatives.vjp(List.of(y), List.of(x), List.of(v)).get(0);
        Graph graph = Graph.of(
                List.of(x, u, v),
                List.of(
                        moved.times(v).sum().allReduce(Reduction.SUM),
                        pulled.times(u).sum().allReduce(Reduction.SUM)));
        int size = (int) y.shape().size();
        for (Kind kind : Kind.values()) {
            List<List<Literal>> results = onAll(kind, ranks, graph, own(ranks, 16 + size));
            for (List<Literal> result : results) {
                assertThat(result.get(0).get(0)).isNotZero();
                assertThat(result.get(0).get(0)).isEqualTo(result.get(1).get(0), within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void tangentsAreLimitsOfDifferences(int ranks) {
        TensorType type = new TensorType(DType.F64, Shape.of(4, 2));
        Value x = Value.input("x", type);
        Value u = Value.input("u", type);
        double step = 1e-5;
        Value above = mixture(x.plus(u.times(step)), ranks);
        Value below = mixture(x.minus(u.times(step)), ranks);
        Value moved = Derivatives.jvp(List.of(mixture(x, ranks)), List.of(x), List.of(u))
                .get(0);
        Graph graph = Graph.of(List.of(x, u), List.of(moved, above.minus(below).times(0.5 / step)));
        for (List<Literal> result : onAll(Kind.REFERENCE, ranks, graph, own(ranks, 16))) {
            assertThat(result.get(0).toArray()).containsExactly(result.get(1).toArray(), within(1e-7));
        }
    }

    private static Value mixture(Value x, int ranks) {
        Value gathered = x.tanh().allGather(ranks);
        Value scattered = gathered.square().times(0.3).plus(gathered).reduceScatter(ranks);
        Value most = x.times(x).plus(x).allReduce(Reduction.MAX);
        return scattered
                .plus(x.exp().allReduce(Reduction.SUM))
                .times(most)
                .plus(x.reduceScatter(ranks).sum());
    }

    @Test
    void ranksThatAttainTheLargestShareItsDerivative() {
        Value x = Value.input("x", new TensorType(DType.F64, Shape.of(2)));
        Value largest = x.allReduce(Reduction.MAX).sum();
        Graph graph = Graph.of(List.of(x), Derivatives.gradient(largest, x));
        List<double[]> own =
                List.of(new double[] {3, 1}, new double[] {3, 2}, new double[] {0, 2}, new double[] {3, 2});
        List<List<Literal>> results = onAll(Kind.REFERENCE, 4, graph, own);
        // All four ranks put out the same sum, of which each attaining one gets its share.
        assertThat(results.stream().map(result -> result.get(0).get(0)))
                .containsExactly(4 / 3.0, 4 / 3.0, 0.0, 4 / 3.0);
        assertThat(results.stream().map(result -> result.get(0).get(1)))
                .containsExactly(0.0, 4 / 3.0, 4 / 3.0, 4 / 3.0);
    }

    /** Each rank holds a part of the samples; parameters are the same on all. */
    @ParameterizedTest
    @MethodSource("worlds")
    void theGradientOfASharedLossIsThatOfTheWhole(Kind kind, int ranks, DType dtype) {
        double[] samples = own(1, 24).get(0);
        double[] parameters = own(1, 6).get(0);
        Value w = Value.input("w", new TensorType(dtype, Shape.of(3, 2)));
        Literal start = Literal.of(w.type(), parameters);

        Value all = Value.input("x", new TensorType(dtype, Shape.of(8, 3)));
        Value whole = loss(all, w);
        Graph alone = Graph.of(
                List.of(w, all), List.of(whole, Derivatives.gradient(whole, w).get(0)));
        List<Literal> expected = Reference.call(alone, start, Literal.of(all.type(), samples));

        Value part = Value.input("x", new TensorType(dtype, Shape.of(8 / ranks, 3)));
        Value own = loss(part, w);
        Value gradient = Derivatives.gradient(own, w).get(0);
        Graph shared =
                Graph.of(List.of(w, part), List.of(own.allReduce(Reduction.SUM), gradient.allReduce(Reduction.SUM)));
        List<double[]> arguments = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            double[] slice = Arrays.copyOfRange(samples, rank * 24 / ranks, (rank + 1) * 24 / ranks);
            arguments.add(
                    Stream.of(parameters, slice).flatMapToDouble(Arrays::stream).toArray());
        }
        for (List<Literal> result : onAll(kind, ranks, shared, arguments)) {
            for (int i = 0; i < 2; i++) {
                assertThat(result.get(i).toArray())
                        .containsExactly(expected.get(i).toArray(), within(1e-4));
            }
        }
    }

    /** What does not fit the cache is computed in strips, between the collectives and not around them. */
    @Test
    void largeValuesAreSharedWhole() {
        Value x = Value.input("x", new TensorType(DType.F32, Shape.of(1 << 15, 8)));
        Value w = Value.input("w", new TensorType(DType.F32, Shape.of(8, 32)));
        Value all = x.square().allReduce(Reduction.SUM);
        Value wide = all.contract("ni,io->no", w).tanh();
        Graph graph = Graph.of(
                List.of(x, w),
                List.of(wide.allReduce(Reduction.MAX).plus(wide).sum(0).allReduce(Reduction.SUM)));
        List<double[]> own = own(2, (1 << 18) + 256);
        own.forEach(numbers -> System.arraycopy(own.get(0), 1 << 18, numbers, 1 << 18, 256));
        List<Literal> expected = onAll(Kind.REFERENCE, 2, graph, own).get(0);
        List<Literal> actual = onAll(Kind.CPU, 2, graph, own).get(1);
        assertThat(actual.get(0).toArray()).containsExactly(expected.get(0).toArray(), within(0.5));
    }

    /** Ranks with shares of different sizes: what is best computed first differs, the order of the collectives may not. */
    @Test
    void collectivesKeepTheirOrderWhateverTheShare() {
        List<List<Literal>> results;
        try (Crowd crowd = new Crowd(Crowd.Medium.MEMORY, 2, Crowd.PATIENT)) {
            results = crowd.all(world -> {
                int rows = world.rank() == 0 ? 1 : 40;
                Value x = Value.input("x", new TensorType(DType.F32, Shape.of(rows, 4)));
                Value large = x.tanh().sum(0);
                Value ones = Value.full(new TensorType(DType.F32, Shape.of(4)), rows);
                Value wide = large.allReduce(Reduction.SUM);
                Value count = ones.allReduce(Reduction.SUM);
                Value single = x.sum(0, 1).allReduce(Reduction.SUM);
                Value last = wide.div(count).sum(0).allReduce(Reduction.MAX);
                Graph graph = Graph.of(List.of(x), List.of(last, single, count, wide));
                double[] numbers = new double[rows * 4];
                Arrays.fill(numbers, 0.5);
                try (Device device = Kind.CPU.open()) {
                    return run(device.in(world), graph, numbers);
                }
            });
        }
        for (List<Literal> result : results) {
            assertThat(result.get(0).get(0)).isEqualTo(4 * Math.tanh(0.5), within(1e-5));
            assertThat(result.get(1).get(0)).isEqualTo(82, within(1e-4));
            assertThat(result.get(2).get(0)).isEqualTo(41);
            assertThat(result.get(3).get(0)).isEqualTo(41 * Math.tanh(0.5), within(1e-4));
        }
    }

    private static Value loss(Value x, Value w) {
        return x.contract("ni,io->no", w).tanh().square().sum();
    }

    @Test
    void graphsForOtherWorldsAreRefused() {
        Value x = Value.input("x", new TensorType(DType.F32, Shape.of(4)));
        Graph graph = Graph.of(List.of(x), List.of(x.allGather(3)));
        for (Kind kind : Kind.values()) {
            assertThatThrownBy(() -> run(kind.open(), graph, new double[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("all_gather over 3 ranks, but the world has 1");
        }
    }

    @Test
    void compiledLoopsDoNotStopForOtherRanks() {
        Value x = Value.input("x", new TensorType(DType.F32, Shape.of(4)));
        Recurrence.Outcome loop = Recurrence.scan(
                3,
                List.of(x),
                List.of(),
                (carries, slices) -> new Recurrence.Step(List.of(carries.get(0).allReduce(Reduction.SUM)), List.of()));
        Graph graph = Graph.of(List.of(x), loop.carries());
        assertThatThrownBy(() -> CpuDevice.open().compile(graph))
                .hasMessageContaining("take the collective out of the loop");
        for (List<Literal> result : onAll(Kind.REFERENCE, 2, graph, own(2, 4))) {
            assertThat(result.get(0).get(0))
                    .isEqualTo(4 * (own(2, 4).get(0)[0] + own(2, 4).get(1)[0]), within(1e-5));
        }
    }

    @Test
    void programsAreCutAtCollectivesAlone() {
        Value x = Value.input("x", new TensorType(DType.F32, Shape.of(4)));
        Value y = x.allReduce(Reduction.SUM).plus(1);
        assertThat(entries(x, x.tanh().sum())).hasSize(1);
        assertThat(entries(x, y)).hasSize(2);
        assertThat(entries(x, y.allReduce(Reduction.MAX))).hasSize(3);
    }

    private static List<String> entries(Value input, Value output) {
        Schedule schedule = Schedule.of(Graph.of(List.of(input), List.of(output)), Map.of());
        return new Program(schedule, new Registers(512, 32)).entries();
    }

    private static List<double[]> own(int ranks, int size) {
        SplittableRandom random = new SplittableRandom(3);
        return IntStream.range(0, ranks)
                .mapToObj(
                        rank -> random.doubles(size, -2, 2).map(x -> (float) x).toArray())
                .toList();
    }

    /** Results by rank; each rank's numbers are cut into its arguments. */
    private static List<List<Literal>> onAll(Kind kind, int ranks, Graph graph, List<double[]> own) {
        try (Crowd crowd = new Crowd(Crowd.Medium.MEMORY, ranks, Crowd.PATIENT)) {
            return crowd.all(world -> {
                try (Device device = kind.open()) {
                    return run(device.in(world), graph, own.get(world.rank()));
                }
            });
        }
    }

    private static List<Literal> run(Device device, Graph graph, double[] numbers) {
        List<Buffer> inputs = new ArrayList<>();
        List<Buffer> outputs = new ArrayList<>();
        try (Executable executable = device.compile(graph)) {
            int from = 0;
            for (Value input : graph.inputs()) {
                int to = from + (int) input.shape().size();
                Buffer buffer = device.allocate(input.type());
                buffer.write(Literal.of(input.type(), Arrays.copyOfRange(numbers, from, to)));
                inputs.add(buffer);
                from = to;
            }
            graph.outputs().forEach(output -> outputs.add(device.allocate(output.type())));
            try (Invocation invocation = executable.bind(inputs, outputs)) {
                invocation.run();
                invocation.run();
            }
            return outputs.stream().map(Buffer::read).toList();
        } finally {
            inputs.forEach(Buffer::close);
            outputs.forEach(Buffer::close);
        }
    }
}

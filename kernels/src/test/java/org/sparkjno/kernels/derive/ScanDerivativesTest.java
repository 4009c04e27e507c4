// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;

class ScanDerivativesTest {
    private final Value start = Value.input("start", TensorType.f64(2));
    private final Value rate = Value.input("rate", TensorType.f64());

    private static List<Literal> point(List<Value> inputs) {
        Random random = new Random(9);
        return inputs.stream()
                .map(input -> Literal.of(
                        input.type(),
                        random.doubles(input.shape().size(), 0.4, 1.1).toArray()))
                .toList();
    }

    /** A carry that moves at once, one that starts at rest, an integer counter, and a stacked output. */
    private Graph recurrence(int length, int every, boolean backwards) {
        Value forcing = Value.input("forcing", TensorType.f64(length, 2));
        List<Value> carries = List.of(start, Value.full(TensorType.f64(), 0), Value.scalar(DType.I32, 0));
        Recurrence.Body body = (c, s) -> {
            Value next = c.get(0).times(rate.tanh()).plus(s.get(0)).tanh();
            Value sum = c.get(1).plus(next.square().sum()).times(0.9);
            Value count = c.get(2).plus(1);
            Value output = next.times(c.get(0)).plus(count.cast(DType.F64));
            return new Recurrence.Step(List.of(next, sum, count), List.of(output));
        };
        Recurrence.Outcome run = backwards
                ? Recurrence.scanBackwards(length, carries, List.of(forcing), body)
                : Recurrence.scan(length, carries, List.of(forcing), body);
        if (every > 0) {
            run = run.checkpoint(every);
        }
        return Graph.of(
                List.of(start, rate, forcing),
                List.of(
                        run.carries().get(0),
                        run.carries().get(1),
                        run.stacked().get(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,false",
        "4,0,false",
        "7,0,false",
        "7,0,true",
        "7,1,false",
        "7,1,true",
        "6,2,true",
        "7,2,false",
        "7,3,true",
        "5,5,false",
        "5,9,true",
        "9,4,false",
        "9,4,true"
    })
    void allModesHold(int length, int every, boolean backwards) {
        Graph graph = recurrence(length, every, backwards);
        DerivativeCheck.check(graph, point(graph.inputs()), length);
    }

    @Test
    void anEmptyLoopHandsDerivativesOn() {
        Graph graph = recurrence(0, 0, false);
        DerivativeCheck.check(graph, point(graph.inputs()), 2);
    }

    /** The gradient of a loop keeps checkpoints, which move when it is differentiated again. */
    @ParameterizedTest
    @CsvSource({"4,1,false", "5,2,false", "5,2,true", "6,3,true", "3,5,false"})
    void gradientsHaveDerivativesInAllModes(int length, int every, boolean backwards) {
        Graph graph = gradient(recurrence(length, every, backwards));
        DerivativeCheck.check(graph, point(graph.inputs()), length);
    }

    private static List<Literal> compiled(Graph graph) {
        try (Device cpu = CpuDevice.open()) {
            List<Literal> point = point(graph.inputs());
            List<Literal> expected = Reference.call(graph, point);
            List<Literal> actual = Devices.call(cpu, GraphParser.parse(graph.print()), point);
            for (int i = 0; i < expected.size(); i++) {
                double[] numbers = expected.get(i).toArray();
                double scale = Arrays.stream(numbers).map(Math::abs).reduce(1, Math::max);
                assertThat(actual.get(i).toArray()).containsExactly(numbers, within(1e-13 * scale));
            }
            return actual;
        }
    }

    private static Graph gradient(Graph graph) {
        Value loss = graph.outputs().stream()
                .map(output -> output.square().sum())
                .reduce(Value::plus)
                .orElseThrow();
        List<Value> outputs = new ArrayList<>(List.of(loss));
        outputs.addAll(Derivatives.gradient(loss, graph.inputs()));
        return Graph.of(graph.inputs(), outputs);
    }

    @ParameterizedTest
    @CsvSource({"7,0,false", "7,1,true", "9,4,true", "8,4,false"})
    void gradientsCompile(int length, int every, boolean backwards) {
        Graph first = gradient(recurrence(length, every, backwards));
        compiled(first);
        Graph second = gradient(Graph.of(first.inputs(), first.outputs().subList(1, 3)));
        compiled(second);
    }

    @Test
    void loopsNest() {
        Value rows = Value.input("rows", TensorType.f64(3, 4));
        Recurrence.Outcome outer = Recurrence.scan(3, List.of(start.sum()), List.of(rows), (c, s) -> {
            Recurrence.Outcome inner = Recurrence.scan(
                    4,
                    c,
                    s,
                    (b, t) -> new Recurrence.Step(
                            List.of(b.get(0).times(rate).tanh().plus(t.get(0))), b));
            return new Recurrence.Step(
                    inner.carries(), List.of(inner.stacked().get(0).square().sum()));
        });
        Graph graph = Graph.of(
                List.of(start, rate, rows),
                List.of(outer.carries().get(0), outer.stacked().get(0)));
        DerivativeCheck.check(graph, point(graph.inputs()), 4);
        compiled(gradient(graph));
    }

    @Test
    void taylorModeGoesThroughLoops() {
        Graph graph = recurrence(4, 0, false);
        List<Coordinate> coordinates = List.of(Coordinate.of(start), Coordinate.of(rate));
        DifferentialOperator operator =
                DifferentialOperator.laplacian(0, 1).plus(DifferentialOperator.partial(0, 0, 1));
        List<Value> both = new ArrayList<>(TaylorMode.apply(List.of(operator), graph.outputs(), coordinates)
                .get(0));
        int count = both.size();
        for (Value output : graph.outputs()) {
            Value total = Value.full(output.type(), 0);
            for (int[] factors : new int[][] {{0, 0}, {1, 1}, {0, 0, 1}}) {
                Value derivative = output;
                for (int factor : factors) {
                    Coordinate c = coordinates.get(factor);
                    derivative = Derivatives.jvp(List.of(derivative), List.of(c.value()), List.of(c.direction()))
                            .get(0);
                }
                total = total.plus(derivative);
            }
            both.add(total);
        }
        List<Literal> results = Reference.call(Graph.of(graph.inputs(), both), point(graph.inputs()));
        for (int i = 0; i < count; i++) {
            assertThat(results.get(i).toArray())
                    .containsExactly(results.get(count + i).toArray(), within(1e-10));
        }
    }

    /** x ← a x, whose derivative in a is N a^(N−1) x₀. */
    private static Graph decay(int length) {
        Value x = Value.input("x", TensorType.f64());
        Value a = Value.input("a", TensorType.f64());
        Value last = Recurrence.scan(
                        length,
                        List.of(x),
                        List.of(),
                        (c, s) -> new Recurrence.Step(List.of(c.get(0).times(a)), List.of()))
                .carries()
                .get(0);
        List<Value> outputs = new ArrayList<>(List.of(last));
        outputs.addAll(Derivatives.gradient(last, x, a));
        return Graph.of(List.of(x, a), outputs);
    }

    @Test
    void memoryGrowsLikeTheSquareRoot() {
        long small = Schedule.of(decay(10_000), Map.of()).arenaBytes();
        long large = Schedule.of(decay(40_000), Map.of()).arenaBytes();
        assertThat((double) large / small).isBetween(1.5, 2.2);
    }

    @Test
    void aHundredThousandStepsHaveTheRightGradient() {
        int length = 100_000;
        double a = 1 - 1e-5;
        try (Device cpu = CpuDevice.open()) {
            List<Literal> results = Devices.call(
                    cpu, decay(length), List.of(Literal.scalar(DType.F64, 2), Literal.scalar(DType.F64, a)));
            double power = Math.pow(a, length);
            assertThat(results.get(0).get(0)).isCloseTo(2 * power, within(1e-10));
            assertThat(results.get(1).get(0)).isCloseTo(power, within(1e-10));
            assertThat(results.get(2).get(0)).isCloseTo(2 * length * power / a, within(1e-5));
        }
    }

    private static long loops(Graph graph) {
        return Schedule.of(graph, Map.of()).optimised().order().stream()
                .filter(value -> value.op() instanceof LoopOp.Scan)
                .count();
    }

    /** The loop whose value is used and the one whose checkpoints are kept, or whose tangents are carried, are one. */
    @Test
    void theForwardLoopRunsOnce() {
        assertThat(loops(decay(100))).isEqualTo(2);
        Graph graph = recurrence(9, 0, true);
        List<Value> directions = graph.inputs().stream()
                .map(input -> Value.input("d", input.type()))
                .toList();
        List<Value> outputs = new ArrayList<>(graph.outputs());
        outputs.addAll(Derivatives.jvp(graph.outputs(), graph.inputs(), directions));
        Graph forward = Graph.of(Lists.concat(graph.inputs(), directions), outputs);
        assertThat(loops(forward)).isEqualTo(1);
        compiled(forward);
        Graph first = gradient(graph);
        List<Value> both = Lists.concat(first.outputs(), Derivatives.jvp(first.outputs(), graph.inputs(), directions));
        Graph second = Graph.of(forward.inputs(), both);
        assertThat(loops(second)).isEqualTo(2);
        compiled(second);
    }
}

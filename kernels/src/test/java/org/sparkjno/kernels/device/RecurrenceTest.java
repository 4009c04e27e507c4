// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Loops on both devices against plain Java. */
class RecurrenceTest {
    private static final int LENGTH = 7;
    private static final TensorType PAIR = new TensorType(DType.F64, Shape.of(2));

    private final Value start = Value.input("start", PAIR);
    private final Value forcing = Value.input("forcing", new TensorType(DType.F64, Shape.of(LENGTH, 2)));
    private final Value rate = Value.input("rate", new TensorType(DType.F64, Shape.SCALAR));

    private static Literal pairs(int rows, double first) {
        double[] elements =
                IntStream.range(0, 2 * rows).mapToDouble(i -> first + 0.25 * i).toArray();
        return rows == 1
                ? Literal.of(PAIR, elements)
                : Literal.of(new TensorType(DType.F64, Shape.of(rows, 2)), elements);
    }

    private static List<Literal> everywhere(Graph graph, List<Literal> arguments) {
        Graph read = GraphParser.parse(graph.print());
        assertThat(read.print()).isEqualTo(graph.print());
        try (Device reference = new ReferenceDevice();
                Device cpu = CpuDevice.open();
                Device threads = CpuDevice.open(3)) {
            List<Literal> expected = Devices.call(reference, graph, arguments);
            for (Device device : List.of(cpu, threads)) {
                List<Literal> actual = Devices.call(device, read, arguments);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(actual.get(i).toArray())
                            .as("output %d on %s", i, device.name())
                            .containsExactly(expected.get(i).toArray(), within(1e-12));
                }
            }
            return expected;
        }
    }

    @Test
    void runningSumsThatAnIterationReadsAreInOrder() {
        Recurrence.Outcome run = Recurrence.scan(LENGTH, List.of(start), List.of(forcing), (carries, slices) -> {
            Value sum = carries.get(0).plus(slices.get(0));
            return new Recurrence.Step(List.of(sum), List.of(sum.times(2)));
        });
        Graph graph = Graph.of(
                List.of(start, forcing),
                List.of(run.carries().get(0), run.stacked().get(0)));
        everywhere(graph, List.of(pairs(1, 1), pairs(LENGTH, -1)));
    }

    private Graph recurrence(boolean backwards) {
        Recurrence.Body body = (carries, slices) -> {
            Value next = carries.get(0).times(rate.tanh()).plus(slices.get(0));
            return new Recurrence.Step(List.of(next), List.of(next.square()));
        };
        Recurrence.Outcome run = backwards
                ? Recurrence.scanBackwards(LENGTH, List.of(start), List.of(forcing), body)
                : Recurrence.scan(LENGTH, List.of(start), List.of(forcing), body);
        return Graph.of(
                List.of(start, forcing, rate),
                List.of(run.carries().get(0), run.stacked().get(0)));
    }

    private static void isRecurrence(Graph graph, boolean backwards) {
        Literal first = pairs(1, 1);
        Literal force = pairs(LENGTH, -1);
        List<Literal> results = everywhere(graph, List.of(first, force, Literal.scalar(DType.F64, 0.8)));
        double[] x = first.toArray();
        double[] squares = new double[2 * LENGTH];
        for (int step = 0; step < LENGTH; step++) {
            int t = backwards ? LENGTH - 1 - step : step;
            for (int k = 0; k < 2; k++) {
                x[k] = x[k] * Math.tanh(0.8) + force.get(2 * t + k);
                squares[2 * t + k] = x[k] * x[k];
            }
        }
        assertThat(results.get(0).toArray()).containsExactly(x, within(1e-12));
        assertThat(results.get(1).toArray()).containsExactly(squares, within(1e-12));
    }

    @Test
    void runsForwardsAndBackwards() {
        isRecurrence(recurrence(false), false);
        isRecurrence(recurrence(true), true);
    }

    @Test
    void exchangesCarries() {
        Value other = Value.input("other", PAIR);
        Recurrence.Outcome run = Recurrence.scan(
                3,
                List.of(start, other),
                List.of(),
                (carries, slices) -> new Recurrence.Step(List.of(carries.get(1), carries.get(0)), List.of()));
        List<Literal> results =
                everywhere(Graph.of(List.of(start, other), run.carries()), List.of(pairs(1, 1), pairs(1, 5)));
        assertThat(results).containsExactly(pairs(1, 5), pairs(1, 1));
    }

    @Test
    void nests() {
        Value rows = Value.input("rows", new TensorType(DType.F64, Shape.of(3, LENGTH, 2)));
        Recurrence.Outcome outer = Recurrence.scan(3, List.of(start), List.of(rows), (carries, slices) -> {
            Recurrence.Outcome inner = Recurrence.scan(
                    LENGTH,
                    carries,
                    slices,
                    (state, row) -> new Recurrence.Step(
                            List.of(state.get(0).plus(row.get(0).times(rate))), List.of()));
            return new Recurrence.Step(inner.carries(), inner.carries());
        });
        Graph graph = Graph.of(List.of(start, rows, rate), outer.stacked());
        Literal numbers = Literal.of(
                rows.type(), IntStream.range(0, 42).mapToDouble(i -> i * 0.5).toArray());
        List<Literal> results = everywhere(graph, List.of(pairs(1, 0), numbers, Literal.scalar(DType.F64, 2)));
        double[] x = pairs(1, 0).toArray();
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < LENGTH; j++) {
                x[0] += 2 * numbers.get((i * LENGTH + j) * 2);
                x[1] += 2 * numbers.get((i * LENGTH + j) * 2 + 1);
            }
            expected.addAll(List.of(x[0], x[1]));
        }
        assertThat(results.get(0).toArray())
                .containsExactly(expected.stream().mapToDouble(d -> d).toArray(), within(1e-12));
    }

    @Test
    void anEmptyLoopHandsItsCarriesOn() {
        Value none = Value.input("none", new TensorType(DType.F64, Shape.of(0, 2)));
        Recurrence.Outcome run = Recurrence.scan(
                0,
                List.of(start),
                List.of(none),
                (carries, slices) -> new Recurrence.Step(List.of(carries.get(0).plus(slices.get(0))), List.of()));
        List<Literal> results = everywhere(
                Graph.of(List.of(start, none), run.carries()), List.of(pairs(1, 1), Literal.of(none.type())));
        assertThat(results.get(0)).isEqualTo(pairs(1, 1));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Recurrence.Body widens =
                (carries, slices) -> new Recurrence.Step(List.of(Value.concat(0, List.of(start, start))), List.of());
        assertThatThrownBy(() -> Recurrence.scan(3, List.of(start), List.of(), widens))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("f64[4]")
                .hasMessageContaining("f64[2]");
        assertThatThrownBy(() -> Recurrence.scan(3, List.of(), List.of(forcing), widens))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("length 3")
                .hasMessageContaining("f64[7,2]");
    }
}

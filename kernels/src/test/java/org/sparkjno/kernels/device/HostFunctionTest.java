// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphParser;
import org.sparkjno.kernels.graph.HostFunction;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Schedule;
import org.sparkjno.kernels.render.CudaProgram;

/** Functions in Java that graphs call: values, how often, what is thrown, and that rules of one's own differentiate them. */
class HostFunctionTest {
    private static final TensorType VECTOR = TensorType.f64(3);

    /** Sines and cosines; refuses numbers beyond ten. */
    private static final class SineAndCosine implements HostFunction {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String name() {
            return "sine and cosine";
        }

        @Override
        public List<TensorType> results(List<TensorType> operands) {
            if (operands.size() != 1) {
                throw new ShapeException("sine and cosine are of one value, but got " + operands + ".");
            }
            return List.of(operands.get(0), operands.get(0));
        }

        @Override
        public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
            calls.incrementAndGet();
            while (operands.get(0).hasRemaining()) {
                double x = operands.get(0).getDouble();
                if (Math.abs(x) > 10) {
                    throw new TooFar(x);
                }
                results.get(0).putDouble(Math.sin(x));
                results.get(1).putDouble(Math.cos(x));
            }
        }
    }

    private static final class TooFar extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooFar(double x) {
            super("too far: " + x);
        }
    }

    private static Value sine(SineAndCosine function, Value x) {
        return CustomDerivatives.customJvp(
                        "sine",
                        List.of(x),
                        of -> HostOp.call(function, of.get(0)).subList(0, 1),
                        (at, y, dx) -> Arrays.asList(
                                dx.get(0) == null ? null : dx.get(0).times(cosine(function, at.get(0)))))
                .get(0);
    }

    private static Value cosine(SineAndCosine function, Value x) {
        return CustomDerivatives.customJvp(
                        "cosine",
                        List.of(x),
                        of -> HostOp.call(function, of.get(0)).subList(1, 2),
                        (at, y, dx) -> Arrays.asList(
                                dx.get(0) == null
                                        ? null
                                        : dx.get(0)
                                                .times(sine(function, at.get(0)).negate())))
                .get(0);
    }

    @Test
    void givesItsResultsToWhatUsesThem() {
        Value x = Value.input("x", TensorType.f64(2, 3));
        SineAndCosine function = new SineAndCosine();
        List<Value> both = HostOp.call(function, x.transpose(1, 0).times(0.5));
        Value together = both.get(0).square().plus(both.get(1).square());
        Value ofConstants = HostOp.call(function, Value.full(VECTOR, 0.25)).get(1);

        List<Literal> values = EveryDevice.call(
                Graph.of(List.of(x), List.of(both.get(1), together.sum(), ofConstants)),
                Literal.of(x.type(), 1, 2, 3, 4, 5, 6));

        assertThat(values.get(0).toArray())
                .containsExactly(Math.cos(0.5), Math.cos(2), Math.cos(1), Math.cos(2.5), Math.cos(1.5), Math.cos(3));
        assertThat(values.get(1).get(0)).isCloseTo(6, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(values.get(2).toArray()).containsOnly(Math.cos(0.25));
    }

    @Test
    void equalCallsAreOneAndUnusedOnesNone() {
        Value x = Value.input("x", VECTOR);
        SineAndCosine function = new SineAndCosine();
        Value twice = HostOp.call(function, x.plus(1))
                .get(0)
                .times(HostOp.call(function, x.plus(1)).get(1));
        HostOp.call(function, x.plus(2));

        try (Device device = CpuDevice.open()) {
            Devices.call(device, Graph.of(List.of(x), List.of(twice)), List.of(Literal.of(VECTOR, 1, 2, 3)));
        }

        assertThat(function.calls).hasValue(1);
    }

    private static Value iterated(SineAndCosine function, Value x, int length) {
        return Recurrence.scan(length, List.of(x), List.of(), (carries, slices) -> {
                    Value y = sine(function, carries.get(0)).plus(carries.get(0).times(0.5));
                    return new Recurrence.Step(List.of(y), List.of(y));
                })
                .checkpoint(3)
                .stacked()
                .get(0);
    }

    @Test
    void runsOncePerIterationOfALoop() {
        Value x = Value.input("x", VECTOR);
        SineAndCosine function = new SineAndCosine();
        Value all = Recurrence.scan(7, List.of(x), List.of(), (carries, slices) -> {
                    Value y = HostOp.call(function, carries.get(0)).get(0);
                    return new Recurrence.Step(List.of(y), List.of(y));
                })
                .stacked()
                .get(0);

        try (Device device = CpuDevice.open()) {
            Literal values = Devices.call(
                            device, Graph.of(List.of(x), List.of(all)), List.of(Literal.of(VECTOR, 1, 2, 3)))
                    .get(0);
            double y = 3;
            for (int t = 0; t < 7; t++) {
                y = Math.sin(y);
                assertThat(values.get(3 * t + 2)).isEqualTo(y);
            }
        }

        assertThat(function.calls).hasValue(7);
    }

    @Test
    void rulesDifferentiateItInLoopsForwardsBackwardsAndTwice() {
        SineAndCosine function = new SineAndCosine();
        Value x = Value.input("x", VECTOR);
        Value v = Value.input("v", VECTOR);
        Value loss = iterated(function, x, 10).sum();
        Value gradient = Derivatives.gradient(loss, x).get(0);
        Value forward = Derivatives.jvp(List.of(loss), List.of(x), List.of(v)).get(0);
        Value second =
                Derivatives.jvp(List.of(gradient), List.of(x), List.of(v)).get(0);
        Graph graph = Graph.of(List.of(x, v), List.of(loss, gradient, forward, second));
        double[] at = {0.3, -0.7, 1.1};
        double[] along = {1, 2, -1};

        List<Literal> values = EveryDevice.call(graph, Literal.of(VECTOR, at), Literal.of(VECTOR, along));

        double[][] expected = new double[3][3];
        for (int i = 0; i < 3; i++) {
            double y = at[i];
            double dy = 1;
            double ddy = 0;
            for (int t = 0; t < 10; t++) {
                double slope = Math.cos(y) + 0.5;
                ddy = slope * ddy - Math.sin(y) * dy * dy;
                dy = slope * dy;
                y = Math.sin(y) + 0.5 * y;
                expected[0][i] += y;
                expected[1][i] += dy;
                expected[2][i] += ddy;
            }
            expected[2][i] *= along[i];
        }
        assertThat(values.get(0).get(0)).isCloseTo(Arrays.stream(expected[0]).sum(), within());
        assertThat(values.get(1).toArray()).usingComparatorWithPrecision(1e-10).containsExactly(expected[1]);
        assertThat(values.get(3).toArray()).usingComparatorWithPrecision(1e-10).containsExactly(expected[2]);
        double directional = 0;
        for (int i = 0; i < 3; i++) {
            directional += expected[1][i] * along[i];
        }
        assertThat(values.get(2).get(0)).isCloseTo(directional, within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-10);
    }

    @Test
    void threadsThatShareTheWorkLeaveItToTheFirst() {
        SineAndCosine function = new SineAndCosine();
        int rows = 4096;
        Value x = Value.input("x", TensorType.f64(rows, 64));
        Value zero = Value.full(TensorType.f64(64), 0);
        Value y = HostOp.call(function, x.times(2)).get(0).times(x).exp();
        Value sum = Recurrence.scan(rows, List.of(zero), List.of(y), (carries, slices) -> {
                    Value row = HostOp.call(function, slices.get(0)).get(1);
                    return new Recurrence.Step(List.of(carries.get(0).plus(row)), List.of());
                })
                .carries()
                .get(0);
        Graph graph = Graph.of(List.of(x), List.of(y.sum(), sum));
        double[] numbers = new double[rows * 64];
        Arrays.setAll(numbers, i -> Math.sin(i));
        List<Literal> arguments = List.of(Literal.of(x.type(), numbers));

        try (Device one = CpuDevice.open();
                Device two = CpuDevice.open(2)) {
            List<Literal> expected = Devices.call(one, graph, arguments);
            List<Literal> actual = Devices.call(two, graph, arguments);
            for (int i = 0; i < 2; i++) {
                assertThat(actual.get(i).toArray())
                        .usingComparatorWithPrecision(1e-8)
                        .containsExactly(expected.get(i).toArray());
            }
        }
    }

    @Test
    void whatItThrowsReachesTheCallerAndTheExecutableGoesOn() {
        SineAndCosine function = new SineAndCosine();
        Value x = Value.input("x", VECTOR);
        Value grown = Recurrence.scan(5, List.of(x), List.of(), (carries, slices) -> {
                    Value y = Recurrence.scan(2, List.of(carries.get(0)), List.of(), (inner, none) -> {
                                Value z = HostOp.call(function, inner.get(0)).get(0);
                                return new Recurrence.Step(
                                        List.of(z.plus(inner.get(0).times(2))), List.of());
                            })
                            .carries()
                            .get(0);
                    return new Recurrence.Step(List.of(y), List.of());
                })
                .carries()
                .get(0);
        Graph graph = Graph.of(
                List.of(x), List.of(HostOp.call(function, grown.times(1e-3)).get(0)));
        for (Device device : List.of(new ReferenceDevice(), CpuDevice.open(), CpuDevice.open(2))) {
            try (device;
                    Executable executable = device.compile(graph);
                    Buffer input = device.allocate(VECTOR);
                    Buffer output = device.allocate(VECTOR);
                    Invocation invocation = executable.bind(List.of(input), List.of(output))) {
                input.write(Literal.of(VECTOR, 0, 3, 0));
                function.calls.set(0);
                assertThatThrownBy(invocation::run).isInstanceOf(TooFar.class).hasMessageStartingWith("too far: 1");
                assertThat(function.calls).hasValueLessThan(5);
                input.write(Literal.of(VECTOR, 0, 1e-5, 0));
                invocation.run();
                assertThat(function.calls).hasValueGreaterThan(11);
                assertThat(output.read().get(1)).isBetween(1e-8 * Math.pow(2.99, 10), 1e-8 * Math.pow(3, 10));
            }
        }
    }

    @Test
    void invocationsRunSideBySide() throws Exception {
        SineAndCosine function = new SineAndCosine();
        Value x = Value.input("x", VECTOR);
        Graph graph = Graph.of(List.of(x), List.of(iterated(function, x, 50)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Device device = CpuDevice.open();
                Executable executable = device.compile(graph)) {
            List<Future<Double>> ends = new ArrayList<>();
            for (int k = 0; k < 4; k++) {
                double start = k;
                ends.add(threads.submit(() -> last(device, executable, start)));
            }
            for (int k = 0; k < 4; k++) {
                double y = k;
                for (int t = 0; t < 50; t++) {
                    y = Math.sin(y) + 0.5 * y;
                }
                assertThat(ends.get(k).get()).isEqualTo(y);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static double last(Device device, Executable executable, double start) {
        try (Buffer input = device.allocate(VECTOR);
                Buffer output = device.allocate(TensorType.f64(50, 3));
                Invocation invocation = executable.bind(List.of(input), List.of(output))) {
            input.write(Literal.of(VECTOR, start, start, start));
            for (int run = 0; run < 200; run++) {
                invocation.run();
            }
            return output.read().get(149);
        }
    }

    /** A function may itself run a graph that calls functions. */
    @Test
    void callsNest() {
        SineAndCosine function = new SineAndCosine();
        Value x = Value.input("x", VECTOR);
        Graph inner = Graph.of(List.of(x), HostOp.call(function, x));
        HostFunction nested = new HostFunction() {
            @Override
            public String name() {
                return "nested";
            }

            @Override
            public List<TensorType> results(List<TensorType> operands) {
                return operands;
            }

            @Override
            public void run(List<ByteBuffer> operands, List<ByteBuffer> results) {
                double[] numbers = new double[3];
                operands.get(0).asDoubleBuffer().get(numbers);
                try (Device device = CpuDevice.open()) {
                    Literal sines = Devices.call(device, inner, List.of(Literal.of(VECTOR, numbers)))
                            .get(0);
                    results.get(0).asDoubleBuffer().put(sines.toArray());
                }
            }
        };
        Value y = HostOp.call(function, HostOp.call(nested, x).get(0)).get(0);

        Literal values = EveryDevice.call(Graph.of(List.of(x), List.of(y)), Literal.of(VECTOR, 1, 2, 3))
                .get(0);

        assertThat(values.get(2)).isEqualTo(Math.sin(Math.sin(3)));
    }

    @Test
    void refusals() {
        SineAndCosine function = new SineAndCosine();
        Value x = Value.input("x", VECTOR);
        Value y = HostOp.call(function, x).get(0);
        String none = "The host function 'sine and cosine' has no derivative of its own; wrap its call in"
                + " CustomDerivatives.customJvp or customVjp, or solve a linear system by LinearSolve.";
        assertThatThrownBy(() -> HostOp.call(function, x, x)).hasMessageContaining("sine and cosine are of one value");
        assertThatThrownBy(() -> Derivatives.gradient(y.sum(), x)).hasMessage(none);
        assertThatThrownBy(() -> Derivatives.jvp(List.of(y), List.of(x), List.of(x)))
                .hasMessage(none);
        Value notTransposable = CustomDerivatives.customJvp(
                        "half",
                        List.of(x),
                        of -> of,
                        (at, of, dx) -> HostOp.call(function, dx.get(0)).subList(0, 1))
                .get(0);
        assertThatThrownBy(() -> Derivatives.gradient(notTransposable.reduce(Reduction.SUM), x))
                .hasMessage(none);
        Graph graph = Graph.of(List.of(x), List.of(y));
        assertThat(graph.print()).contains("host %0 \"sine and cosine\" results=2");
        assertThatThrownBy(() -> GraphParser.parse(graph.print()))
                .hasMessageContaining("the host function 'sine and cosine' is written in Java");
        assertThatThrownBy(() -> new CudaProgram(Schedule.whole(graph, java.util.Map.of())))
                .hasMessageContaining(
                        "cannot call the host function 'sine and cosine'; run the graph on the CPU device.");
    }

    @Test
    void isExplainedWithoutBeingCalled() {
        SineAndCosine function = new SineAndCosine();
        Value x = Value.input("x", VECTOR);
        Graph graph = Graph.of(
                List.of(x),
                List.of(iterated(function, x, 4), HostOp.call(function, x).get(1)));
        try (Device device = CpuDevice.open();
                Executable executable = device.compile(graph)) {
            assertThat(executable.explain(1).kernels())
                    .filteredOn(kernel -> kernel.function().equals("host"))
                    .hasSize(2);
        }
        assertThat(function.calls).hasValue(0);
    }
}

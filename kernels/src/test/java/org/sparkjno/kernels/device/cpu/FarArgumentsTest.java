// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Sines and cosines of arguments for which a kernel runs twice, wherever they may stand in one. */
class FarArgumentsTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 50;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void kernelsOfAllKindsRepeat(DType dtype) {
        TensorType type = new TensorType(dtype, Shape.of(ROWS, COLUMNS));
        Value x = Value.input("x", type);
        Value identity = Value.input("identity", new TensorType(dtype, Shape.of(COLUMNS, COLUMNS)));
        Value sine = x.apply(Primitive.SIN);
        Value cosine = x.apply(Primitive.COS);
        Value product = x.contract("ij,jk->ik", identity);
        Graph graph = Graph.of(
                List.of(x, identity),
                List.of(
                        sine.plus(cosine),
                        sine.sum(0),
                        cosine.sum(1),
                        cosine.sum(),
                        product.apply(Primitive.SIN).plus(1),
                        sine.times(x)));
        for (boolean far : new boolean[] {false, true}) {
            List<Literal> arguments = List.of(arguments(type, far), identity(dtype));
            List<Literal> expected = Reference.call(graph, arguments);
            List<Literal> actual = run(graph, arguments);
            for (int i = 0; i < expected.size(); i++) {
                double scale = i == 5 && far ? 1e30 : 1e3;
                double tolerance = scale * (dtype == DType.F32 ? 1e-7 : 1e-15);
                assertThat(actual.get(i).toArray())
                        .as("output %d", i)
                        .containsExactly(expected.get(i).toArray(), within(tolerance));
            }
        }
    }

    /** Arrays so long that the kernel sweeps them in strips, the last of which is short. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void longArraysToo(DType dtype) {
        TensorType type = new TensorType(dtype, Shape.of((1 << 20) + 37));
        Value x = Value.input("x", type);
        Value y = Value.input("y", type);
        Graph graph = Graph.of(
                List.of(x, y),
                List.of(y.plus(x.apply(Primitive.COS)), y.times(2).apply(Primitive.COS)));
        Literal argument = arguments(type, true);
        List<Literal> results = run(graph, List.of(argument, argument));
        double tolerance = dtype == DType.F32 ? 2e-7 : 1e-15;
        for (int i = 0; i < argument.size(); i++) {
            double number = argument.get(i);
            assertThat(results.get(1).get(i)).isEqualTo(Primitive.COS.value(2 * number), within(tolerance));
            assertThat(results.get(0).get(i))
                    .isEqualTo(number + Primitive.COS.value(number), within(tolerance * (1 + Math.abs(number))));
        }
    }

    /** A kernel that threads share overwrites each element once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void longArraysInPlace(int threads) {
        TensorType type = new TensorType(DType.F64, Shape.of((1 << 20) + 37));
        Value x = Value.input("x", type);
        Literal argument = arguments(type, false);
        Literal result = run(Graph.of(List.of(x), List.of(x.tanh())), List.of(argument), threads)
                .get(0);
        for (int i = 0; i < argument.size(); i++) {
            assertThat(result.get(i)).isEqualTo(Math.tanh(argument.get(i)), within(1e-15));
        }
    }

    /** Seldom far: one in a hundred. */
    private static Literal arguments(TensorType type, boolean far) {
        SplittableRandom random = new SplittableRandom(11);
        double[] elements = random.doubles(type.shape().size(), -9, 9).toArray();
        for (int i = 7; far && i < elements.length; i += 100) {
            elements[i] = (float) (elements[i] * Math.exp(random.nextDouble(12, 68)));
        }
        return Literal.of(type, elements);
    }

    private static Literal identity(DType dtype) {
        double[] elements = new double[COLUMNS * COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            elements[i * COLUMNS + i] = 1;
        }
        return Literal.of(new TensorType(dtype, Shape.of(COLUMNS, COLUMNS)), elements);
    }

    /** The last output overwrites the first input. */
    private static List<Literal> run(Graph graph, List<Literal> arguments) {
        return run(graph, arguments, 1);
    }

    private static List<Literal> run(Graph graph, List<Literal> arguments, int threads) {
        List<Buffer> buffers = new ArrayList<>();
        try (CpuDevice device = CpuDevice.open(threads);
                Executable executable =
                        device.compile(graph, new InPlace(Map.of(graph.outputs().size() - 1, 0)))) {
            for (Literal argument : arguments) {
                Buffer buffer = device.allocate(argument.type());
                buffer.write(argument);
                buffers.add(buffer);
            }
            List<Buffer> outputs = new ArrayList<>();
            for (Value output : graph.outputs().subList(0, graph.outputs().size() - 1)) {
                Buffer buffer = device.allocate(output.type());
                buffers.add(buffer);
                outputs.add(buffer);
            }
            outputs.add(buffers.get(0));
            try (Invocation invocation = executable.bind(buffers.subList(0, arguments.size()), outputs)) {
                invocation.run();
            }
            return outputs.stream().map(Buffer::read).toList();
        } finally {
            buffers.forEach(Buffer::close);
        }
    }
}

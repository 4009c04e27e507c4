// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Products and transpositions large enough for whole tiles of registers, with and without rests at their edges. */
class TilesTest {
    /** Rows, columns and length of the sums. */
    @ParameterizedTest
    @CsvSource({
        "F32, 64, 64, 40",
        "F32, 47, 100, 33",
        "F32, 13, 48, 300",
        "F32, 128, 128, 256",
        "F32, 1, 200, 50",
        "F32, 50, 70, 1",
        "F32, 1600, 144, 64",
        "F32, 40, 80, 1100",
        "F64, 31, 40, 70",
        "F64, 64, 64, 260",
        "F64, 7, 21, 1030"
    })
    void productsAreSums(DType dtype, int rows, int columns, int length) {
        Value a = input("a", dtype, rows, length);
        Value turned = input("turned", dtype, length, rows);
        Value b = input("b", dtype, length, columns);
        Value c = input("c", dtype, rows, columns);
        Value product = a.contract("ik,kj->ij", b);
        Value gradient = turned.contract("ki,kj->ij", b);
        Graph graph = Graph.of(
                List.of(a, turned, b, c), List.of(product.plus(c).tanh(), gradient.plus(c), gradient.plus(product)));
        List<Literal> arguments = arguments(graph);
        double[] x = product(arguments.get(0), arguments.get(2), rows, columns, length, length, 1);
        double[] y = product(arguments.get(1), arguments.get(2), rows, columns, length, 1, rows);
        double[] z = arguments.get(3).toArray();
        double tolerance = dtype == DType.F32 ? 1e-4 : 1e-12;
        List<Literal> results = call(graph, arguments, 1);
        isClose(results.get(0), k -> Math.tanh(x[k] + z[k]), tolerance);
        isClose(results.get(1), k -> y[k] + z[k], tolerance);
        isClose(results.get(2), k -> x[k] + y[k], tolerance);
    }

    private static double[] product(
            Literal left, Literal right, int rows, int columns, int length, int rowStride, int sumStride) {
        double[] a = left.toArray();
        double[] b = right.toArray();
        double[] sums = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < length; k++) {
                for (int j = 0; j < columns; j++) {
                    sums[i * columns + j] += a[i * rowStride + k * sumStride] * b[k * columns + j];
                }
            }
        }
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"F32, 1, 32, 48", "F32, 3, 50, 37", "F32, 2, 7, 90", "F64, 5, 33, 19", "F64, 1, 16, 8", "I32, 2, 40, 40"
    })
    void transpositionsAreExact(DType dtype, int outer, int rows, int columns) {
        Value x = input("x", dtype, outer, rows, columns);
        Value y = x.transpose(0, 2, 1);
        Value z = x.transpose(2, 1, 0);
        Value w = x.transpose(2, 0, 1);
        agree(Graph.of(List.of(x), List.of(copy(y), copy(z), copy(w))), 1);
    }

    @ParameterizedTest
    @CsvSource({"F32, 301, 300", "F64, 300, 301"})
    void threadsShareATransposition(DType dtype, int rows, int columns) {
        Value x = input("x", dtype, rows, columns);
        agree(Graph.of(List.of(x), List.of(copy(x.transpose(1, 0)))), 3);
    }

    /** Something that has memory of its own. */
    private static Value copy(Value value) {
        return value.reshape((int) value.shape().size());
    }

    private static Value input(String name, DType dtype, int... dims) {
        return Value.input(name, new TensorType(dtype, Shape.of(dims)));
    }

    private static void agree(Graph graph, int threads) {
        List<Literal> arguments = arguments(graph);
        List<Literal> expected = Reference.call(graph, arguments);
        List<Literal> actual = call(graph, arguments, threads);
        for (int i = 0; i < expected.size(); i++) {
            double[] exact = expected.get(i).toArray();
            isClose(actual.get(i), k -> exact[k], 0);
        }
    }

    private static List<Literal> arguments(Graph graph) {
        Random random = new Random(7);
        List<Literal> arguments = new ArrayList<>();
        for (Value input : graph.inputs()) {
            double[] elements = random.doubles(input.shape().size(), -1, 1)
                    .map(element -> input.dtype().isFloating() ? element : Math.rint(100 * element))
                    .toArray();
            arguments.add(Literal.of(input.type(), elements));
        }
        return arguments;
    }

    private static List<Literal> call(Graph graph, List<Literal> arguments, int threads) {
        try (CpuDevice cpu = CpuDevice.open(threads)) {
            return Devices.call(cpu, graph, arguments);
        }
    }

    private static void isClose(Literal result, IntToDoubleFunction exact, double tolerance) {
        double[] found = result.toArray();
        double largest = IntStream.range(0, found.length)
                .mapToDouble(k -> Math.abs(found[k] - exact.applyAsDouble(k)))
                .max()
                .orElseThrow();
        assertThat(largest).isLessThanOrEqualTo(tolerance);
    }
}

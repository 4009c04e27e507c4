// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Results that are longer than the caches, of a length that is no whole number of their lines. */
class LongResultsTest {
    private static final int BYTES = 32 << 20;

    @ParameterizedTest
    @CsvSource({"F64, 1, 1e-15", "F64, 3, 1e-15", "F32, 1, 2e-7", "BF16, 1, 4e-3"})
    void ofAnArray(DType dtype, int threads, double tolerance) {
        Value x = input(dtype);
        Value wide = dtype.isStorageOnly() ? x.cast(DType.F32) : x;
        Graph graph = Graph.of(List.of(x), List.of(wide.tanh().cast(dtype)));
        assertThat(largestError(graph, threads)).isLessThan(tolerance);
    }

    /** The second slice starts within a line. */
    @Test
    void ofALoopOverSlices() {
        Value x = input(DType.F64);
        Value slices = Recurrence.scan(
                        2,
                        List.of(x),
                        List.of(),
                        (carries, none) -> new Recurrence.Step(
                                carries, List.of(carries.get(0).tanh())))
                .stacked()
                .get(0);
        assertThat(largestError(Graph.of(List.of(x), List.of(slices)), 1)).isLessThan(1e-15);
    }

    private static Value input(DType dtype) {
        return Value.input("x", new TensorType(dtype, Shape.of(BYTES / dtype.bytes() + 37)));
    }

    /** Of hyperbolic tangents of the argument, again and again. */
    private static double largestError(Graph graph, int threads) {
        TensorType type = graph.inputs().get(0).type();
        int length = type.shape().dim(0);
        try (Device device = CpuDevice.open(threads);
                Executable executable = device.compile(graph);
                Buffer input = device.allocate(type);
                Buffer output = device.allocate(graph.outputs().get(0).type());
                Invocation invocation = executable.bind(List.of(input), List.of(output))) {
            ByteBuffer arguments = input.host().orElseThrow();
            for (int i = 0; i < length; i++) {
                put(arguments, type.dtype(), i, i % 97 / 48.5 - 1);
            }
            invocation.run();
            ByteBuffer results = output.host().orElseThrow();
            double largest = 0;
            for (int i = 0; i < results.capacity() / type.dtype().bytes(); i++) {
                double exact = Math.tanh(get(arguments, type.dtype(), i % length));
                largest = Math.max(largest, Math.abs(get(results, type.dtype(), i) - exact));
            }
            return largest;
        }
    }

    private static void put(ByteBuffer memory, DType dtype, int index, double value) {
        int at = index * dtype.bytes();
        switch (dtype) {
            case F64 -> memory.putDouble(at, value);
            case F32 -> memory.putFloat(at, (float) value);
            default -> memory.putShort(at, (short) (Float.floatToIntBits((float) value) >> 16));
        }
    }

    private static double get(ByteBuffer memory, DType dtype, int index) {
        int at = index * dtype.bytes();
        return switch (dtype) {
            case F64 -> memory.getDouble(at);
            case F32 -> memory.getFloat(at);
            default -> Float.intBitsToFloat(memory.getShort(at) << 16);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Results that are longer than the caches, of a length that is no whole number of their lines. */
class LongResultsTest {
    private static final int LENGTH = (1 << 22) + 37;

    private final Value x = Value.input("x", TensorType.f64(LENGTH));

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ofAnArray(int threads) {
        assertThat(largestError(Graph.of(List.of(x), List.of(x.tanh())), threads))
                .isLessThan(1e-15);
    }

    /** The second slice starts within a line. */
    @Test
    void ofALoopOverSlices() {
        Value slices = Recurrence.scan(2, List.of(x), List.of(), (carries, none) -> new Recurrence.Step(
                        carries, List.of(carries.get(0).tanh())))
                .stacked()
                .get(0);
        assertThat(largestError(Graph.of(List.of(x), List.of(slices)), 1)).isLessThan(1e-15);
    }

    /** Of hyperbolic tangents of numbers that repeat with the length. */
    private static double largestError(Graph graph, int threads) {
        try (Device device = CpuDevice.open(threads);
                Executable executable = device.compile(graph);
                Buffer input = device.allocate(graph.inputs().get(0).type());
                Buffer output = device.allocate(graph.outputs().get(0).type());
                Invocation invocation = executable.bind(List.of(input), List.of(output))) {
            ByteBuffer arguments = input.host().orElseThrow();
            for (int i = 0; i < LENGTH; i++) {
                arguments.putDouble(i * Double.BYTES, i % 97 / 48.5 - 1);
            }
            invocation.run();
            ByteBuffer results = output.host().orElseThrow();
            double largest = 0;
            for (int i = 0; i < results.capacity() / Double.BYTES; i++) {
                double exact = Math.tanh(i % LENGTH % 97 / 48.5 - 1);
                largest = Math.max(largest, Math.abs(results.getDouble(i * Double.BYTES) - exact));
            }
            return largest;
        }
    }
}

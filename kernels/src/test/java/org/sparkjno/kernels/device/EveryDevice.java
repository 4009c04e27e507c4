// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;

/** Calls graphs on the reference device and on the compiled one, which must agree. */
public final class EveryDevice {
    private static final double TOLERANCE = 1e-12;

    private EveryDevice() {}

    /** The outputs of a graph, on which both devices agree to rounding of an f64, relative to the largest number. */
    public static List<Literal> call(Graph graph, List<Literal> arguments) {
        try (Device reference = new ReferenceDevice();
                Device compiled = CpuDevice.open()) {
            List<Literal> expected = Devices.call(reference, graph, arguments);
            List<Literal> actual = Devices.call(compiled, graph, arguments);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i).type()).isEqualTo(expected.get(i).type());
                assertThat(actual.get(i).toArray())
                        .as("output %d of %s", i, graph)
                        .usingComparatorWithPrecision(TOLERANCE * largest(expected.get(i)))
                        .containsExactly(expected.get(i).toArray());
            }
            return expected;
        }
    }

    private static double largest(Literal numbers) {
        return Arrays.stream(numbers.toArray())
                .map(Math::abs)
                .filter(Double::isFinite)
                .reduce(1, Math::max);
    }

    /** The outputs of a graph for these arguments. */
    public static List<Literal> call(Graph graph, Literal... arguments) {
        return call(graph, List.of(arguments));
    }
}

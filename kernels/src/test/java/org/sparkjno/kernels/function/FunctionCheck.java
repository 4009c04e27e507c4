// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparkjno.kernels.derive.DerivativeCheck;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Devices;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Holds functions against the reference device, the compiled device and central differences. */
final class FunctionCheck {
    private FunctionCheck() {}

    /** The elements of a function of literals, on the reference device. */
    static double[] value(Function<List<Value>, Value> function, Literal... arguments) {
        Graph graph = graph(function, Stream.of(arguments).map(Literal::type).toList());
        return Reference.call(graph, List.of(arguments)).get(0).toArray();
    }

    /** Derivatives at random arguments in [−1, 1] against central differences; all of it on the CPU as well. */
    static void check(Function<List<Value>, Value> function, TensorType... types) {
        List<Literal> arguments = random(3, types);
        Graph graph = graph(function, List.of(types));
        DerivativeCheck.check(graph, arguments, 5);
        sameOnCpu(withPullback(graph), arguments, 1e-12);
    }

    /** The compiled device computes what the reference device computes; errors count relative to the largest element. */
    static void sameOnCpu(Graph graph, List<Literal> arguments, double tolerance) {
        List<Literal> expected = Reference.call(graph, arguments);
        List<Literal> actual;
        try (Device device = CpuDevice.open()) {
            actual = Devices.call(device, graph, arguments);
        }
        for (int i = 0; i < expected.size(); i++) {
            double[] numbers = expected.get(i).toArray();
            double scale = Arrays.stream(numbers)
                    .map(Math::abs)
                    .filter(Double::isFinite)
                    .reduce(1, Math::max);
            for (int k = 0; k < numbers.length; k++) {
                double difference = Math.abs(actual.get(i).get(k) - numbers[k]);
                boolean same = Double.compare(actual.get(i).get(k), numbers[k]) == 0 || difference <= tolerance * scale;
                assertThat(same)
                        .as(
                                "element %d of output %d: %s is %s on the CPU",
                                k, i, numbers[k], actual.get(i).get(k))
                        .isTrue();
            }
        }
    }

    static List<Literal> random(long seed, TensorType... types) {
        Random random = new Random(seed);
        return Stream.of(types)
                .map(type -> Literal.of(
                        type, random.doubles(type.shape().size(), -1, 1).toArray()))
                .toList();
    }

    static Graph graph(Function<List<Value>, Value> function, List<TensorType> types) {
        List<Value> inputs = types.stream().map(type -> Value.input("x", type)).toList();
        return Graph.of(inputs, List.of(function.apply(inputs)));
    }

    /** The outputs, then the gradient of half their sum of squares. */
    static Graph withPullback(Graph graph) {
        List<Value> outputs = new ArrayList<>(graph.outputs());
        outputs.addAll(Derivatives.vjp(graph.outputs(), graph.inputs(), graph.outputs()));
        return Graph.of(graph.inputs(), outputs);
    }
}

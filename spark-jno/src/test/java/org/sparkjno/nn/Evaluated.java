// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.random.RandomStream;

/** Numbers of traced values. */
public final class Evaluated {
    private Evaluated() {}

    /** The numbers of {@code output} when the inputs hold these numbers. */
    public static double[] of(Value output, Map<Value, double[]> inputs) {
        return all(List.of(output), inputs).get(0);
    }

    public static List<double[]> all(List<Value> outputs, Map<Value, double[]> inputs) {
        List<Buffer> in = new ArrayList<>();
        List<Buffer> out = new ArrayList<>();
        Graph graph = Graph.of(List.copyOf(inputs.keySet()), outputs);
        try (Device device = CpuDevice.open();
                Executable executable = device.compile(graph)) {
            for (Value input : graph.inputs()) {
                Buffer buffer = device.allocate(input.type());
                buffer.write(Literal.of(input.type(), inputs.get(input)));
                in.add(buffer);
            }
            outputs.forEach(output -> out.add(device.allocate(output.type())));
            try (Invocation invocation = executable.bind(in, out)) {
                invocation.run();
                return out.stream().map(buffer -> buffer.read().toArray()).toList();
            }
        } finally {
            in.forEach(Buffer::close);
            out.forEach(Buffer::close);
        }
    }

    /** The output of a layer in double precision. */
    public static double[] layer(Layer layer, Map<String, double[]> numbers, Shape shape, double[] x) {
        Map<Value, double[]> inputs = new LinkedHashMap<>();
        Map<String, Value> weights = new LinkedHashMap<>();
        List<Parameter> all = new ArrayList<>(layer.parameters());
        all.addAll(layer.buffers());
        for (Parameter parameter : all) {
            Value value = Value.input(parameter.name(), new TensorType(DType.F64, parameter.shape()));
            weights.put(parameter.name(), value);
            inputs.put(value, numbers.get(parameter.name()));
        }
        Value field = Value.input("x", new TensorType(DType.F64, shape));
        inputs.put(field, x);
        return of(layer.apply(Weights.of(weights), field), inputs);
    }

    /** Numbers of (−1, 1) from a fixed stream. */
    public static double[] noise(String name, long count) {
        RandomStream stream = RandomStream.named(1, name);
        double[] numbers = new double[Math.toIntExact(count)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 2 * stream.uniform(i) - 1;
        }
        return numbers;
    }
}

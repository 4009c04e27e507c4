// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Holds the gradients of models against central differences, on the reference device. */
public final class LayerCheck {
    private static final double STEP = 1e-5;

    private LayerCheck() {}

    /** Checks a layer on a field of this shape, in its weights and in the field. */
    public static void gradients(Layer layer, Shape input, Shape output) {
        gradients(layer, (weights, x) -> layer.apply(weights, x.get(0)), List.of(input), output);
    }

    /** As {@link #gradients(Layer, Shape, Shape)}, for a model with several inputs. */
    static void gradients(
            Model model, BiFunction<Weights, List<Value>, Value> function, List<Shape> inputs, Shape output) {
        ParameterLayout layout = ParameterLayout.of(model.parameters(), DType.F64);
        ParameterLayout buffers = ParameterLayout.of(model.buffers(), DType.F64);
        Value vector = Value.input("parameters", layout.type());
        Value frozen = Value.input("buffers", buffers.type());
        List<Value> fields = new ArrayList<>();
        for (Shape shape : inputs) {
            fields.add(Value.input("x", new TensorType(DType.F64, shape)));
        }
        Map<String, Value> parts = layout.split(vector);
        Weights weights = Weights.of(parts).and(Weights.of(buffers.split(frozen)));
        Value result = function.apply(weights, fields);
        assertThat(result.shape()).as("output").isEqualTo(output);
        Value cotangent = constant("cotangent", output);
        Value loss = result.times(cotangent).plus(result.square().times(0.3)).sum();
        List<Value> moving = new ArrayList<>(List.of(vector));
        moving.addAll(fields);

        Map<Value, double[]> at = new LinkedHashMap<>();
        at.put(frozen, Evaluated.noise("buffers", buffers.size()));
        at.put(vector, moved(doubles(layout.initialise(3)), Evaluated.noise("off zero", layout.size()), 0.1));
        for (int i = 0; i < fields.size(); i++) {
            at.put(fields.get(i), Evaluated.noise("field " + i, inputs.get(i).size()));
        }
        List<Value> gradients = Derivatives.gradient(loss, moving);
        double[][] slopes = run(at, gradients);
        for (int i = 0; i < moving.size(); i++) {
            double[] direction =
                    Evaluated.noise("direction " + i, moving.get(i).shape().size());
            double slope = 0;
            for (int k = 0; k < direction.length; k++) {
                slope += slopes[i][k] * direction[k];
            }
            double above = run(moved(at, moving.get(i), direction, STEP), List.of(loss))[0][0];
            double below = run(moved(at, moving.get(i), direction, -STEP), List.of(loss))[0][0];
            double difference = (above - below) / (2 * STEP);
            assertThat(slope)
                    .as("gradient in %s", moving.get(i))
                    .isEqualTo(difference, within(2e-7 * Math.max(1, Math.abs(difference))));
        }
    }

    private static Value constant(String name, Shape shape) {
        return Value.constant(Literal.of(new TensorType(DType.F64, shape), Evaluated.noise(name, shape.size())));
    }

    private static Map<Value, double[]> moved(Map<Value, double[]> at, Value where, double[] direction, double step) {
        Map<Value, double[]> moved = new LinkedHashMap<>(at);
        moved.put(where, moved(at.get(where), direction, step));
        return moved;
    }

    private static double[] moved(double[] at, double[] direction, double step) {
        double[] moved = at.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }

    static double[] doubles(ByteBuffer vector) {
        double[] numbers = new double[vector.capacity() / Double.BYTES];
        vector.asDoubleBuffer().get(numbers);
        return numbers;
    }

    /** The numbers of some values on the reference device. */
    public static double[][] run(Map<Value, double[]> inputs, List<Value> outputs) {
        Graph graph = Graph.of(List.copyOf(inputs.keySet()), outputs);
        List<Buffer> in = new ArrayList<>();
        List<Buffer> out = new ArrayList<>();
        try (Device device = new ReferenceDevice();
                Executable executable = device.compile(graph)) {
            inputs.forEach((value, numbers) -> {
                Buffer buffer = device.allocate(value.type());
                buffer.write(Literal.of(value.type(), numbers));
                in.add(buffer);
            });
            outputs.forEach(output -> out.add(device.allocate(output.type())));
            try (Invocation invocation = executable.bind(in, out)) {
                invocation.run();
            }
            return out.stream().map(buffer -> buffer.read().toArray()).toArray(double[][]::new);
        } finally {
            in.forEach(Buffer::close);
            out.forEach(Buffer::close);
        }
    }
}

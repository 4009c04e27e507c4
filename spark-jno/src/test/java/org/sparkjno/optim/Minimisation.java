// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.ParameterLayout;
import org.sparkjno.nn.Weights;

/** Runs an optimiser, compiled, on a loss of parameters alone. */
final class Minimisation {
    private Minimisation() {}

    /**
     * What a run came to.
     *
     * @param losses before each step
     * @param vectors the parameters and the state at the end
     */
    record Outcome(double[] losses, Map<String, double[]> vectors) {
        double last() {
            return losses[losses.length - 1];
        }
    }

    /** Runs so many steps from the initial values of the layout. */
    static Outcome run(
            Optimiser optimiser, ParameterLayout layout, Function<Weights, Value> loss, Schedule schedule, int steps) {
        UpdateRule rule = optimiser.over(layout);
        Value vector = Value.input("parameters", layout.type());
        Map<String, Value> parts = layout.split(vector);
        Value value = loss.apply(Weights.of(parts));
        Value gradient = layout.join(Derivatives.gradient(value, new ArrayList<>(parts.values())));
        Value settings = Value.input("settings", new TensorType(layout.type().dtype(), Shape.of(rule.settingCount())));
        List<Value> state = new ArrayList<>();
        rule.state().forEach(part -> state.add(Value.input(part.name(), part.type())));
        List<Value> outputs = new ArrayList<>(rule.step(vector, gradient, state, settings));
        outputs.add(value);
        List<Value> inputs = new ArrayList<>(List.of(vector));
        inputs.addAll(state);
        inputs.add(settings);

        Map<Integer, Integer> inPlace = new HashMap<>();
        List<Buffer> in = new ArrayList<>();
        double[] losses = new double[steps];
        try (Device device = CpuDevice.open()) {
            for (int i = 0; i < inputs.size(); i++) {
                in.add(device.allocate(inputs.get(i).type()));
                if (i < inputs.size() - 1) {
                    inPlace.put(i, i);
                }
            }
            ByteBuffer first = layout.initialise(7);
            in.get(0).write(first);
            Buffer lossBuffer = device.allocate(value.type());
            List<Buffer> out = new ArrayList<>(in.subList(0, inputs.size() - 1));
            out.add(lossBuffer);
            try (Executable executable = device.compile(Graph.of(inputs, outputs), new InPlace(inPlace));
                    Invocation invocation = executable.bind(in, out)) {
                for (int step = 0; step < steps; step++) {
                    double[] numbers = rule.settings(step + 1L, schedule.rate(step));
                    in.get(in.size() - 1).write(Literal.of(settings.type(), numbers));
                    invocation.run();
                    losses[step] = lossBuffer.read().toArray()[0];
                }
            }
            Map<String, double[]> vectors = new HashMap<>();
            for (int i = 0; i < in.size() - 1; i++) {
                vectors.put(
                        i == 0 ? "parameters" : rule.state().get(i - 1).name(),
                        in.get(i).read().toArray());
            }
            lossBuffer.close();
            in.forEach(Buffer::close);
            return new Outcome(losses, vectors);
        }
    }
}

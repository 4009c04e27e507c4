// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.ParameterLayout;
import org.sparkjno.nn.Weights;
import org.sparkjno.optim.Adam;

/**
 * A training step in single precision: loss, gradient and Adam at a rate of 0.001. What it yields is the loss before the
 * update.
 */
final class Training implements Work {
    private static final Adam ADAM = Adam.decoupled(0);
    private static final double RATE = 1e-3;
    private static final long SEED = 0;
    private static final int COMPARED_STEPS = 20;

    private final String name;
    private final Graph graph;
    private final List<StoredTensor> arguments;
    private final Map<String, StoredTensor> shared;

    /** The loss of a model as a function of its weights and of the data, both by name. */
    interface Objective {
        Value loss(Weights weights, Weights data);
    }

    Training(String name, List<Parameter> parameters, Map<String, StoredTensor> data, Objective objective) {
        this.name = name;
        ParameterLayout layout = ParameterLayout.of(parameters, DType.F32);
        this.graph = graph(layout, data, objective);
        ByteBuffer first = layout.initialise(SEED);
        this.arguments = new ArrayList<>(List.of(new StoredTensor(layout.type(), first)));
        ADAM.state().forEach(state -> arguments.add(new StoredTensor(layout.type(), layout.allocate())));
        arguments.addAll(data.values());
        arguments.add(Numbers.zeros(settings()));
        this.shared = new LinkedHashMap<>(data);
        Map<String, ByteBuffer> views = layout.views(first);
        layout.parameters()
                .forEach(parameter -> shared.put(
                        parameter.name(), new StoredTensor(layout.type(parameter), views.get(parameter.name()))));
    }

    /** [parameters, state…, data…, settings] → [parameters, state…, loss]. */
    private static Graph graph(ParameterLayout layout, Map<String, StoredTensor> data, Objective objective) {
        Value vector = Value.input("parameters", layout.type());
        List<Value> state = ADAM.state().stream()
                .map(part -> Value.input(part, layout.type()))
                .toList();
        Map<String, Value> fields = new LinkedHashMap<>();
        data.forEach((field, tensor) -> fields.put(field, Value.input(field, tensor.type())));
        Value settings = Value.input("settings", settings());
        Map<String, Value> parts = layout.split(vector);
        Value loss = objective.loss(Weights.of(parts), Weights.of(fields));
        Value gradient = layout.join(Derivatives.gradient(loss, new ArrayList<>(parts.values())));
        List<Value> inputs = new ArrayList<>(List.of(vector));
        inputs.addAll(state);
        inputs.addAll(fields.values());
        inputs.add(settings);
        List<Value> outputs = new ArrayList<>(ADAM.step(vector, gradient, state, settings));
        outputs.add(loss);
        return Graph.of(inputs, outputs);
    }

    private static TensorType settings() {
        return new TensorType(DType.F32, Shape.of(ADAM.settingCount()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public InPlace inPlace() {
        Map<Integer, Integer> updated = new LinkedHashMap<>();
        for (int i = 0; i <= ADAM.state().size(); i++) {
            updated.put(i, i);
        }
        return new InPlace(updated);
    }

    @Override
    public List<StoredTensor> arguments() {
        return arguments;
    }

    @Override
    public double[] settings(long repetition) {
        return ADAM.settings(repetition, RATE);
    }

    @Override
    public Map<String, StoredTensor> shared() {
        return shared;
    }

    @Override
    public int compared() {
        return COMPARED_STEPS;
    }

    @Override
    public Optional<Amount> amount() {
        return Optional.empty();
    }
}

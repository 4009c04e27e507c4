// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Executable;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Model;
import org.sparkjno.nn.ModelWeights;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * Adapters for some weights of a model. Layers are not rewritten: they see weights, which are computed before. The
 * names of the model's own numbers stay, so that weights of the model as it was can be loaded; those of an adapter
 * stand under its weight, as {@code layers.0.weight.down}.
 *
 * @param adapters by the name of the weight
 * @param othersTrain whether parameters without an adapter are trained as before, or frozen like the adapted ones
 */
public record Adaptation(SortedMap<String, Adapter> adapters, boolean othersTrain) implements Serializable {
    public Adaptation {
        adapters = Collections.unmodifiableSortedMap(new TreeMap<>(adapters));
    }

    /**
     * One adapter for all matrices, and weights of more axes, whose whole name matches; all other parameters are
     * frozen.
     *
     * @param names such as {@code layers\.[12]\.weight} or {@code .*}
     * @throws IllegalArgumentException when nothing matches
     */
    public static Adaptation of(Model model, Pattern names, Adapter adapter) {
        SortedMap<String, Adapter> adapters = new TreeMap<>();
        for (Parameter parameter : model.parameters()) {
            if (parameter.shape().rank() > 1 && names.matcher(parameter.name()).matches()) {
                adapters.put(parameter.name(), adapter);
            }
        }
        if (adapters.isEmpty()) {
            throw new IllegalArgumentException("No weight of two or more axes has a name like '" + names
                    + "'; the model has "
                    + model.parameters().stream().map(Parameter::name).toList() + ".");
        }
        return new Adaptation(adapters, false);
    }

    /** What is trained of the adapted model. */
    public List<Parameter> parameters(Model model) {
        List<Parameter> all = new ArrayList<>(select(model, parameter -> othersTrain && !isAdapted(parameter)));
        adapted(model)
                .forEach(base -> all.addAll(
                        Parameter.under(base.name(), adapters.get(base.name()).parameters(base))));
        return all;
    }

    /** What the adapted model keeps and does not train. */
    public List<Parameter> buffers(Model model) {
        List<Parameter> all = new ArrayList<>(model.buffers());
        all.addAll(select(model, parameter -> !othersTrain || isAdapted(parameter)));
        adapted(model)
                .forEach(base -> all.addAll(
                        Parameter.under(base.name(), adapters.get(base.name()).buffers(base))));
        return all;
    }

    private boolean isAdapted(Parameter parameter) {
        return adapters.containsKey(parameter.name());
    }

    private static List<Parameter> select(Model model, Predicate<Parameter> which) {
        return model.parameters().stream().filter(which).toList();
    }

    private List<Parameter> adapted(Model model) {
        return select(model, this::isAdapted);
    }

    /** The weights that the model itself sees. */
    public Weights weights(Model model, Weights all) {
        Map<String, Value> effective = new HashMap<>();
        for (Parameter buffer : model.buffers()) {
            effective.put(buffer.name(), all.get(buffer.name()));
        }
        for (Parameter parameter : model.parameters()) {
            Value base = all.get(parameter.name());
            Adapter adapter = adapters.get(parameter.name());
            effective.put(parameter.name(), adapter == null ? base : effective(adapter, parameter, base, all));
        }
        return Weights.of(effective);
    }

    private static Value effective(Adapter adapter, Parameter parameter, Value base, Weights all) {
        Map<String, Value> own = new HashMap<>();
        for (Parameter part : own(adapter, parameter)) {
            own.put(part.name(), all.get(part.under(parameter.name()).name()));
        }
        return adapter.effective(base, own);
    }

    private static List<Parameter> own(Adapter adapter, Parameter parameter) {
        List<Parameter> own = new ArrayList<>(adapter.parameters(parameter));
        own.addAll(adapter.buffers(parameter));
        return own;
    }

    /**
     * Overwrites those first values of the adapters that depend on the adapted weights. To be called once, when the
     * model's own weights are in place.
     *
     * @param weights of the adapted model
     */
    public void begin(Model model, ModelWeights weights) {
        Map<String, StoredTensor> named = weights.named();
        for (Parameter base : adapted(model)) {
            StoredTensor tensor = named.get(base.name());
            double[] numbers = Bytes.literal(tensor.type(), tensor.bytes()).toArray();
            adapters.get(base.name())
                    .start(base, numbers)
                    .forEach((name, first) -> weights.assign(base.name() + "." + name, first));
        }
    }

    /**
     * The weights of the model without adapters that computes the same.
     *
     * @param weights of the adapted model
     */
    public ModelWeights merge(Model model, ModelWeights weights) {
        ModelWeights merged =
                ModelWeights.allocate(model, weights.parameterLayout().type().dtype());
        Map<String, StoredTensor> named = weights.named();
        Map<String, StoredTensor> kept = new HashMap<>();
        for (String name : merged.named().keySet()) {
            kept.put(name, named.get(name));
        }
        merged.assignAll(kept);
        for (Parameter base : adapted(model)) {
            merged.assign(base.name(), merged(base, named));
        }
        return merged;
    }

    private double[] merged(Parameter base, Map<String, StoredTensor> named) {
        Adapter adapter = adapters.get(base.name());
        Map<String, Value> own = new HashMap<>();
        List<Value> inputs = new ArrayList<>();
        List<StoredTensor> numbers = new ArrayList<>();
        for (Parameter part : own(adapter, base)) {
            StoredTensor tensor = named.get(part.under(base.name()).name());
            Value input = Value.input("own", tensor.type());
            own.put(part.name(), input);
            inputs.add(input);
            numbers.add(tensor);
        }
        StoredTensor frozen = named.get(base.name());
        Value input = Value.input("base", frozen.type());
        inputs.add(input);
        numbers.add(frozen);
        return evaluated(inputs, numbers, adapter.effective(input, own));
    }

    private static double[] evaluated(List<Value> inputs, List<StoredTensor> numbers, Value output) {
        try (Device device = new ReferenceDevice();
                Executable executable = device.compile(Graph.of(inputs, List.of(output)));
                Buffer result = device.allocate(output.type())) {
            List<Buffer> buffers = new ArrayList<>();
            for (StoredTensor tensor : numbers) {
                Buffer buffer = device.allocate(tensor.type());
                buffer.write(Bytes.literal(tensor.type(), tensor.bytes()));
                buffers.add(buffer);
            }
            try (Invocation invocation = executable.bind(buffers, List.of(result))) {
                invocation.run();
            }
            buffers.forEach(Buffer::close);
            return result.read().toArray();
        }
    }
}

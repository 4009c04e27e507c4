// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.Bytes;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;

/**
 * The numbers of a model in host memory: one vector of parameters, one of buffers.
 *
 * @param parameterLayout what lies where in the parameters
 * @param bufferLayout what lies where in the buffers
 * @param parameters trained numbers
 * @param buffers other numbers
 */
public record ModelWeights(
        ParameterLayout parameterLayout, ParameterLayout bufferLayout, ByteBuffer parameters, ByteBuffer buffers) {

    /** Room for the numbers of a model, all zero. */
    public static ModelWeights allocate(Model model, DType precision) {
        ParameterLayout parameters = ParameterLayout.of(model.parameters(), precision);
        ParameterLayout buffers = ParameterLayout.of(model.buffers(), precision);
        return new ModelWeights(parameters, buffers, parameters.allocate(), buffers.allocate());
    }

    /**
     * First numbers of a model.
     *
     * @param seed decides them, together with the names of the parameters
     */
    public static ModelWeights initialise(Model model, DType precision, long seed) {
        ParameterLayout parameters = ParameterLayout.of(model.parameters(), precision);
        ParameterLayout buffers = ParameterLayout.of(model.buffers(), precision);
        return new ModelWeights(parameters, buffers, parameters.initialise(seed), buffers.initialise(seed));
    }

    /** All tensors by name, as views. */
    public Map<String, StoredTensor> named() {
        Map<String, StoredTensor> named = new LinkedHashMap<>(named(parameterLayout, parameters));
        named.putAll(named(bufferLayout, buffers));
        return named;
    }

    private static Map<String, StoredTensor> named(ParameterLayout layout, ByteBuffer vector) {
        Map<String, ByteBuffer> views = layout.views(vector);
        Map<String, StoredTensor> named = new LinkedHashMap<>();
        for (Parameter parameter : layout.parameters()) {
            named.put(parameter.name(), new StoredTensor(layout.type(parameter), views.get(parameter.name())));
        }
        return named;
    }

    /**
     * Overwrites some tensors.
     *
     * @throws IllegalArgumentException when the model has no tensor of a name, or one of another type; nothing is
     * written then
     */
    public void assign(Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> named = named();
        tensors.forEach((name, tensor) -> {
            StoredTensor own = named.get(name);
            if (own == null) {
                throw new IllegalArgumentException(
                        "The model has no weights named '" + name + "'; it has " + new TreeSet<>(named.keySet()) + ".");
            }
            if (!own.type().equals(tensor.type())) {
                throw new IllegalArgumentException("The weights '" + name + "' of the model are " + own.type()
                        + ", but got " + tensor.type() + "; they belong to a model of other sizes.");
            }
        });
        tensors.forEach((name, tensor) ->
                named.get(name).bytes().duplicate().put(tensor.bytes().duplicate()));
    }

    /**
     * Overwrites one tensor.
     *
     * @param values row-major
     * @throws IllegalArgumentException when the model has no tensor of this name, or one of another size
     */
    public void assign(String name, double... values) {
        StoredTensor own = named().get(name);
        if (own == null || own.type().shape().size() != values.length) {
            throw new IllegalArgumentException("The model has " + (own == null ? "no weights" : own.type()) + " named '"
                    + name + "', but got " + values.length + " values for it.");
        }
        own.bytes().duplicate().put(Bytes.of(Literal.of(own.type(), values)));
    }

    /**
     * Overwrites all tensors.
     *
     * @throws IllegalArgumentException when one is missing, unknown or of another type; nothing is written then
     */
    public void assignAll(Map<String, StoredTensor> tensors) {
        for (String name : named().keySet()) {
            if (!tensors.containsKey(name)) {
                throw new IllegalArgumentException(
                        "The weights '" + name + "' of the model are missing; they belong to another model.");
            }
        }
        assign(tensors);
    }

    /** The name of the first tensor with a NaN or an infinity. */
    public Optional<String> firstNotFinite() {
        return named().entrySet().stream()
                .filter(entry -> !isFinite(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isFinite(StoredTensor tensor) {
        boolean finite = true;
        for (long i = 0; finite && i < tensor.type().shape().size(); i++) {
            finite = tensor.type().dtype() == DType.F64
                    ? Double.isFinite(tensor.bytes().getDouble((int) i * Double.BYTES))
                    : Float.isFinite(tensor.bytes().getFloat((int) i * Float.BYTES));
        }
        return finite;
    }
}

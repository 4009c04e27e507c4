// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparkjno.datasets.format.StoredTensor;
import org.sparkjno.kernels.device.InPlace;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Weights;

/**
 * A function of tensors that every repetition computes anew.
 *
 * @param name for people and for the peers' scripts
 * @param graph what to compute, with an input per tensor
 * @param shared the tensors by name
 * @param amount how much is done
 */
record Formula(String name, Graph graph, Map<String, StoredTensor> shared, Optional<Amount> amount) implements Work {
    /**
     * The formula that {@code results} writes down.
     *
     * @param results from the tensors by name to the outputs, the last of which is compared
     */
    static Formula of(
            String name, Map<String, StoredTensor> tensors, Amount amount, Function<Weights, List<Value>> results) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        tensors.forEach((input, tensor) -> inputs.put(input, Value.input(input, tensor.type())));
        Graph graph = Graph.of(List.copyOf(inputs.values()), results.apply(Weights.of(inputs)));
        return new Formula(name, graph, tensors, Optional.of(amount));
    }

    @Override
    public InPlace inPlace() {
        return InPlace.NONE;
    }

    @Override
    public List<StoredTensor> arguments() {
        return List.copyOf(shared.values());
    }

    @Override
    public double[] settings(long repetition) {
        return new double[0];
    }

    /** Once, since every repetition yields the same. */
    @Override
    public int compared() {
        return 1;
    }
}

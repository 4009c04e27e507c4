// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class DeepONetTest {
    private static final int SAMPLES = 3;
    private static final int POINTS = 4;

    private static DeepONet network(int outputs, int inputs) {
        List<Layer> branches = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            branches.add(Mlp.of(Activation.TANH, 5, 6, 2 * outputs));
        }
        return new DeepONet(branches, Mlp.of(Activation.TANH, 2, 6, 2 * outputs), outputs, true);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "1,2", "3,2"})
    void hasTheGradientsOfItsDifferencesInAllLayouts(int outputs, int inputs) {
        DeepONet network = network(outputs, inputs);
        List<Shape> functions = new ArrayList<>(Collections.nCopies(inputs, Shape.of(SAMPLES, 5)));
        functions.add(0, Shape.of(POINTS, 2));
        LayerCheck.gradients(
                network,
                (weights, x) -> network.combine(
                        weights, network.branch(weights, x.subList(1, x.size())), network.trunk(weights, x.get(0))),
                functions,
                Shape.of(SAMPLES, POINTS, outputs));
        functions.set(0, Shape.of(SAMPLES, POINTS, 2));
        LayerCheck.gradients(
                network,
                (weights, x) -> network.combineAligned(
                        weights, network.branch(weights, x.subList(1, x.size())), network.trunk(weights, x.get(0))),
                functions,
                Shape.of(SAMPLES, POINTS, outputs));
        functions.set(0, Shape.of(SAMPLES, 2));
        LayerCheck.gradients(
                network,
                (weights, x) -> network.combinePairs(
                        weights, network.branch(weights, x.subList(1, x.size())), network.trunk(weights, x.get(0))),
                functions,
                Shape.of(SAMPLES, outputs));
    }

    @Test
    void isTheSumOfProductsAndAlignedOrNotTheSame() {
        DeepONet network = network(2, 1);
        Value branch = Value.input("b", TensorType.f64(2, 4));
        Value trunk = Value.input("t", TensorType.f64(1, 4));
        Value both = Value.input("both", TensorType.f64(2, 1, 4));
        Value bias = Value.input("bias", TensorType.f64(2));
        Weights weights = Weights.of(Map.of("bias", bias));
        Map<Value, double[]> numbers = new LinkedHashMap<>();
        numbers.put(branch, new double[] {1, 2, 3, 4, 5, 6, 7, 8});
        numbers.put(trunk, new double[] {1, 10, 2, 20});
        numbers.put(both, new double[] {1, 10, 2, 20, 1, 10, 2, 20});
        numbers.put(bias, new double[] {0.5, -0.5});
        double[][] results = LayerCheck.run(
                numbers,
                List.of(network.combine(weights, branch, trunk), network.combineAligned(weights, branch, both)));
        // Output 0 has functions 0 and 2, output 1 has 1 and 3.
        assertThat(results[0]).containsExactly(7.5, 99.5, 19.5, 219.5);
        assertThat(results[1]).containsExactly(results[0], within(1e-13));
    }

    @Test
    void severalInputsAreMultiplied() {
        DeepONet network = new DeepONet(
                List.of(new Pointwise(Activation.IDENTITY), new Pointwise(Activation.TANH)),
                new Linear(1, 2),
                1,
                false);
        Value f = Value.input("f", TensorType.f64(1, 2));
        Value g = Value.input("g", TensorType.f64(1, 2));
        Value product = network.branch(Weights.of(Map.of()), List.of(f, g));
        double[] result = LayerCheck.run(Map.of(f, new double[] {2, 3}, g, new double[] {1, -1}), List.of(product))[0];
        assertThat(result).containsExactly(new double[] {2 * Math.tanh(1), 3 * Math.tanh(-1)}, within(1e-14));
        assertThatThrownBy(() -> network.branch(Weights.of(Map.of()), List.of(f)))
                .hasMessageContaining("2 branches");
    }

    @Test
    void branchAndTrunkMustFit() {
        DeepONet network = network(2, 1);
        Value branch = Value.input("b", TensorType.f64(2, 4));
        Value trunk = Value.input("t", TensorType.f64(7, 6));
        assertThatThrownBy(() -> network.combine(Weights.of(Map.of()), branch, trunk))
                .hasMessageContaining("f64[2,4]")
                .hasMessageContaining("f64[7,6]");
    }

    @Test
    void aFixedBasisReplacesTheTrunk() {
        PodDeepONet network = new PodDeepONet(List.of(new Pointwise(Activation.IDENTITY)), 2, 2, 1);
        Value f = Value.input("f", TensorType.f64(1, 2));
        Value modes = Value.input("modes", TensorType.f64(2, 2));
        Value mean = Value.input("mean", TensorType.f64(2, 1));
        Weights weights = Weights.of(Map.of("modes", modes, "mean", mean));
        Map<Value, double[]> numbers = new LinkedHashMap<>();
        numbers.put(f, new double[] {4, 6});
        numbers.put(modes, new double[] {1, 0, 2, 1});
        numbers.put(mean, new double[] {10, 20});
        double[] result =
                LayerCheck.run(numbers, List.of(network.combine(weights, network.branch(weights, List.of(f)))))[0];
        assertThat(result).containsExactly(12, 27);
        PodDeepONet trained = new PodDeepONet(List.of(Mlp.of(Activation.TANH, 5, 6, 6)), POINTS, 3, 2);
        LayerCheck.gradients(
                trained,
                (w, x) -> trained.combine(w, trained.branch(w, x)),
                List.of(Shape.of(SAMPLES, 5)),
                Shape.of(SAMPLES, POINTS, 2));
    }

    @Test
    void countsItsParameters() {
        assertThat(ParameterLayout.of(network(1, 2).parameters(), DType.F32).size())
                .isEqualTo(2 * (36 + 14) + 18 + 14 + 1);
    }
}

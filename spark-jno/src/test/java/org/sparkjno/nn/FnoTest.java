// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class FnoTest {
    @Test
    void hasTheParametersOfThePaper() {
        assertThat(size(Fno.of1d(1, 1, 64, 16, 0))).isEqualTo(549_569);
        assertThat(size(Fno.of2d(1, 1, 32, 12, 9))).isEqualTo(2_368_001);
    }

    @Test
    void worksInThreeDimensionsAndOtherSizes() {
        Fno small = Fno.of3d(2, 1, 3, 1, 1)
                .withDepth(2)
                .withActivation(Activation.TANH)
                .withProjectionWidth(5);
        LayerCheck.gradients(small, Shape.of(1, 3, 4, 2, 2), Shape.of(1, 3, 4, 2, 1));
        assertThat(small.layers()).hasSize(2);
        assertThat(size(Fno.of3d(13, 1, 20, 8, 6)))
                .isEqualTo(4 * (2 * 16 * 16 * 8 * 400 + 420) + 17 * 20 + 20 * 128 + 257);
    }

    private static int size(Layer layer) {
        return ParameterLayout.of(layer.parameters(), DType.F32).size();
    }

    @Test
    void isAValue() {
        assertThat(Fno.of2d(1, 1, 4, 2, 1)).isEqualTo(Fno.of2d(1, 1, 4, 2, 1)).isNotEqualTo(Fno.of2d(1, 1, 4, 2, 0));
        assertThat(Fno.of1d(1, 1, 4, 2, 1).toString()).contains("SpectralConv1d[inputs=4, outputs=4, modes=2]");
    }

    @Test
    void refusesFieldsOfOtherChannels() {
        Fno model = Fno.of2d(1, 1, 4, 2, 0);
        Value field = Value.input("x", TensorType.f32(2, 8, 8, 3));
        assertThatThrownBy(() -> model.apply(Weights.of(Map.of()), field))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("1 channels")
                .hasMessageContaining("f32[2,8,8,3]");
    }

    /** The gradient with respect to the vector of parameters against central differences along a direction. */
    @Test
    void lossHasTheGradientOfItsDifferences() {
        Layer model = NeuralOperator.of(Shape.of(1), Fno.of2d(1, 1, 3, 2, 1), Shape.of(6, 5, 1));
        ParameterLayout layout = ParameterLayout.of(model.parameters(), DType.F64);
        ParameterLayout buffers = ParameterLayout.of(model.buffers(), DType.F64);
        Value vector = Value.input("parameters", layout.type());
        Value frozen = Value.input("buffers", buffers.type());
        Value x = Value.input("x", TensorType.f64(2, 6, 5, 1));
        Value y = Value.input("y", TensorType.f64(2, 6, 5, 1));
        Map<String, Value> parts = layout.split(vector);
        Weights weights = Weights.of(parts).and(Weights.of(buffers.split(frozen)));
        Value loss = Loss.RELATIVE_L2.total(model.apply(weights, x), y);
        Value gradient = layout.join(Derivatives.gradient(loss, new ArrayList<>(parts.values())));

        double[] at = doubles(layout.initialise(3));
        double[] statistics = Evaluated.noise("statistics", buffers.size());
        double[] direction = Evaluated.noise("direction", at.length);
        Map<Value, double[]> inputs = new LinkedHashMap<>();
        inputs.put(frozen, statistics);
        inputs.put(x, Evaluated.noise("x", 60));
        inputs.put(y, Evaluated.noise("y", 60));
        inputs.put(vector, at);
        double slope = 0;
        double[] computed = Evaluated.of(gradient, inputs);
        for (int i = 0; i < at.length; i++) {
            slope += computed[i] * direction[i];
        }
        double step = 1e-5;
        inputs.put(vector, moved(at, direction, step));
        double above = Evaluated.of(loss, inputs)[0];
        inputs.put(vector, moved(at, direction, -step));
        double below = Evaluated.of(loss, inputs)[0];
        assertThat(slope).isEqualTo((above - below) / (2 * step), within(1e-7 * Math.abs(slope)));
    }

    private static double[] moved(double[] at, double[] direction, double step) {
        double[] moved = at.clone();
        for (int i = 0; i < at.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }

    private static double[] doubles(ByteBuffer vector) {
        double[] numbers = new double[vector.capacity() / Double.BYTES];
        vector.asDoubleBuffer().get(numbers);
        return numbers;
    }

    @Test
    void firstWeightsDependOnSeedAndNameOnly() {
        List<Parameter> parameters = new Linear(2, 2).parameters();
        ParameterLayout alone = ParameterLayout.of(parameters, DType.F32);
        ParameterLayout behind = ParameterLayout.of(
                List.of(
                        new Parameter("first", Shape.of(5), new Initialiser.Constant(1)),
                        parameters.get(0),
                        parameters.get(1)),
                DType.F32);
        assertThat(behind.views(behind.initialise(7)).get("weight"))
                .isEqualTo(alone.views(alone.initialise(7)).get("weight"));
        assertThat(alone.initialise(7)).isNotEqualTo(alone.initialise(8));
        assertThat(alone.initialise(7).getFloat(0)).isBetween(-0.71f, 0.71f);
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        List<Parameter> twice = new ArrayList<>(new Linear(1, 1).parameters());
        twice.addAll(new Linear(1, 1).parameters());
        assertThatThrownBy(() -> ParameterLayout.of(twice, DType.F32)).hasMessageContaining("'weight'");
    }
}

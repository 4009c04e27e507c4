// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class LayersTest {
    @Test
    void linearIsAnAffineMapAtEveryPoint() {
        double[] result = Evaluated.layer(
                new Linear(2, 3),
                Map.of("weight", new double[] {1, 2, 3, 4, 5, 6}, "bias", new double[] {10, 20, 30}),
                Shape.of(1, 2, 2),
                new double[] {1, 0, 1, -1});
        assertThat(result).containsExactly(11, 22, 33, 7, 17, 27);
    }

    @Test
    void geluIsTheExactOne() {
        Value x = Value.input("x", TensorType.f64(4));
        double[] result = Evaluated.of(Activation.GELU.apply(x), Map.of(x, new double[] {-1, 0, 1, 2}));
        // x times the normal distribution function, from tables.
        double[] expected = {-0.158655253931457, 0, 0.841344746068543, 1.954499736103642};
        assertThat(result).containsExactly(expected, within(1e-12));
    }

    @Test
    void normaliserAndItsInverseCancel() {
        double[] x = {1, 5, 2, 7};
        Map<String, double[]> statistics = Map.of("mean", new double[] {3, -1}, "deviation", new double[] {2, 0.5});
        double[] normal = Evaluated.layer(
                new Normaliser(Shape.of(2), Normaliser.Direction.NORMALISE), statistics, Shape.of(1, 2, 2), x);
        assertThat(normal[0]).isEqualTo(-2 / 2.00001, within(1e-14));
        double[] back = Evaluated.layer(
                new Normaliser(Shape.of(2), Normaliser.Direction.RESTORE), statistics, Shape.of(1, 2, 2), normal);
        assertThat(back).containsExactly(x, within(1e-12));
    }

    @Test
    void relativeErrorIsPerSample() {
        Value p = Value.input("p", TensorType.f64(2, 2, 1));
        Value y = Value.input("y", TensorType.f64(2, 2, 1));
        Map<Value, double[]> inputs = new LinkedHashMap<>();
        inputs.put(p, new double[] {3, 4, 0, 2});
        inputs.put(y, new double[] {0, 4, 0, 1});
        assertThat(Evaluated.of(Loss.RELATIVE_L2.perSample(p, y), inputs))
                .containsExactly(new double[] {0.75, 1}, within(1e-14));
        assertThat(Evaluated.of(Loss.MEAN_SQUARE.perSample(p, y), inputs))
                .containsExactly(new double[] {4.5, 0.5}, within(1e-14));
    }

    @Test
    void anExactPredictionHasAFiniteGradient() {
        Value p = Value.input("p", TensorType.f32(1, 2));
        Value y = Value.input("y", TensorType.f32(1, 2));
        Map<Value, double[]> inputs = new LinkedHashMap<>();
        inputs.put(p, new double[] {1, 2});
        inputs.put(y, new double[] {1, 2});
        Value slope = Derivatives.gradient(Loss.RELATIVE_L2.total(p, y), p).get(0);
        assertThat(Evaluated.of(slope, inputs)).containsExactly(0, 0);
    }
}

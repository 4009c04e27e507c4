// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Evaluated;

class AdamTest {
    @ParameterizedTest
    @EnumSource(Adam.Coupling.class)
    void followsTheAlgorithmOfThePaper(Adam.Coupling coupling) {
        Adam adam = new Adam(0.9, 0.99, 1e-8, 0.1, coupling);
        Value theta = Value.input("theta", TensorType.f64(2));
        Value slope = Value.input("slope", TensorType.f64(2));
        Value mean = Value.input("mean", TensorType.f64(2));
        Value square = Value.input("square", TensorType.f64(2));
        Value settings = Value.input("settings", TensorType.f64(3));
        List<Value> next = adam.step(theta, slope, List.of(mean, square), settings);

        double[][] state = {{1, -2}, {0, 0}, {0, 0}};
        double[] p = {1, -2};
        double[] m = {0, 0};
        double[] v = {0, 0};
        for (int t = 1; t <= 3; t++) {
            double[] g = {0.5 * t, -1 + t};
            double rate = 0.01 * t;
            Map<Value, double[]> inputs = new LinkedHashMap<>();
            inputs.put(theta, state[0]);
            inputs.put(slope, g);
            inputs.put(mean, state[1]);
            inputs.put(square, state[2]);
            inputs.put(settings, adam.settings(t, rate));
            state = Evaluated.all(next, inputs).toArray(new double[0][]);
            for (int i = 0; i < 2; i++) {
                double gradient = g[i] + (coupling == Adam.Coupling.L2 ? 0.1 * p[i] : 0);
                m[i] = 0.9 * m[i] + 0.1 * gradient;
                v[i] = 0.99 * v[i] + 0.01 * gradient * gradient;
                double decay = coupling == Adam.Coupling.DECOUPLED ? 0.1 * p[i] : 0;
                double mHat = m[i] / (1 - Math.pow(0.9, t));
                double vHat = v[i] / (1 - Math.pow(0.99, t));
                p[i] -= rate * (mHat / (Math.sqrt(vHat) + 1e-8) + decay);
            }
            assertThat(state[0]).containsExactly(p, within(1e-13));
            assertThat(state[1]).containsExactly(m, within(1e-13));
            assertThat(state[2]).containsExactly(v, within(1e-13));
        }
    }

    @Test
    void takesOtherDecays() {
        assertThat(Adam.decoupled(0.1).decays(0.95, 0.99))
                .isEqualTo(new Adam(0.95, 0.99, 1e-8, 0.1, Adam.Coupling.DECOUPLED));
    }

    @Test
    void refusesImpossibleConstants() {
        assertThatThrownBy(() -> new Adam(1, 0.9, 1e-8, 0, Adam.Coupling.L2)).hasMessageContaining("beta1 1.0");
    }
}

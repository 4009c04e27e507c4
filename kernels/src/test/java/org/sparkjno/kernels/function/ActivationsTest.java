// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class ActivationsTest {
    private static final double[] X = {-1000, -3, -0.5, 0.25, 2, 1000};

    private static void holds(UnaryOperator<Value> activation, DoubleUnaryOperator formula) {
        double[] actual = FunctionCheck.value(v -> activation.apply(v.get(0)), Literal.of(TensorType.f64(X.length), X));
        for (int i = 0; i < X.length; i++) {
            double expected = formula.applyAsDouble(X[i]);
            assertThat(actual[i]).isCloseTo(expected, within(1e-15 * Math.max(1, Math.abs(expected))));
        }
        FunctionCheck.check(v -> activation.apply(v.get(0)), TensorType.f64(4));
    }

    @Test
    void followTheirFormulas() {
        holds(Activations::relu, x -> Math.max(x, 0));
        holds(x -> Activations.leakyRelu(x, 0.125), x -> x > 0 ? x : 0.125 * x);
        holds(Activations::sigmoid, x -> 1 / (1 + Math.exp(-x)));
        holds(Activations::silu, x -> x / (1 + Math.exp(-x)));
        holds(Activations::softplus, x -> x > 100 ? x : Math.log1p(Math.exp(x)));
        holds(
                Activations::tanhGelu,
                x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class ComplexDerivativesTest {
    private final ComplexPair z =
            new ComplexPair(Value.input("x", TensorType.f64(2)), Value.input("y", TensorType.f64(2)));

    private double[] call(Value value) {
        Graph graph = Graph.of(List.of(z.re(), z.im()), List.of(value));
        TensorType type = z.re().type();
        return Reference.call(graph, Literal.of(type, 1, -2), Literal.of(type, 3, 0.5))
                .get(0)
                .toArray();
    }

    /** |z|² grows fastest along z. */
    @Test
    void gradientsPointUphill() {
        Value loss = z.times(z.conjugate()).re().sum();
        ComplexPair gradient = ComplexDerivatives.gradient(loss, List.of(z)).get(0);
        assertThat(call(gradient.re())).containsExactly(2, -4);
        assertThat(call(gradient.im())).containsExactly(6, 1);
    }

    /** The real part of a·z has the gradient conj(a). */
    @Test
    void gradientsAreConjugateCotangents() {
        ComplexPair a = new ComplexPair(Value.full(z.re().type(), 2), Value.full(z.re().type(), 5));
        ComplexPair gradient =
                ComplexDerivatives.gradient(a.times(z).re().sum(), List.of(z)).get(0);
        assertThat(call(gradient.re())).containsExactly(2, 2);
        assertThat(call(gradient.im())).containsExactly(-5, -5);
    }

    /** Pulling back through a holomorphic f multiplies by conj(f'), pushing forward by f'. */
    @Test
    void holomorphicFunctionsMultiply() {
        ComplexPair cube = z.times(z).times(z);
        ComplexDerivatives.Holomorphic derivative = ComplexDerivatives.holomorphic(cube, z);
        assertThat(call(derivative.value().re())).containsExactly(3 * (1 - 9), 3 * (4 - 0.25));
        assertThat(call(derivative.value().im())).containsExactly(3 * 6, 3 * -2);
        assertThat(call(derivative.defect())[0]).isCloseTo(0, within(1e-14));
        ComplexPair pulled =
                ComplexDerivatives.vjp(List.of(cube), List.of(z), List.of(z)).get(0);
        ComplexPair expected = derivative.value().conjugate().times(z);
        assertThat(call(pulled.re())).containsExactly(call(expected.re()), within(1e-12));
        assertThat(call(pulled.im())).containsExactly(call(expected.im()), within(1e-12));
        ComplexPair pushed =
                ComplexDerivatives.jvp(List.of(cube), List.of(z), List.of(z)).get(0);
        assertThat(call(pushed.im()))
                .containsExactly(call(derivative.value().times(z).im()), within(1e-12));
    }

    @Test
    void otherFunctionsShowTheirDefect() {
        ComplexPair mixed = z.times(z.conjugate()).plus(z);
        assertThat(call(ComplexDerivatives.holomorphic(mixed, z).defect())[0]).isGreaterThan(1);
        ComplexPair real = new ComplexPair(z.re().square(), Value.full(z.re().type(), 0));
        assertThatThrownBy(() -> ComplexDerivatives.holomorphic(real, z))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The function depends on the real part of its argument alone, so it is not holomorphic; take"
                                + " derivatives in the parts by jvp.");
    }
}

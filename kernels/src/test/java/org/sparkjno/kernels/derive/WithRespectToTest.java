// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.Invocation;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** What one may differentiate with respect to. */
class WithRespectToTest {
    private final Value x = Value.input("x", TensorType.f64(3));

    @Test
    void eachValueOnce() {
        Value loss = x.square().sum();

        assertThatThrownBy(() -> Derivatives.gradient(loss, x, x))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("once");
    }

    @Test
    void floatingPointValues() {
        Value n = Value.input("n", new TensorType(DType.I32, Shape.of(3)));
        Value loss = n.cast(DType.F64).times(x).sum();

        assertThatThrownBy(() -> Derivatives.gradient(loss, n))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("i32[3]");
        assertThat(Derivatives.gradient(loss, x)).hasSize(1);
    }

    @Test
    void theMaximumOfNothingDoesNotMove() {
        Value empty = Value.input("e", TensorType.f64(2, 0));
        Value tangent = Derivatives.jvp(List.of(empty.max(1)), List.of(empty), List.of(empty))
                .get(0);
        Device device = new ReferenceDevice();

        try (Buffer in = device.allocate(empty.type());
                Buffer out = device.allocate(tangent.type());
                Invocation run = device.compile(Graph.of(List.of(empty), List.of(tangent)))
                        .bind(List.of(in), List.of(out))) {
            run.run();

            assertThat(out.read().toArray()).containsExactly(0, 0);
        }
    }
}

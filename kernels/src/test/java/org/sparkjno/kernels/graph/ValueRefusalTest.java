// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the methods of values refuse, each in one sentence. */
class ValueRefusalTest {
    private final Value square = Value.input("a", TensorType.f64(3, 3));
    private final Value counts = Value.input("n", new TensorType(DType.I32, Shape.of(4)));

    @Test
    void sliceAndPadAlongAnAxisThatDoesNotExist() {
        assertThatThrownBy(() -> square.slice(2, 0, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("axis 2")
                .hasMessageContaining("f64[3,3]");
        assertThatThrownBy(() -> square.pad(-3, 0, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("axis -3");
    }

    @Test
    void broadcastOntoPermutedAxesOfTheSameShape() {
        assertThatThrownBy(() -> square.broadcast(Shape.of(3, 3), List.of(1, 0)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[1, 0]");
    }

    @Test
    void sumOfTruthValues() {
        Value flags = counts.cast(DType.BOOL);

        assertThatThrownBy(flags::sum).isInstanceOf(ShapeException.class).hasMessageContaining("cast");
    }

    @Test
    void meanOfIntegersAndFractionsBesideThem() {
        assertThatThrownBy(counts::mean)
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("i32")
                .hasMessageContaining("cast");
        assertThatThrownBy(() -> counts.times(0.5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("0.5")
                .hasMessageContaining("i32");
    }
}

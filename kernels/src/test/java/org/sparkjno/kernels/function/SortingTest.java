// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.EveryDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class SortingTest {
    private static final double NAN = Double.NaN;
    private static final Literal ROWS = Literal.of(TensorType.f64(2, 4), 3, -1, 3, 2, 0, 5, -2, 5);

    @Test
    void sortsAlongAnAxis() {
        assertThat(FunctionCheck.value(v -> Sorting.sort(v.get(0), -1), ROWS))
                .containsExactly(-1, 2, 3, 3, -2, 0, 5, 5);
        assertThat(FunctionCheck.value(v -> Sorting.sortDescending(v.get(0), 0), ROWS))
                .containsExactly(3, 5, 3, 5, 0, -1, -2, 2);
        assertThat(FunctionCheck.value(v -> Sorting.sort(v.get(0), 0), Literal.of(TensorType.f64(0))))
                .isEmpty();
    }

    @Test
    void topKKeepsTheFirstOfEquals() {
        assertThat(FunctionCheck.value(v -> Sorting.topK(v.get(0), 2, 1).values(), ROWS))
                .containsExactly(3, 3, 5, 5);
        assertThat(FunctionCheck.value(v -> Sorting.topK(v.get(0), 2, 1).positions(), ROWS))
                .containsExactly(0, 2, 1, 3);
    }

    @Test
    void extremaOnEveryDevice() {
        Value x = Value.input("x", TensorType.f64(3, 3));
        Value n = Value.input("n", new TensorType(DType.I32, Shape.of(2, 2)));
        Graph graph = Graph.of(
                List.of(x, n),
                List.of(Sorting.argmax(x, 1), Sorting.argmin(x, 1), Sorting.argmax(x, 0), Sorting.argmin(n, 1)));
        List<Literal> results = EveryDevice.call(
                graph,
                Literal.of(x.type(), 1, 4, 4, 2, NAN, NAN, -1, -1, -1),
                Literal.of(n.type(), 7, 7, 3, -3));
        assertThat(results.get(0).type()).isEqualTo(new TensorType(DType.I32, Shape.of(3)));
        assertThat(results.get(0).toArray()).containsExactly(1, 1, 0);
        assertThat(results.get(1).toArray()).containsExactly(0, 1, 0);
        assertThat(results.get(2).toArray()).containsExactly(1, 1, 1);
        assertThat(results.get(3).toArray()).containsExactly(0, 1);
    }

    @Test
    void takesAlongEachAxis() {
        Literal x = FunctionCheck.random(1, TensorType.f64(2, 3, 2)).get(0);
        TensorType positions = new TensorType(DType.I32, Shape.of(2, 4, 2));
        Literal at = Literal.of(positions, 0, 1, 2, 2, 1, 0, -1, 3, 2, 2, 1, 1, 0, 0, 3, -1);
        double[] taken = FunctionCheck.value(v -> Sorting.takeAlongAxis(v.get(0), v.get(1), 1), x, at);
        for (int i = 0; i < taken.length; i++) {
            int row = (int) at.get(i);
            boolean exists = row >= 0 && row < 3;
            assertThat(taken[i]).isEqualTo(exists ? x.get((i / 8 * 3 + row) * 2 + i % 2) : 0);
        }
    }

    @Test
    void derivatives() {
        FunctionCheck.check(v -> Sorting.sort(v.get(0), 1).square(), TensorType.f64(2, 3, 2));
        FunctionCheck.check(v -> Sorting.topK(v.get(0), 2, 0).values().square(), TensorType.f64(4, 2));
    }

    @Test
    void refusesWhatDoesNotExist() {
        Value x = Value.input("x", TensorType.f32(2, 0));
        assertThatThrownBy(() -> Sorting.argmax(x, 1))
                .hasMessage("There is no max among no elements: axis 1 of f32[2,0] is empty.");
        assertThatThrownBy(() -> Sorting.topK(x, 3, 0))
                .hasMessage("The 3 largest elements were asked for along axis 0 of f32[2,0].");
        assertThatThrownBy(() -> Sorting.takeAlongAxis(x, x, 0))
                .hasMessage("Elements are taken along axis 0 of f32[2,0] by i32 positions with its other extents, but got"
                        + " f32[2,0].");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.device.EveryDevice;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class SelectionTest {
    @Test
    void takesElementsAlongAnAxis() {
        Literal x = Literal.of(
                TensorType.f64(2, 4, 3), new Random(3).doubles(24, -4, 4).toArray());
        Literal at = Literal.of(new TensorType(DType.I32, Shape.of(2, 2, 3)), 3, 0, 1, 2, 2, -1, 0, 1, 4, 3, 3, 3);
        Value input = Value.input("x", x.type());
        Value index = Value.input("i", at.type());
        double[] expected = new double[12];
        for (int i = 0; i < 12; i++) {
            double row = at.get(i);
            expected[i] = row >= 0 && row < 4 ? x.get(i / 6 * 12 + ((int) row) * 3 + i % 3) : 0;
        }

        Graph graph = Graph.of(List.of(input, index), List.of(Selection.takeAlongAxis(input, index, 1)));

        assertThat(EveryDevice.call(graph, x, at).get(0).toArray()).containsExactly(expected);
        assertThatThrownBy(() -> Selection.takeAlongAxis(input, index, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "takeAlongAxis along axis 0 of f64[2,4,3] needs i32 or i64 positions with the same other extents, but got"
                                + " i32[2,2,3].");
    }

    @Test
    void mediansLieInTheMiddle() {
        Literal x = Literal.of(TensorType.f64(2, 3, 2), 5, 1, 2, 8, -3, 4, 0, 7, 9, 7, 1, -2);
        Value input = Value.input("x", x.type());
        List<Value> outputs = List.of(
                Selection.median(input),
                Selection.median(input, 1),
                Selection.median(input, 2),
                Selection.median(input, 2, 0));

        List<Literal> results = EveryDevice.call(Graph.of(List.of(input), outputs), x);

        assertThat(results.get(0).toArray()).containsExactly(3);
        assertThat(results.get(1).toArray()).containsExactly(2, 4, 1, 7);
        assertThat(results.get(2).toArray()).containsExactly(3, 5, 0.5, 3.5, 8, -0.5);
        assertThat(results.get(3).toArray()).containsExactly(3, 7.5, -0.5);
        Value empty = Value.input("x", TensorType.f64(2, 0));
        assertThatThrownBy(() -> Selection.median(empty, 1)).isInstanceOf(ShapeException.class);
    }

    @Test
    void ranks() {
        double nan = Double.NaN;
        Literal x = Literal.of(TensorType.f64(3, 4), 2, 7, 1, 7, -1, nan, 3, nan, 0, -5, -0.0, -5);
        Value input = Value.input("x", x.type());
        TopK top = TopK.of(input, 2, -1);
        List<Value> outputs = List.of(
                Selection.sort(input, 1),
                Selection.argmax(input, -1),
                Selection.argmax(input, 0),
                Selection.argmin(input, 1),
                top.values(),
                top.positions());

        List<Literal> results = EveryDevice.call(Graph.of(List.of(input), outputs), x);

        assertThat(results)
                .extracting(Literal::toArray)
                .containsExactly(
                        new double[] {1, 2, 7, 7, -1, 3, nan, nan, -5, -5, 0, -0.0},
                        new double[] {1, 1, 0},
                        new double[] {0, 1, 1, 1},
                        new double[] {2, 1, 1},
                        new double[] {7, 7, 3, -1, 0, -0.0},
                        new double[] {1, 3, 2, 0, 0, 2});
        assertThat(results.get(1).type()).isEqualTo(new TensorType(DType.I32, Shape.of(3)));
        assertThatThrownBy(() -> TopK.of(input, 5, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Selection.argmax(input.slice(1, 0, 0), 1))
                .hasMessage("argmax needs elements along axis 1, but f64[3,0] has none.");
    }
}

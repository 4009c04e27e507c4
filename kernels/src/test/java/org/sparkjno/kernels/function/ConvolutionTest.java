// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.function.Convolution.Padding;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class ConvolutionTest {
    /** Fields of 7×5 points with 4 channels, kernels of 3×2. */
    static Stream<Convolution> plane() {
        List<Integer> ones = List.of(1, 1);
        return Stream.of(
                Convolution.valid(2),
                Convolution.same(2),
                Convolution.periodic(2),
                Convolution.same(2).strided(2),
                Convolution.periodic(2).strided(3),
                Convolution.valid(2).dilated(2),
                Convolution.same(2).dilated(2).strided(2).grouped(2),
                Convolution.periodic(2).dilated(2),
                Convolution.same(2).grouped(4),
                new Convolution(List.of(2, 1), List.of(1, 3), new Padding.Zeros(2), 2),
                new Convolution(ones, ones, new Padding.Zeros(1), 1));
    }

    private static Literal[] arguments(Convolution convolution) {
        return FunctionCheck.random(4, TensorType.f64(2, 7, 5, 4), TensorType.f64(3, 2, 4 / convolution.groups(), 8))
                .toArray(Literal[]::new);
    }

    @ParameterizedTest
    @MethodSource("plane")
    void isTheSumItSays(Convolution convolution) {
        Literal[] arguments = arguments(convolution);
        Value x = Value.input("x", arguments[0].type());
        Value w = Value.input("w", arguments[1].type());
        Value y = convolution.apply(x, w);
        double[] actual = Reference.call(Graph.of(List.of(x, w), List.of(y)), arguments)
                .get(0)
                .toArray();
        double[] expected = new double[actual.length];
        Shape shape = y.shape();
        for (int at = 0; at < expected.length; at++) {
            int output = at % 8;
            int column = at / 8 % shape.dim(2);
            int row = at / 8 / shape.dim(2) % shape.dim(1);
            int sample = at / 8 / shape.dim(2) / shape.dim(1);
            expected[at] = sum(convolution, arguments, shape, sample, row, column, output);
        }
        assertThat(actual).containsExactly(expected, within(1e-13));
    }

    private static double sum(
            Convolution convolution, Literal[] arguments, Shape shape, int sample, int row, int column, int output) {
        int inputs = 4 / convolution.groups();
        int group = output / (8 / convolution.groups());
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                int atRow = place(convolution, 0, 7, 3, shape.dim(1), row, i);
                int atColumn = place(convolution, 1, 5, 2, shape.dim(2), column, j);
                for (int c = 0; atRow >= 0 && atColumn >= 0 && c < inputs; c++) {
                    double field = arguments[0].get(((sample * 7 + atRow) * 5 + atColumn) * 4 + group * inputs + c);
                    sum += field * arguments[1].get(((i * 2 + j) * inputs + c) * 8 + output);
                }
            }
        }
        return sum;
    }

    /** Where a window's element lies in the field, −1 outside. */
    private static int place(Convolution it, int axis, int points, int kernel, int windows, int window, int element) {
        int reach = (windows - 1) * it.stride().get(axis)
                + (kernel - 1) * it.dilation().get(axis)
                + 1;
        int low = it.padding() instanceof Padding.Zeros zeros ? zeros.width() : Math.max(0, reach - points) / 2;
        int at = window * it.stride().get(axis) + element * it.dilation().get(axis) - low;
        if (it.padding() instanceof Padding.Periodic) {
            return Math.floorMod(at, points);
        }
        return at < 0 || at >= points ? -1 : at;
    }

    /** The transposed convolution is what reverse mode finds. */
    @ParameterizedTest
    @MethodSource("plane")
    void transposedIsTheTranspose(Convolution convolution) {
        Literal[] arguments = arguments(convolution);
        Value x = Value.input("x", arguments[0].type());
        Value w = Value.input("w", arguments[1].type());
        Value y = convolution.apply(x, w);
        Value cotangent = Value.input("y", y.type());
        Value pulled =
                Derivatives.vjp(List.of(y), List.of(x), List.of(cotangent)).get(0);
        Graph graph = Graph.of(List.of(x, w, cotangent), List.of(pulled, convolution.transposed(cotangent, w, 7, 5)));
        Literal random = FunctionCheck.random(9, y.type()).get(0);
        List<Literal> results = Reference.call(graph, arguments[0], arguments[1], random);
        assertThat(results.get(1).toArray()).containsExactly(results.get(0).toArray(), within(1e-13));
        FunctionCheck.sameOnCpu(graph, List.of(arguments[0], arguments[1], random), 1e-12);
    }

    @Test
    void derivatives() {
        FunctionCheck.check(
                v -> Convolution.same(1).strided(2).apply(v.get(0), v.get(1)),
                TensorType.f64(2, 5, 2),
                TensorType.f64(3, 2, 3));
        FunctionCheck.check(
                v -> Convolution.periodic(2).grouped(2).apply(v.get(0), v.get(1)),
                TensorType.f64(1, 3, 4, 2),
                TensorType.f64(2, 3, 1, 2));
        FunctionCheck.check(
                v -> Convolution.same(2).strided(2).transposed(v.get(0), v.get(1), 3, 4),
                TensorType.f64(1, 2, 2, 3),
                TensorType.f64(3, 3, 1, 3));
    }

    @Test
    void onePointAndThreeAxes() {
        FunctionCheck.check(
                v -> Convolution.same(3).apply(v.get(0), v.get(1)),
                TensorType.f64(1, 1, 2, 1, 2),
                TensorType.f64(1, 3, 2, 2, 1));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Value x = Value.input("x", TensorType.f32(1, 4, 3));
        Value w = Value.input("w", TensorType.f32(2, 3, 6));
        assertThatThrownBy(() -> Convolution.same(1).grouped(2).apply(x, w))
                .hasMessage("A convolution over 1 axes in 2 groups takes a field [batch, space…, inputs] and weights"
                        + " [kernel…, inputs/groups, outputs], but got f32[1,4,3] and f32[2,3,6].");
        assertThatThrownBy(() -> Convolution.periodic(1).dilated(9).apply(x, w))
                .hasMessage("A periodic convolution reaches 5 points beyond an axis of 4; use a smaller kernel or"
                        + " dilation.");
        assertThatThrownBy(() -> Convolution.same(1).strided(0)).hasMessageContaining("positive strides [0]");
        Value y = Value.input("y", TensorType.f32(1, 4, 6));
        assertThatThrownBy(() -> Convolution.valid(1).transposed(x, w, 4))
                .hasMessageContaining("takes a field [batch, windows…, outputs] and weights");
        assertThatThrownBy(() -> Convolution.valid(1).transposed(y, w))
                .hasMessage("A transposed convolution over 1 axes gives a field of as many extents, but 0 were asked"
                        + " for.");
        assertThatThrownBy(() -> Convolution.valid(1).apply(Value.input("s", TensorType.f32()), w))
                .hasMessageContaining("but got f32[] and f32[2,3,6]");
        assertThatThrownBy(() -> Convolution.valid(1).transposed(y, w, 4))
                .hasMessage(
                        "A convolution of 4 points along space axis 0 has 3 windows, but the field to transpose it on"
                                + " is f32[1,4,6].");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/** Reversals, windows and running sums against loops written out by hand, on every device. */
class WindowedOpTest {
    private static Literal random(TensorType type) {
        double[] numbers = new Random(5).doubles(type.shape().size(), -4, 4).toArray();
        return Literal.of(type, numbers);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void reverses(DType dtype) {
        Literal x = random(new TensorType(dtype, Shape.of(2, 3, 4)));
        Value input = Value.input("x", x.type());
        double[] outer = new double[24];
        double[] both = new double[24];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    outer[12 * i + 4 * j + k] = x.get(12 * (1 - i) + 4 * j + k);
                    both[12 * i + 4 * j + k] = x.get(12 * i + 4 * (2 - j) + 3 - k);
                }
            }
        }
        List<Value> outputs = List.of(
                input.reverse(0), input.reverse(1, -1), input.reverse(0, 1).reverse(0, 1));

        List<Literal> results = EveryDevice.call(Graph.of(List.of(input), outputs), x);

        assertThat(results).containsExactly(Literal.of(x.type(), outer), Literal.of(x.type(), both), x);
    }

    @Test
    void reversalsAreReadThroughOtherShapes() {
        Literal x = random(TensorType.f64(3, 4));
        Value input = Value.input("x", x.type());
        List<Value> outputs = List.of(
                input.reverse(0, 1).reshape(12).plus(1),
                input.reverse(1).reshape(12).plus(1),
                input.reverse(1).contract("ij,kj->ik", input));
        double[] all = new double[12];
        double[] lines = new double[12];
        double[] products = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                all[4 * i + j] = x.get(11 - 4 * i - j) + 1;
                lines[4 * i + j] = x.get(4 * i + 3 - j) + 1;
                for (int k = 0; k < 3; k++) {
                    products[3 * i + k] += x.get(4 * i + 3 - j) * x.get(4 * k + j);
                }
            }
        }

        List<Literal> results = EveryDevice.call(Graph.of(List.of(input), outputs), x);

        assertThat(results.get(0).toArray()).containsExactly(all);
        assertThat(results.get(1).toArray()).containsExactly(lines);
        assertThat(results.get(2).toArray()).containsExactly(products, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "7,3,1,1", "7,3,2,1", "8,3,2,1", "7,3,1,2", "9,2,3,4", "3,3,1,1", "2,3,1,1", "0,1,1,1", "5,1,1,1", "1,1,3,3",
        "8,2,2,1", "9,2,2,1", "7,1,1,5", "1,2,2,1"
    })
    void cutsWindowsAndAddsThem(int length, int size, int stride, int dilation) {
        Literal x = random(TensorType.f64(2, length, 3));
        Value input = Value.input("x", x.type());
        int count = 0;
        while (count * stride + (size - 1) * dilation < length) {
            count++;
        }
        double[] windows = new double[2 * count * size * 3];
        double[] sums = new double[2 * length * 3];
        for (int b = 0; b < 2; b++) {
            for (int o = 0; o < count; o++) {
                for (int k = 0; k < size; k++) {
                    for (int c = 0; c < 3; c++) {
                        int from = (b * length + o * stride + k * dilation) * 3 + c;
                        windows[((b * count + o) * size + k) * 3 + c] = x.get(from);
                        sums[from] += x.get(from) * x.get(from);
                    }
                }
            }
        }
        Value cut = input.window(1, size, stride, dilation);

        List<Literal> results = EveryDevice.call(
                Graph.of(List.of(input), List.of(cut, cut.square().overlapAdd(1, length, stride, dilation))), x);

        assertThat(results.get(0)).isEqualTo(Literal.of(TensorType.f64(2, count, size, 3), windows));
        assertThat(results.get(1).toArray()).containsExactly(sums, within(1e-12));
    }

    /** A convolution with stride and dilation over the middle axis of channel-last data. */
    @Test
    void convolvesByContraction() {
        Literal x = random(TensorType.f64(2, 11, 3));
        Literal w = random(TensorType.f64(3, 3, 17));
        Value input = Value.input("x", x.type());
        Value weights = Value.input("w", w.type());
        double[] expected = new double[2 * 4 * 17];
        for (int b = 0; b < 2; b++) {
            for (int o = 0; o < 4; o++) {
                for (int k = 0; k < 3; k++) {
                    for (int c = 0; c < 3; c++) {
                        for (int f = 0; f < 17; f++) {
                            expected[(b * 4 + o) * 17 + f] +=
                                    x.get((b * 11 + 2 * o + 2 * k) * 3 + c) * w.get((k * 3 + c) * 17 + f);
                        }
                    }
                }
            }
        }

        Value result = input.window(1, 3, 2, 2).contract("bokc,kcf->bof", weights);

        assertThat(EveryDevice.call(Graph.of(List.of(input, weights), List.of(result)), x, w)
                        .get(0)
                        .toArray())
                .containsExactly(expected, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "I32", "I64"})
    void sumsUp(DType dtype) {
        Literal x = Literal.of(new TensorType(dtype, Shape.of(2, 3, 2)), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Value input = Value.input("x", x.type());
        List<Value> outputs = List.of(
                input.cumsum(0),
                input.cumsum(1),
                input.cumsum(-1),
                Value.of(new WindowedOp.CumulativeSum(1, true), input),
                Value.of(new WindowedOp.CumulativeSum(2, true), input.slice(0, 0, 1)),
                input.slice(1, 0, 1).cumsum(1),
                input.slice(1, 0, 0).cumsum(1));

        List<Literal> results = EveryDevice.call(Graph.of(List.of(input), outputs), x);

        assertThat(results)
                .extracting(Literal::toArray)
                .containsExactly(
                        new double[] {1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18},
                        new double[] {1, 2, 4, 6, 9, 12, 7, 8, 16, 18, 27, 30},
                        new double[] {1, 3, 3, 7, 5, 11, 7, 15, 9, 19, 11, 23},
                        new double[] {9, 12, 8, 10, 5, 6, 27, 30, 20, 22, 11, 12},
                        new double[] {3, 2, 7, 4, 11, 6},
                        new double[] {1, 2, 7, 8},
                        new double[0]);
    }

    @ParameterizedTest
    @CsvSource({"1", "-1", "0", "5", "7", "-12"})
    void rolls(int shift) {
        Literal x = random(TensorType.f64(2, 5));
        Value input = Value.input("x", x.type());
        double[] expected = new double[10];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 5; j++) {
                expected[5 * i + Math.floorMod(j + shift, 5)] = x.get(5 * i + j);
            }
        }

        Graph graph = Graph.of(List.of(input), List.of(input.roll(shift, 1)));

        assertThat(EveryDevice.call(graph, x).get(0).toArray()).containsExactly(expected);
    }
}

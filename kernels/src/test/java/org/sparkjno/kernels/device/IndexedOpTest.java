// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** Gather, scatter-add, argsort and iota against loops written out by hand, on every device. */
class IndexedOpTest {
    private static final int[] ROWS = {4, 0, -1, 2, 2, 5, 0, 1 << 30};

    private static Literal random(TensorType type) {
        Random random = new Random(3);
        double[] numbers = random.doubles(type.shape().size(), -4, 4).toArray();
        return Literal.of(type, numbers);
    }

    private static Literal indices(DType dtype, Shape shape) {
        return Literal.of(
                new TensorType(dtype, shape),
                Arrays.stream(ROWS).asDoubleStream().toArray());
    }

    private static TensorType type(DType dtype, int... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void gathersRowsOfEveryType(DType dtype) {
        Literal x = random(type(dtype, 5, 3, 2));
        Literal at = indices(DType.I32, Shape.of(2, 4));
        Value input = Value.input("x", x.type());
        Value index = Value.input("i", at.type());
        double[] expected = new double[ROWS.length * 6];
        for (int i = 0; i < ROWS.length; i++) {
            for (int k = 0; k < 6; k++) {
                expected[i * 6 + k] = ROWS[i] >= 0 && ROWS[i] < 5 ? x.get(ROWS[i] * 6 + k) : 0;
            }
        }

        Literal result = EveryDevice.call(Graph.of(List.of(input, index), List.of(input.gather(index))), x, at)
                .get(0);

        assertThat(result).isEqualTo(Literal.of(type(dtype, 2, 4, 3, 2), expected));
    }

    @Test
    void gathersFromAViewByAViewOfIndices() {
        Literal x = random(TensorType.f64(3, 5));
        Literal at = Literal.of(type(DType.I64, 4, 2), 0, 9, 1, 8, 4, 7, 3, 0x1p40);
        Value input = Value.input("x", x.type());
        Value index = Value.input("i", at.type());
        double[] expected = new double[2 * 4 * 2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 2; k++) {
                    double row = at.get((3 - j) * 2 + i);
                    expected[(i * 4 + j) * 2 + k] = row < 5 ? x.get((k + 1) * 5 + (int) row) : 0;
                }
            }
        }

        Value columns = input.transpose(1, 0).slice(1, 1, 3);
        Value result = columns.gather(index.transpose(1, 0).reverse(1));

        assertThat(EveryDevice.call(Graph.of(List.of(input, index), List.of(result)), x, at)
                        .get(0)
                        .toArray())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "I32", "I64"})
    void scattersAndAddsRows(DType dtype) {
        Literal updates = random(type(dtype, 8, 3));
        Literal at = indices(DType.I64, Shape.of(8));
        Value input = Value.input("u", updates.type());
        Value index = Value.input("i", at.type());
        double[] expected = new double[5 * 3];
        for (int i = 0; i < ROWS.length; i++) {
            for (int k = 0; k < 3 && ROWS[i] >= 0 && ROWS[i] < 5; k++) {
                int target = ROWS[i] * 3 + k;
                expected[target] = dtype.round(expected[target] + updates.get(i * 3 + k));
            }
        }

        Literal result = EveryDevice.call(
                        Graph.of(List.of(input, index), List.of(input.scatterAdd(index, 5))), updates, at)
                .get(0);

        assertThat(result.toArray()).containsExactly(expected);
    }

    /** In single precision 1e8 + 1 − 1e8 is 0, and only then + 1 is 1: any other order gives another number. */
    @Test
    void addsUpdatesInTheirOrder() {
        Literal updates = Literal.of(TensorType.f32(4), 1e8, 1, -1e8, 1);
        Literal at = Literal.of(type(DType.I32, 4), 1, 1, 1, 1);
        Value input = Value.input("u", updates.type());
        Value index = Value.input("i", at.type());

        Graph graph = Graph.of(List.of(input, index), List.of(input.scatterAdd(index, 2)));

        assertThat(EveryDevice.call(graph, updates, at).get(0).toArray()).containsExactly(0, 1);
    }

    @Test
    void emptyAndSingleAxes() {
        Value none = Value.input("none", TensorType.f64(0, 2));
        Value some = Value.input("some", TensorType.f64(1, 2));
        Value at = Value.constant(Literal.of(type(DType.I32, 2), 0, 1));
        Value nowhere = Value.constant(Literal.of(type(DType.I32, 0)));
        Value one = Value.constant(Literal.scalar(DType.I32, 0));
        List<Value> results = List.of(
                none.gather(at),
                some.gather(nowhere),
                some.gather(one),
                some.gather(at),
                none.scatterAdd(nowhere, 2),
                some.scatterAdd(Value.constant(Literal.of(type(DType.I32, 1), 1)), 3),
                some.reshape(2).scatterAdd(one, 1),
                some.scatterAdd(Value.constant(Literal.of(type(DType.I32, 1), 0)), 0),
                none.argsort(0),
                some.argsort(0));

        List<Literal> values = EveryDevice.call(
                Graph.of(List.of(none, some), results), Literal.of(none.type()), Literal.of(some.type(), 3, 5));

        assertThat(values)
                .extracting(Literal::toArray)
                .containsExactly(
                        new double[4],
                        new double[0],
                        new double[] {3, 5},
                        new double[] {3, 5, 0, 0},
                        new double[4],
                        new double[] {0, 0, 3, 5, 0, 0},
                        new double[] {3, 5},
                        new double[0],
                        new double[0],
                        new double[2]);
    }

    @Test
    void sortsStablyWithNaNLast() {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        Literal x = Literal.of(TensorType.f32(10), 2, nan, -0.0, 0, -inf, 2, nan, inf, -3, 0);
        Value input = Value.input("x", x.type());
        Value descending = Value.of(new IndexedOp.ArgSort(0, true), input);

        List<Literal> orders = EveryDevice.call(Graph.of(List.of(input), List.of(input.argsort(0), descending)), x);

        assertThat(orders.get(0).type()).isEqualTo(type(DType.I32, 10));
        assertThat(orders.get(0).toArray()).containsExactly(4, 8, 2, 3, 9, 0, 5, 7, 1, 6);
        assertThat(orders.get(1).toArray()).containsExactly(7, 0, 5, 2, 3, 9, 8, 4, 1, 6);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "I32", "I64"})
    void sortsAlongEveryAxis(DType dtype) {
        int[] dims = {3, 70, 4};
        Literal x = random(type(dtype, dims));
        Value input = Value.input("x", x.type());
        List<Value> outputs = List.of(input.argsort(0), input.argsort(-2), input.argsort(2));

        List<Literal> orders = EveryDevice.call(Graph.of(List.of(input), outputs), x);

        int[] strides = {280, 4, 1};
        for (int axis = 0; axis < 3; axis++) {
            int stride = strides[axis];
            for (int first = 0; first < 840; first++) {
                if (first / stride % dims[axis] == 0) {
                    int start = first;
                    List<Integer> positions = new ArrayList<>();
                    for (int i = 0; i < dims[axis]; i++) {
                        positions.add(i);
                    }
                    positions.sort((a, b) -> Double.compare(x.get(start + a * stride), x.get(start + b * stride)));
                    for (int i = 0; i < dims[axis]; i++) {
                        assertThat(orders.get(axis).get(start + i * stride)).isEqualTo((double) positions.get(i));
                    }
                }
            }
        }
    }

    /** Long lines are sorted in another way than short ones; both as stable, whatever comes. */
    @Test
    void sortsLongLinesAsShortOnes() {
        Random random = new Random(8);
        double[] special = {Double.NaN, 0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (DType dtype : List.of(DType.F32, DType.F64, DType.I32, DType.I64)) {
            double[] numbers = random.doubles(3 * 300, -4, 4)
                    .map(x -> dtype.isFloating() && random.nextInt(3) == 0 ? special[random.nextInt(5)] : Math.rint(x))
                    .toArray();
            Literal x = Literal.of(type(dtype, 300, 3), numbers);
            Value input = Value.input("x", x.type());
            Value descending = Value.of(new IndexedOp.ArgSort(0, true), input);

            List<Literal> orders = EveryDevice.call(Graph.of(List.of(input), List.of(input.argsort(0), descending)), x);

            for (int i = 0; i + 3 < 900; i++) {
                for (int way = 0; way < 2; way++) {
                    int a = (int) orders.get(way).get(i);
                    int b = (int) orders.get(way).get(i + 3);
                    double first = x.get(a * 3 + i % 3);
                    double second = x.get(b * 3 + i % 3);
                    boolean tie = first == second || Double.isNaN(first) && Double.isNaN(second);
                    boolean before = way == 0 ? first < second : first > second;
                    assertThat(tie ? a < b : before || Double.isNaN(second)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "I32", "I64"})
    void countsAlongAnAxis(DType dtype) {
        Value rows = Value.iota(type(dtype, 3, 2), 0);
        Value columns = Value.iota(type(dtype, 3, 2), 1).plus(1);
        Value nothing = Value.iota(type(dtype, 0), 0);

        List<Literal> counts = EveryDevice.call(Graph.of(List.of(), List.of(rows, columns, nothing)));

        assertThat(counts.get(0)).isEqualTo(Literal.of(rows.type(), 0, 0, 1, 1, 2, 2));
        assertThat(counts.get(1)).isEqualTo(Literal.of(rows.type(), 1, 2, 1, 2, 1, 2));
        assertThat(counts.get(2).size()).isZero();
    }
}

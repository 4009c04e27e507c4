// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class AttentionTest {
    private static final TensorType TOKENS = TensorType.f64(2, 3, 4);
    private static final Literal[] QKV = FunctionCheck.random(
                    2, TOKENS, TensorType.f64(2, 5, 4), TensorType.f64(2, 5, 6))
            .toArray(Literal[]::new);

    /** Queries [3, 4], keys [5, 4] and values [5, 6] of a batch of 2; masked keys have a bias of −∞. */
    private static double[] expected(double[][] bias) {
        double[] found = new double[2 * 3 * 6];
        for (int batch = 0; batch < 2; batch++) {
            for (int query = 0; query < 3; query++) {
                double[] weights = new double[5];
                double total = 0;
                for (int key = 0; key < 5; key++) {
                    double score = 0;
                    for (int i = 0; i < 4; i++) {
                        score += QKV[0].get((batch * 3 + query) * 4 + i) * QKV[1].get((batch * 5 + key) * 4 + i);
                    }
                    weights[key] = Math.exp(score / 2 + bias[query][key]);
                    total += weights[key];
                }
                for (int key = 0; total > 0 && key < 5; key++) {
                    for (int i = 0; i < 6; i++) {
                        found[(batch * 3 + query) * 6 + i] +=
                                weights[key] / total * QKV[2].get((batch * 5 + key) * 6 + i);
                    }
                }
            }
        }
        return found;
    }

    private static void holds(UnaryOperator<Value> scores, double[][] bias) {
        assertThat(FunctionCheck.value(v -> Attention.of(v.get(0), v.get(1), v.get(2), scores), QKV))
                .containsExactly(expected(bias), within(1e-14));
    }

    @Test
    void weighsValuesByTheSoftmaxOfScores() {
        double none = Double.NEGATIVE_INFINITY;
        holds(UnaryOperator.identity(), new double[3][5]);
        Literal bias = FunctionCheck.random(7, TensorType.f64(3, 5)).get(0);
        double[][] rows = new double[3][5];
        for (int i = 0; i < 15; i++) {
            rows[i / 5][i % 5] = bias.get(i);
        }
        holds(Attention.biased(Value.constant(bias)), rows);
        holds(
                Attention.causal(),
                new double[][] {{0, none, none, none, none}, {0, 0, none, none, none}, {0, 0, 0, none, none}});
        Literal allowed =
                Literal.of(new TensorType(DType.BOOL, Shape.of(3, 5)), 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
        holds(
                Attention.masked(Value.constant(allowed)),
                new double[][] {{0, none, 0, none, 0}, {none, none, none, none, none}, {0, 0, 0, 0, 0}});
    }

    /** Along rows of a plane: the same as ordinary attention with all columns as batch. */
    @Test
    void alongAnAxisOthersAreIndependent() {
        TensorType plane = TensorType.f64(2, 3, 2, 4);
        Literal x = FunctionCheck.random(3, plane).get(0);
        double[] columns =
                FunctionCheck.value(v -> Attention.along(v.get(0), v.get(0), v.get(0), 1, 2, Attention.causal()), x);
        double[] separate = FunctionCheck.value(
                v -> {
                    Value heads = v.get(0).reshape(2, 3, 2, 2, 2).transpose(0, 2, 3, 1, 4);
                    return Attention.of(heads, heads, heads, Attention.causal())
                            .transpose(0, 3, 1, 2, 4)
                            .reshape(plane.shape());
                },
                x);
        assertThat(columns).containsExactly(separate, within(1e-15));
        FunctionCheck.check(
                v -> Attention.along(v.get(0), v.get(1), v.get(0), -2, 2, UnaryOperator.identity()),
                TensorType.f64(1, 2, 3, 4),
                TensorType.f64(1, 2, 3, 4));
    }

    @Test
    void derivatives() {
        FunctionCheck.check(
                v -> Attention.of(v.get(0), v.get(1), v.get(2), Attention.causal()),
                TensorType.f64(2, 2, 2),
                TensorType.f64(2, 3, 2),
                TensorType.f64(2, 3, 1));
    }

    /** Rotated products depend on the distance of positions only, and lengths stay. */
    @Test
    void rotaryProductsDependOnDistance() {
        double[] pair = {0.3, -0.7, 0.2, 0.9, 0.5, 0.1};
        double[] repeated = new double[5 * 6];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = pair[i % 6];
        }
        double[] products = FunctionCheck.value(
                v -> {
                    Value turned = new RotaryEmbedding(100).apply(v.get(0));
                    return turned.contract("qi,ki->qk", turned);
                },
                Literal.of(TensorType.f64(5, 6), repeated));
        double first = 0;
        for (int i = 0; i < 3; i++) {
            double square = pair[2 * i] * pair[2 * i] + pair[2 * i + 1] * pair[2 * i + 1];
            first += square * Math.cos(2 * Math.pow(100, -i / 3.0));
        }
        for (int query = 0; query < 3; query++) {
            assertThat(products[query * 5 + query + 2]).isCloseTo(first, within(1e-14));
        }
        FunctionCheck.check(v -> new RotaryEmbedding(10).apply(v.get(0)).square(), TensorType.f64(2, 3, 4));
    }

    @Test
    void relativePositionsShareTheirBias() {
        RelativePosition positions = new RelativePosition(List.of(2, 3));
        assertThat(positions.table(2)).isEqualTo(Shape.of(15, 2));
        Literal table = FunctionCheck.random(1, TensorType.f64(15, 2)).get(0);
        double[] bias = FunctionCheck.value(v -> positions.bias(v.get(0)), table);
        for (int head = 0; head < 2; head++) {
            for (int query = 0; query < 6; query++) {
                for (int key = 0; key < 6; key++) {
                    int row = (query / 3 - key / 3 + 1) * 5 + query % 3 - key % 3 + 2;
                    assertThat(bias[(head * 6 + query) * 6 + key]).isEqualTo(table.get(row * 2 + head));
                }
            }
        }
        FunctionCheck.check(
                v -> positions.scores(v.get(0)).apply(v.get(1)).square(),
                TensorType.f64(15, 1),
                TensorType.f64(1, 1, 6, 6));
    }

    /** Points see each other exactly if they are neighbours in the grid before the shift. */
    @Test
    void shiftedWindowsKeepOppositeEndsApart() {
        ShiftedWindows shifted = ShiftedWindows.byHalf(Blocks.of(2, 4));
        Literal grid = Literal.of(
                TensorType.f64(1, 4, 8, 1),
                java.util.stream.IntStream.range(0, 32).asDoubleStream().toArray());
        double[] moved = FunctionCheck.value(
                v -> {
                    Value[] windows = new Value[1];
                    shifted.apply(v.get(0), x -> windows[0] = x);
                    return windows[0];
                },
                grid);
        double[] scores =
                FunctionCheck.value(v -> shifted.scores(4, 8).apply(Value.full(TensorType.f64(4, 1, 8, 8), 0)), grid);
        for (int i = 0; i < scores.length; i++) {
            int from = (int) moved[i / 64 * 8 + i / 8 % 8];
            int to = (int) moved[i / 64 * 8 + i % 8];
            boolean near = Math.abs(from / 8 - to / 8) < 2 && Math.abs(from % 8 - to % 8) < 4;
            assertThat(scores[i]).isEqualTo(near ? 0 : Double.NEGATIVE_INFINITY);
        }
        assertThat(FunctionCheck.value(v -> shifted.apply(v.get(0), x -> x), grid))
                .containsExactly(grid.toArray());
    }

    @Test
    void refusesWhatDoesNotFit() {
        Value x = Value.input("x", TensorType.f32(2, 3, 5));
        assertThatThrownBy(() -> Attention.along(x, x, x, 1, 2, scores -> scores))
                .hasMessage("5 channels of f32[2,3,5] do not fall into 2 heads.");
        assertThatThrownBy(() -> Attention.along(x, x, x, 2, 1, scores -> scores))
                .hasMessage("Attention goes along a space axis, but axis 2 of f32[2,3,5] holds the channels.");
        assertThatThrownBy(() -> new RotaryEmbedding(10).apply(x)).hasMessageContaining("but got f32[2,3,5]");
        assertThatThrownBy(() -> new RelativePosition(List.of(2)).bias(x))
                .hasMessage(
                        "The table of relative positions in a window of [2] is 3 rows of heads, but got f32[2,3,5].");
        assertThatThrownBy(() -> new ShiftedWindows(Blocks.of(2), List.of(2))).hasMessageContaining("but got [2]");
    }
}

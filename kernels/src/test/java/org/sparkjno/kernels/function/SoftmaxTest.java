// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class SoftmaxTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void isTheNormalisedExponential() {
        double[] x = {0.5, -1, 2, 0, 0, 0.25};
        double[] softmax = FunctionCheck.value(v -> Softmax.softmax(v.get(0), -1), row(x));
        double[] logSoftmax = FunctionCheck.value(v -> Softmax.logSoftmax(v.get(0), 0), row(x));
        double sum = Arrays.stream(x).map(Math::exp).sum();
        for (int i = 0; i < x.length; i++) {
            assertThat(softmax[i]).isCloseTo(Math.exp(x[i]) / sum, within(1e-15));
            assertThat(logSoftmax[i]).isCloseTo(x[i] - Math.log(sum), within(1e-15));
        }
        assertThat(FunctionCheck.value(v -> Softmax.logSumExp(v.get(0)), row(x))[0])
                .isCloseTo(Math.log(sum), within(1e-15));
    }

    @Test
    void hugeNumbersNeitherOverflowNorVanish() {
        Literal x = row(1e300, -1e300, 1e300);
        assertThat(FunctionCheck.value(v -> Softmax.softmax(v.get(0)), x)).containsExactly(0.5, 0, 0.5);
        assertThat(FunctionCheck.value(v -> Softmax.logSumExp(v.get(0)), x)).containsExactly(1e300);
        assertThat(FunctionCheck.value(v -> Softmax.logSoftmax(v.get(0)), row(-1000.25, -1000.25)))
                .containsExactly(new double[] {-Math.log(2), -Math.log(2)}, within(1e-15));
        Literal single = Literal.of(TensorType.f32(3), Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE);
        assertThat(FunctionCheck.value(v -> Softmax.softmax(v.get(0)), single)).containsExactly(0.5, 0, 0.5);
    }

    @Test
    void infinitiesMaskChoices() {
        Literal x = row(-INFINITY, 3, -INFINITY, 3);
        assertThat(FunctionCheck.value(v -> Softmax.softmax(v.get(0)), x)).containsExactly(0, 0.5, 0, 0.5);
        Literal nothing = row(-INFINITY, -INFINITY);
        assertThat(FunctionCheck.value(v -> Softmax.softmax(v.get(0)), nothing)).containsExactly(0, 0);
        assertThat(FunctionCheck.value(v -> Softmax.logSoftmax(v.get(0)), nothing))
                .containsOnly(-INFINITY);
        assertThat(FunctionCheck.value(v -> Softmax.logSumExp(v.get(0)), nothing))
                .containsExactly(-INFINITY);
        assertThat(FunctionCheck.value(v -> Softmax.logSumExp(v.get(0)), row(1, INFINITY)))
                .containsExactly(INFINITY);
        assertThat(FunctionCheck.value(v -> Softmax.logSumExp(v.get(0), 1), Literal.of(TensorType.f64(2, 0))))
                .containsOnly(-INFINITY);
    }

    @Test
    void infinitiesInSinglePrecisionOnTheCpu() {
        TensorType type = TensorType.f32(4, 3);
        double huge = Float.MAX_VALUE;
        Literal x =
                Literal.of(type, 1, -INFINITY, 2, -INFINITY, -INFINITY, -INFINITY, huge, -huge, huge, INFINITY, 0, 1);
        Value input = Value.input("x", type);
        List<Value> outputs =
                List.of(Softmax.softmax(input, 1), Softmax.logSoftmax(input, 1), Softmax.logSumExp(input, 1));
        FunctionCheck.sameOnCpu(Graph.of(List.of(input), outputs), List.of(x), 1e-6);
    }

    /** Where rows are masked in part or wholly, derivatives are finite, on both devices. */
    @Test
    void masksHaveFiniteDerivatives() {
        Literal x = Literal.of(TensorType.f64(3, 2), 1, -INFINITY, -INFINITY, -INFINITY, 700, 710);
        Graph graph =
                FunctionCheck.withPullback(FunctionCheck.graph(v -> Softmax.softmax(v.get(0), 1), List.of(x.type())));
        FunctionCheck.sameOnCpu(graph, List.of(x), 1e-12);
        assertThat(Arrays.stream(Reference.call(graph, x).get(1).toArray())).allMatch(Double::isFinite);

        Value input = Value.input("x", x.type());
        Value sums = Softmax.logSumExp(input, 1);
        Value gradient = Derivatives.vjp(List.of(sums), List.of(input), List.of(Value.full(sums.type(), 1)))
                .get(0);
        Graph ofSums = Graph.of(List.of(input), List.of(gradient));
        assertThat(Reference.call(ofSums, x).get(0).toArray())
                .containsExactly(
                        new double[] {1, 0, 0, 0, Math.exp(-10) / (1 + Math.exp(-10)), 1 / (1 + Math.exp(-10))},
                        within(1e-15));
        FunctionCheck.sameOnCpu(ofSums, List.of(x), 1e-12);
    }

    @Test
    void derivatives() {
        TensorType type = TensorType.f64(2, 3, 2);
        FunctionCheck.check(v -> Softmax.softmax(v.get(0), 1).square(), type);
        FunctionCheck.check(v -> Softmax.softmax(v.get(0).times(3), 0, -1).square(), type);
        FunctionCheck.check(v -> Softmax.logSoftmax(v.get(0), 2).square(), type);
        FunctionCheck.check(v -> Softmax.logSumExp(v.get(0), 0, 1).square(), type);
        FunctionCheck.check(v -> Softmax.logSumExp(v.get(0)), type);
    }

    @Test
    void refusesWhatItCannotNormalise() {
        Value x = Value.input("x", TensorType.f64(2, 3));
        assertThatThrownBy(() -> Softmax.softmax(x, 2)).hasMessage("axis 2 does not exist in f64[2,3].");
        assertThatThrownBy(() -> Softmax.softmax(x, 1, -1))
                .hasMessage("Each axis is named once, but got [1, -1] for f64[2,3].");
        assertThatThrownBy(() -> Softmax.softmax(Value.input("n", new TensorType(DType.I32, Shape.of(2)))))
                .hasMessage("softmax works on f32 or f64, but got i32[2]; cast it first.");
    }

    private static Literal row(double... elements) {
        return Literal.of(TensorType.f64(elements.length), elements);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.device.reference.Reference;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

class ChirpTransformTest {
    /** The convolution and the dense product agree for every window, either way. */
    @ParameterizedTest
    @CsvSource({"2,0,2", "5,0,5", "7,-2,3", "12,3,9", "67,-30,31"})
    void isTheDenseTransform(int points, int from, int to) {
        IntToDoubleFunction weight = k -> 1 + 0.25 * k;
        List<Literal> field = FunctionCheck.random(1, TensorType.f64(2, points, 3), TensorType.f64(2, points, 3));
        agree(
                new ChirpTransform(points, from, to, -1, k -> 0.5),
                DenseStep.toWindow(DType.F64, points, from, to, 0.5),
                field);
        List<Literal> modes = FunctionCheck.random(2, TensorType.f64(2, to - from, 3), TensorType.f64(2, to - from, 3));
        agree(
                new ChirpTransform(points, from, to, 1, weight),
                DenseStep.fromWindow(DType.F64, points, from, to, weight),
                modes);
    }

    private static void agree(FourierStep chirp, FourierStep dense, List<Literal> arguments) {
        Value re = Value.input("re", arguments.get(0).type());
        Value im = Value.input("im", arguments.get(1).type());
        ComplexPair actual = chirp.apply(re, im, 1);
        ComplexPair expected = dense.apply(re, im, 1);
        Graph graph = Graph.of(
                List.of(re, im),
                List.of(
                        actual.re(),
                        actual.im(),
                        chirp.real(new ComplexPair(re, im), 1),
                        expected.re(),
                        expected.im(),
                        expected.re()));
        List<Literal> results = Reference.call(graph, arguments);
        for (int i = 0; i < 3; i++) {
            assertThat(results.get(i).toArray())
                    .containsExactly(results.get(i + 3).toArray(), within(1e-11));
        }
    }
}

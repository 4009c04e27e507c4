// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.random.RandomStream;

class InitialiserTest {
    private static double[] draw(Initialiser rule, Shape shape, long seed) {
        return rule.values(shape, RandomStream.named(seed, "weight"));
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "5, 3", "4, 4", "1, 7"})
    void theShorterSideIsOrthonormal(int rows, int columns) {
        double[] q = draw(new Initialiser.Orthogonal(2), Shape.of(rows, columns), 3);
        boolean wide = columns > rows;
        int count = Math.min(rows, columns);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double sum = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    sum += wide ? q[a * columns + i] * q[b * columns + i] : q[i * columns + a] * q[i * columns + b];
                }
                assertThat(sum).isCloseTo(a == b ? 4 : 0, within(1e-14));
            }
        }
    }

    @Test
    void orthogonalMatricesAreSpreadEvenly() {
        Initialiser rule = new Initialiser.Orthogonal(1);
        assertThat(draw(rule, Shape.of(6, 4), 1))
                .isEqualTo(draw(rule, Shape.of(2, 3, 4), 1))
                .isNotEqualTo(draw(rule, Shape.of(6, 4), 2));
        double mean = 0;
        double square = 0;
        for (int seed = 0; seed < 2000; seed++) {
            double first = draw(rule, Shape.of(3, 3), seed)[0];
            mean += first / 2000;
            square += first * first / 2000;
        }
        // Each entry of an evenly distributed rotation or reflection has mean 0 and mean square 1/3.
        assertThat(mean).isCloseTo(0, within(0.06));
        assertThat(square).isCloseTo(1.0 / 3, within(0.03));
        assertThatThrownBy(() -> draw(rule, Shape.of(3), 0)).hasMessageContaining("'*.weight'");
    }

    @Test
    void variancesFollowInputsAndOutputs() {
        for (Initialisation.Law law : Initialisation.Law.values()) {
            assertThat(variance(new Initialisation.Glorot(law))).isCloseTo(2.0 / 500, within(2e-4));
            assertThat(variance(new Initialisation.He(law))).isCloseTo(2.0 / 200, within(5e-4));
            assertThat(variance(new Initialisation.LeCun(law))).isCloseTo(1.0 / 200, within(2.5e-4));
        }
        assertThat(variance(Initialisation.orthogonal())).isCloseTo(1.0 / 300, within(1e-5));
        for (Initialisation one : List.of(Initialisation.leCun(), Initialisation.orthogonal())) {
            assertThat(one.bias(2, 3)).isEqualTo(new Initialiser.Constant(0));
        }
    }

    private static double variance(Initialisation start) {
        double[] values = draw(start.weight(200, 300), Shape.of(200, 300), 0);
        return Arrays.stream(values).map(x -> x * x).average().orElseThrow();
    }

    @Test
    void givenValuesMustFit() {
        Initialiser given = new Initialiser.Given(1, 2, 3, 4);
        assertThat(draw(given, Shape.of(2, 2), 0)).containsExactly(1, 2, 3, 4);
        assertThat(draw(new Initialiser.Scaled(given, 2), Shape.of(4), 0)).containsExactly(2, 4, 6, 8);
        assertThat(given)
                .isEqualTo(new Initialiser.Given(1, 2, 3, 4))
                .hasSameHashCodeAs(new Initialiser.Given(1, 2, 3, 4));
        assertThatThrownBy(() -> draw(given, Shape.of(3), 0)).hasMessageContaining("4 first values");
    }
}

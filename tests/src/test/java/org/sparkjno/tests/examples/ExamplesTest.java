// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in their short form: fewer steps, and the error that these reach with some room. */
class ExamplesTest {
    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of(new LaplaceLine(), 1000, 1e-3),
                Arguments.of(new VariablePoisson(), 1500, 0.02),
                Arguments.of(new AllenCahn(), 300, 0.05),
                Arguments.of(new ParametricPoisson(), 150, 0.05),
                Arguments.of(new Fredholm(), 3000, 5e-3),
                Arguments.of(new InverseCoefficients(), 20_000, 1e-6),
                Arguments.of(new OperatorPoisson(true), 60, 0.3),
                Arguments.of(new OperatorPoisson(false), 60, 0.3),
                Arguments.of(new HelmholtzPinn(), 100, 1.2),
                Arguments.of(new FokkerPlanck(), 300, 1.0),
                Arguments.of(new Biharmonic(), 500, 0.05),
                Arguments.of(new GradientConflict(), 500, 0.2),
                Arguments.of(new BurgersOperator(), 600, 0.1),
                Arguments.of(new BurgersPinn(), 600, 0.2),
                Arguments.of(new InverseDiffusivity(), 30, 0.15));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void fewStepsComeNear(Example example, int steps, double error) {
        assertThat(example.run(steps)).as(example.name()).isLessThan(error);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;

class UNetTest {
    @ParameterizedTest
    @EnumSource(Boundary.class)
    void hasTheGradientsOfItsDifferencesOnOddGrids(Boundary boundary) {
        LayerCheck.gradients(UNet.of(1, 2, 3, 2, 2, boundary, Activation.TANH), Shape.of(2, 7, 2), Shape.of(2, 7, 3));
        LayerCheck.gradients(
                UNet.of(2, 1, 1, 2, 1, boundary, Activation.TANH), Shape.of(1, 5, 4, 1), Shape.of(1, 5, 4, 1));
        LayerCheck.gradients(
                UNet.of(3, 1, 1, 1, 1, boundary, Activation.TANH), Shape.of(1, 3, 4, 2, 1), Shape.of(1, 3, 4, 2, 1));
    }

    @Test
    void aConvolutionIsTheSumOverItsWindow() {
        double[] result = Evaluated.layer(
                new Conv(1, 1, 1, 3, 1, Boundary.ZEROS),
                Map.of("weight", new double[] {1, 10, 100}, "bias", new double[] {0.5}),
                Shape.of(1, 4, 1),
                new double[] {1, 2, 3, 4});
        assertThat(result).containsExactly(210.5, 321.5, 432.5, 43.5);
        double[] periodic = Evaluated.layer(
                new Conv(1, 1, 1, 3, 1, Boundary.PERIODIC),
                Map.of("weight", new double[] {1, 10, 100}, "bias", new double[1]),
                Shape.of(1, 4, 1),
                new double[] {1, 2, 3, 4});
        assertThat(periodic).containsExactly(214, 321, 432, 143);
    }

    /** With a periodic boundary, the same on all points: a shifted field gives the shifted result. */
    @Test
    void periodicLevelsCommuteWithShiftsOfTheCoarseGrid() {
        Layer network = UNet.of(1, 1, 1, 2, 2, Boundary.PERIODIC, Activation.GELU);
        ParameterLayout layout = ParameterLayout.of(network.parameters(), DType.F64);
        Map<String, double[]> numbers = new HashMap<>();
        layout.parameters()
                .forEach(parameter -> numbers.put(
                        parameter.name(),
                        Evaluated.noise(parameter.name(), parameter.shape().size())));
        double[] x = Evaluated.noise("x", 8);
        double[] shifted = new double[8];
        for (int i = 0; i < 8; i++) {
            shifted[(i + 4) % 8] = x[i];
        }
        double[] y = Evaluated.layer(network, numbers, Shape.of(1, 8, 1), x);
        double[] z = Evaluated.layer(network, numbers, Shape.of(1, 8, 1), shifted);
        for (int i = 0; i < 8; i++) {
            assertThat(z[(i + 4) % 8]).isEqualTo(y[i], within(1e-12 * (1 + Math.abs(y[i]))));
        }
    }

    /** Those of PDEBench's two-dimensional network of width 32, but for its batch norms, strided layers and biases. */
    @Test
    void hasAboutTheParametersOfPdeBench() {
        assertThat(ParameterLayout.of(UNet.of2d(1, 1, 32).parameters(), DType.F32)
                        .size())
                .isBetween(7_500_000, 8_500_000);
    }

    @Test
    void refusesImpossibleSizes() {
        assertThatThrownBy(() -> UNet.of(4, 1, 1, 8, 2, Boundary.ZEROS, Activation.GELU))
                .hasMessageContaining("got 4");
        assertThatThrownBy(() -> new Conv(2, 1, 1, 0, 1, Boundary.ZEROS)).hasMessageContaining("kernel 0");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.kernels.graph.Shape;

class SpectralConvTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final int IN = 2;
    private static final int OUT = 3;

    @ParameterizedTest
    @CsvSource({"7,2", "8,5", "9,5", "12,3"})
    void oneDimensionMatchesTheDefinition(int n, int modes) {
        double[] x = Evaluated.noise("x", 2L * n * IN);
        double[] w = Evaluated.noise("w", 2L * modes * IN * OUT);
        double[] result =
                Evaluated.layer(new SpectralConv1d(IN, OUT, modes), Map.of("weight", w), Shape.of(2, n, IN), x);

        int half = modes * IN * OUT;
        for (int b = 0; b < 2; b++) {
            for (int o = 0; o < OUT; o++) {
                // The spectrum of all n modes: the kept ones, and their conjugates so that the field is real.
                double[] re = new double[n];
                double[] im = new double[n];
                for (int m = 0; m < modes; m++) {
                    for (int i = 0; i < IN; i++) {
                        double xr = 0;
                        double xi = 0;
                        for (int p = 0; p < n; p++) {
                            double v = x[(b * n + p) * IN + i];
                            xr += v * Math.cos(-2 * Math.PI * p * m / n);
                            xi += v * Math.sin(-2 * Math.PI * p * m / n);
                        }
                        double wr = w[(m * IN + i) * OUT + o];
                        double wi = w[half + (m * IN + i) * OUT + o];
                        re[m] += xr * wr - xi * wi;
                        im[m] += xr * wi + xi * wr;
                    }
                }
                for (int m = 1; 2 * m < n; m++) {
                    re[n - m] = re[m];
                    im[n - m] = -im[m];
                }
                for (int p = 0; p < n; p++) {
                    double sum = 0;
                    for (int m = 0; m < n; m++) {
                        double angle = 2 * Math.PI * p * m / n;
                        sum += re[m] * Math.cos(angle) - im[m] * Math.sin(angle);
                    }
                    assertThat(result[(b * n + p) * OUT + o]).isEqualTo(sum / n, ROUNDING);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,9,2", "7,8,3", "10,8,5", "11,6,3"})
    void twoDimensionsMatchTheDefinition(int height, int width, int modes) {
        double[] x = Evaluated.noise("x", (long) height * width * IN);
        double[] w = Evaluated.noise("w", 4L * modes * modes * IN * OUT);
        double[] result = Evaluated.layer(
                new SpectralConv2d(IN, OUT, modes), Map.of("weight", w), Shape.of(1, height, width, IN), x);

        int half = 2 * modes * modes * IN * OUT;
        double[] expected = new double[result.length];
        for (int row = 0; row < 2 * modes; row++) {
            int k = row < modes ? row : row - 2 * modes;
            for (int m = 0; m < modes; m++) {
                double twice = m == 0 || 2 * m == width ? 1 : 2;
                for (int i = 0; i < IN; i++) {
                    double xr = 0;
                    double xi = 0;
                    for (int p = 0; p < height * width; p++) {
                        double angle =
                                -2 * Math.PI * (p / width * (double) k / height + p % width * (double) m / width);
                        xr += x[p * IN + i] * Math.cos(angle);
                        xi += x[p * IN + i] * Math.sin(angle);
                    }
                    for (int o = 0; o < OUT; o++) {
                        double wr = w[((row * modes + m) * IN + i) * OUT + o];
                        double wi = w[half + ((row * modes + m) * IN + i) * OUT + o];
                        double yr = xr * wr - xi * wi;
                        double yi = xr * wi + xi * wr;
                        for (int p = 0; p < height * width; p++) {
                            double angle =
                                    2 * Math.PI * (p / width * (double) k / height + p % width * (double) m / width);
                            expected[p * OUT + o] +=
                                    twice * (yr * Math.cos(angle) - yi * Math.sin(angle)) / (height * width);
                        }
                    }
                }
            }
        }
        assertThat(result).containsExactly(expected, ROUNDING);
    }

    /** Constant along one axis, three dimensions are two, of the modes that do not change along that axis. */
    @ParameterizedTest
    @CsvSource({"0", "1"})
    void threeDimensionsReduceToTwo(int axis) {
        int modes = 2;
        double[] x = Evaluated.noise("x", 42L * IN);
        double[] w2 = Evaluated.noise("w", 2L * 8 * IN * OUT);
        double[] w3 = Evaluated.noise("other", 2L * 32 * IN * OUT);
        int block = IN * OUT;
        for (int part = 0; part < 2; part++) {
            for (int k = 0; k < 4; k++) {
                for (int m = 0; m < 2; m++) {
                    int zero = axis == 0 ? k : 4 * k;
                    System.arraycopy(
                            w2, ((part * 4 + k) * 2 + m) * block, w3, ((part * 16 + zero) * 2 + m) * block, block);
                }
            }
        }
        double[] field = new double[5 * x.length];
        for (int layer = 0; layer < 5; layer++) {
            for (int i = 0; i < 6; i++) {
                int row = axis == 0 ? layer * 6 + i : i * 5 + layer;
                System.arraycopy(x, i * 7 * IN, field, row * 7 * IN, 7 * IN);
            }
        }
        Shape shape = axis == 0 ? Shape.of(1, 5, 6, 7, IN) : Shape.of(1, 6, 5, 7, IN);
        double[] three = Evaluated.layer(new SpectralConv3d(IN, OUT, modes), Map.of("weight", w3), shape, field);
        double[] two =
                Evaluated.layer(new SpectralConv2d(IN, OUT, modes), Map.of("weight", w2), Shape.of(1, 6, 7, IN), x);
        for (int layer = 0; layer < 5; layer++) {
            for (int i = 0; i < 6; i++) {
                int row = axis == 0 ? layer * 6 + i : i * 5 + layer;
                for (int p = 0; p < 7 * OUT; p++) {
                    assertThat(three[row * 7 * OUT + p]).isEqualTo(two[i * 7 * OUT + p], ROUNDING);
                }
            }
        }
    }

    @Test
    void threeDimensionsHaveTheGradientsOfTheirDifferences() {
        LayerCheck.gradients(new SpectralConv3d(1, 2, 2), Shape.of(1, 4, 5, 4, 1), Shape.of(1, 4, 5, 4, 2));
    }

    @Test
    void aBandLimitedFieldGivesTheSameFunctionOnEveryGrid() {
        SpectralConv2d layer = new SpectralConv2d(1, 1, 3);
        double[] weight = Evaluated.noise("w", layer.parameters().get(0).shape().size());
        double[] coarse = Evaluated.layer(layer, Map.of("weight", weight), Shape.of(1, 8, 8, 1), wave(8));
        double[] fine = Evaluated.layer(layer, Map.of("weight", weight), Shape.of(1, 24, 24, 1), wave(24));
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(fine[3 * i * 24 + 3 * j]).isEqualTo(coarse[i * 8 + j], ROUNDING);
            }
        }
    }

    private static double[] wave(int n) {
        double[] field = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double s = 2 * Math.PI * i / n;
                double t = 2 * Math.PI * j / n;
                field[i * n + j] = 0.3 + Math.cos(s - 2 * t) + 0.5 * Math.sin(2 * s + t) - Math.cos(t);
            }
        }
        return field;
    }

    @Test
    void moreModesThanTheGridCarriesAreRefused() {
        assertThatThrownBy(() -> Evaluated.layer(
                        new SpectralConv2d(1, 1, 5),
                        Map.of("weight", new double[100]),
                        Shape.of(1, 8, 8, 1),
                        new double[64]))
                .hasMessageContaining("at most 4 Fourier modes")
                .hasMessageContaining("keeps 5");
    }
}

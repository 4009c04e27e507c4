// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The random fields against their covariances and themselves. */
class RandomFieldTest {
    @Test
    void neumannCovarianceIsThatOfItsSeries() {
        int points = 17;
        int samples = 4000;
        NeumannField field = new NeumannField(points, 2, 3);
        int p = 3 * points + 4;
        int q = 6 * points + 9;
        double variance = 0;
        double covariance = 0;
        for (int seed = 0; seed < samples; seed++) {
            double[] g = field.sample(seed);
            variance += g[p] * g[p] / samples;
            covariance += g[p] * g[q] / samples;
        }
        double exactP = neumann(points, p, p);
        double exactQ = neumann(points, q, q);
        double exact = neumann(points, p, q);
        // Four standard errors of a sampled second moment of normal numbers.
        assertThat(variance).isCloseTo(exactP, within(4 * exactP * Math.sqrt(2.0 / samples)));
        assertThat(covariance).isCloseTo(exact, within(4 * Math.sqrt((exactP * exactQ + exact * exact) / samples)));
    }

    private static double neumann(int points, int p, int q) {
        double sum = 0;
        for (int k = 0; k < points; k++) {
            for (int l = 0; l < points; l++) {
                if (k + l > 0) {
                    double lambda = 3 / (Math.PI * Math.PI * (k * k + l * l) + 9);
                    sum += lambda
                            * lambda
                            * cosine(k, p / points, points)
                            * cosine(k, q / points, points)
                            * cosine(l, p % points, points)
                            * cosine(l, q % points, points);
                }
            }
        }
        return sum;
    }

    private static double cosine(int k, int i, int points) {
        return k == 0 ? 1 : Math.sqrt(2) * Math.cos(Math.PI * k * i / (points - 1));
    }

    @Test
    void neumannFieldIsOneFunctionAtTwoResolutions() {
        double[] coarse = new NeumannField(43, 2, 3).sample(9);
        double[] fine = new NeumannField(85, 2, 3).sample(9);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < 43; i++) {
            for (int j = 0; j < 43; j++) {
                difference += Math.pow(coarse[i * 43 + j] - fine[2 * i * 85 + 2 * j], 2);
                norm += Math.pow(coarse[i * 43 + j], 2);
            }
        }
        // What is left are the modes beyond the coarse grid.
        assertThat(Math.sqrt(difference / norm)).isLessThan(0.06);
    }

    @Test
    void periodicVarianceIsThatOfItsSeries() {
        int points = 64;
        int samples = 4000;
        PeriodicField field = new PeriodicField(points, 2, 5, 25);
        Fft fft = new Fft(points);
        double[] real = new double[points];
        double variance = 0;
        double covariance = 0;
        for (int seed = 0; seed < samples; seed++) {
            field.sample(seed).evaluate(real, new double[points], fft);
            variance += real[5] * real[5] / samples;
            covariance += real[5] * real[15] / samples;
        }
        double exact = 0;
        double shifted = 0;
        for (int k = 1; k < points / 2; k++) {
            double square = 2 * 625 * Math.pow(4 * Math.PI * Math.PI * k * k + 25, -2);
            exact += square;
            shifted += square * Math.cos(2 * Math.PI * k * 10 / points);
        }
        double error = 4 * Math.sqrt((exact * exact + shifted * shifted) / samples);
        assertThat(variance).isCloseTo(exact, within(4 * exact * Math.sqrt(2.0 / samples)));
        assertThat(covariance).isCloseTo(shifted, within(error));
    }

    @Test
    void transformAgreesWithItsDefinition() {
        int n = 16;
        double[] re = new double[n];
        double[] im = new double[n];
        for (int j = 0; j < n; j++) {
            re[j] = Math.sin(j * j);
            im[j] = Math.cos(3 * j);
        }
        double[] fre = re.clone();
        double[] fim = im.clone();
        new Fft(n).forward(fre, fim);
        for (int k = 0; k < n; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int j = 0; j < n; j++) {
                double angle = -2 * Math.PI * j * k / n;
                sumRe += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
                sumIm += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
            }
            assertThat(fre[k]).isCloseTo(sumRe, within(1e-12));
            assertThat(fim[k]).isCloseTo(sumIm, within(1e-12));
        }
        new Fft(n).inverseUnscaled(fre, fim);
        for (int j = 0; j < n; j++) {
            assertThat(fre[j] / n).isCloseTo(re[j], within(1e-14));
        }
    }
}

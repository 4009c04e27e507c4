// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.sample.PdeSample;

class BurgersTest {
    private static double relativeDifference(Spectrum u, Spectrum reference) {
        double difference = 0;
        double norm = 0;
        for (int k = 1; k < u.modes(); k++) {
            difference += Math.pow(u.re()[k] - reference.re()[k], 2)
                    + Math.pow(u.im()[k] - reference.im()[k], 2);
            norm += Math.pow(reference.re()[k], 2) + Math.pow(reference.im()[k], 2);
        }
        return Math.sqrt(difference / norm);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.01})
    void halvedStepsAndFourfoldPointsChangeLessThan1e8(double viscosity) {
        PeriodicField field = new PeriodicField(1024, 2, 5, 25);
        BurgersFlow flow = new BurgersFlow(viscosity, Burgers.SIMULATED, Burgers.schedule(1));
        BurgersFlow halved = new BurgersFlow(viscosity, Burgers.SIMULATED, Burgers.schedule(2));
        BurgersFlow finer = new BurgersFlow(viscosity, 4 * Burgers.SIMULATED, Burgers.schedule(1));
        for (int seed = 0; seed < 3; seed++) {
            Spectrum initial = field.sample(seed);
            Spectrum u = flow.advance(initial);
            assertThat(relativeDifference(u, halved.advance(initial))).isLessThan(1e-8);
            assertThat(relativeDifference(u, finer.advance(initial))).isLessThan(1e-8);
        }
    }

    /**
     * The Cole-Hopf solution u = −2ν φ_x / φ with φ = I_0(r) + 2 Σ I_n(r) cos(2πnx) e^(−ν(2πn)²t), r = 1 / (4πν), of
     * u(x, 0) = sin 2πx.
     */
    private static double coleHopf(double x, double t, double nu) {
        double r = 1 / (4 * Math.PI * nu);
        double phi = besselI(0, r);
        double slope = 0;
        for (int n = 1; n < 40; n++) {
            double wave = 2 * Math.PI * n;
            double term = 2 * besselI(n, r) * Math.exp(-nu * wave * wave * t);
            phi += term * Math.cos(wave * x);
            slope -= term * wave * Math.sin(wave * x);
        }
        return -2 * nu * slope / phi;
    }

    private static double besselI(int order, double x) {
        double term = 1;
        for (int k = 1; k <= order; k++) {
            term *= x / 2 / k;
        }
        double sum = 0;
        for (int k = 1; k < 60; k++) {
            sum += term;
            term *= x * x / 4 / k / (k + order);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.01})
    void agreesWithColeAndHopf(double viscosity) {
        Spectrum sine = new Spectrum(8);
        sine.im()[1] = -0.5;
        Spectrum last = new BurgersFlow(viscosity, Burgers.SIMULATED, Burgers.schedule(1)).advance(sine);
        double[] u = new double[256];
        last.evaluate(u, new double[256], new Fft(256));
        double largest = Arrays.stream(u).max().orElseThrow();
        for (int j = 0; j < 256; j += 5) {
            assertThat(u[j]).isCloseTo(coleHopf(j / 256.0, 1, viscosity), within(1e-8 * largest));
        }
    }

    @Test
    void resolutionsSampleOneTrajectory() {
        PdeSample coarse = new Burgers(0.1, 128).generator().sample(5);
        PdeSample fine = new Burgers(0.1, 1024).generator().sample(5);
        for (String name : List.of(Burgers.INITIAL, Burgers.FINAL)) {
            assertThat(fine.field(name).subsample(8)).isEqualTo(coarse.field(name));
        }
        assertThat(coarse.parameters()).containsEntry("viscosity", 0.1);
    }

    @Test
    void oneSeedIsOneSample() {
        Problem.Generator generator = Burgers.standard().generator();
        generator.sample(1);
        assertThat(generator.sample(2)).isEqualTo(Burgers.standard().generator().sample(2));
        assertThat(generator.sample(2)).isNotEqualTo(generator.sample(3));
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> new Burgers(0.1, 100)).hasMessageContaining("power of two");
        assertThatThrownBy(() -> new Burgers(0, 256)).hasMessageContaining("viscosity");
    }
}

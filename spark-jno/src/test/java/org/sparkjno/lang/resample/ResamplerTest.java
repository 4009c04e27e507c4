// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

class ResamplerTest {
    private static final RandomStream RANDOM = RandomStream.named(3, "test");

    private static Points line(int count, String name) {
        RandomStream stream = RandomStream.named(1, name);
        double[][] points = new double[count][1];
        Arrays.setAll(points, i -> new double[] {stream.uniform(i)});
        return Points.cloud(points);
    }

    private static double part(Points points, double below) {
        return Arrays.stream(points.coordinate(0)).filter(x -> x < below).count() / (double) points.count();
    }

    @Test
    void densityFollowsTheResidual() {
        // The residual is 4 below one fifth and 1 above, so the density is 4/1.6 + 1 and 1/1.6 + 1.
        Points present = line(1000, "present");
        Points fresh = line(50_000, "fresh");
        double[] residuals =
                Arrays.stream(fresh.coordinate(0)).map(x -> x < 0.2 ? 4 : -1).toArray();
        Points chosen = new Rad(1, 1, 50, false).choose(present, fresh, residuals, RANDOM);
        assertThat(chosen.count()).isEqualTo(1000);
        assertThat(chosen.measure()).isCloseTo(1, within(1e-12));
        double low = 0.2 * (4 / 1.6 + 1);
        double high = 0.8 * (1 / 1.6 + 1);
        assertThat(part(chosen, 0.2)).isCloseTo(low / (low + high), within(0.04));
        assertThat(chosen.coordinate(0)).doesNotHaveDuplicates();
    }

    @Test
    void pointsAreAdded() {
        Points present = line(100, "present");
        Points fresh = line(5000, "fresh");
        double[] residuals =
                Arrays.stream(fresh.coordinate(0)).map(x -> x < 0.5 ? 1 : 0).toArray();
        Points chosen = RarD.adding(50).choose(present, fresh, residuals, RANDOM);
        assertThat(chosen.count()).isEqualTo(150);
        assertThat(Arrays.copyOf(chosen.coordinates(), 100)).isEqualTo(present.coordinates());
        assertThat(Arrays.stream(chosen.coordinates()).skip(100)).allMatch(x -> x < 0.5);
        assertThat(chosen.measure()).isCloseTo(1, within(1e-12));
    }

    @Test
    void weightsUndoTheDensity() {
        Points present = line(400, "present");
        Points fresh = line(4000, "fresh");
        double[] residuals =
                Arrays.stream(fresh.coordinate(0)).map(x -> x < 0.2 ? 5 : 1).toArray();
        Points plain = Rad.of().choose(present, fresh, residuals, RANDOM);
        Points weighted = Rad.of().weighted().choose(present, fresh, residuals, RANDOM);
        double mean = IntStream.range(0, 20)
                .mapToDouble(i -> sum(Rad.of().weighted().choose(present, fresh, residuals, new RandomStream(i))))
                .average()
                .orElseThrow();
        assertThat(weighted.coordinates()).isEqualTo(plain.coordinates());
        assertThat(weighted.measure()).isCloseTo(present.measure(), within(1e-12));
        // The integral of x over the unit interval.
        assertThat(sum(plain)).isLessThan(0.46);
        assertThat(mean).isCloseTo(0.5, within(0.015));
        assertThatThrownBy(() -> new Rad(1, 0, 10, true)).hasMessageContaining("a constant above 0");
        assertThat(RarD.adding(5).upTo(400).choose(present, fresh, residuals, RANDOM))
                .isEqualTo(present);
    }

    private static double sum(Points points) {
        double sum = 0;
        for (int i = 0; i < points.count(); i++) {
            sum += points.weights()[i] * points.coordinates()[i];
        }
        return sum;
    }

    @Test
    void largeResidualsAreRetained() {
        Points present = line(200, "present");
        Points fresh = line(200, "fresh");
        double[] residuals = Arrays.stream(present.coordinate(0))
                .map(x -> x > 0.9 ? 10 : 0.1)
                .toArray();
        Points chosen = new R3().choose(present, fresh, residuals, RANDOM);
        double[] large =
                Arrays.stream(present.coordinate(0)).filter(x -> x > 0.9).toArray();
        assertThat(chosen.count()).isEqualTo(200);
        assertThat(Arrays.copyOf(chosen.coordinates(), large.length)).isEqualTo(large);
        assertThat(part(chosen, 0.9)).isLessThan(0.9);
    }

    @Test
    void someAreDrawnAnew() {
        Points present = line(100, "present");
        Uniform rule = new Uniform(0.25);
        assertThat(rule.candidates(100)).isEqualTo(25);
        Points chosen = rule.choose(present, line(25, "fresh"), new double[0], RANDOM);
        assertThat(chosen.count()).isEqualTo(100);
        assertThat(Arrays.stream(present.coordinates()).boxed().toList())
                .containsAll(
                        Arrays.stream(chosen.coordinates()).limit(75).boxed().toList());
    }

    @Test
    void zeroResidualsMakeNoDifference() {
        Points present = line(10, "present");
        Points chosen = new Rad(2, 0, 2, false).choose(present, line(20, "fresh"), new double[20], RANDOM);
        assertThat(chosen.count()).isEqualTo(10);
    }
}

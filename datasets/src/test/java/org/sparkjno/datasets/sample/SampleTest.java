// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static Field field(String name, double... values) {
        return new Field(name, new int[] {values.length}, values);
    }

    @Property(tries = 100)
    void mergedMomentsAreThoseOfAllValues(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 20) int left,
            @ForAll @IntRange(min = 2, max = 20) int right) {
        double[] all = new Random(seed).doubles(left + right, 1e6, 1e6 + 1).toArray();
        Moments merged =
                Moments.of(Arrays.copyOf(all, left)).merge(Moments.of(Arrays.copyOfRange(all, left, all.length)));
        Moments direct = Moments.of(all);
        assertThat(merged.count()).isEqualTo(direct.count());
        assertThat(merged.mean()).isCloseTo(direct.mean(), within(1e-8));
        assertThat(merged.deviation()).isCloseTo(direct.deviation(), within(1e-7));
    }

    @Test
    void normalisersInvert() {
        List<Field> fields = List.of(field("u", 1, 2, 3), field("u", 3, 2, 7));
        for (UnitGaussian normaliser : List.of(UnitGaussian.channelWise(fields), UnitGaussian.pointWise(fields))) {
            Field back = normaliser.decode(normaliser.encode(fields.get(1)));
            assertThat(back.data()).containsExactly(new double[] {3, 2, 7}, within(1e-12));
        }
        assertThat(UnitGaussian.channelWise(fields).mean()).containsExactly(3);
        assertThat(UnitGaussian.pointWise(fields).mean()).containsExactly(2, 2, 5);
        assertThat(UnitGaussian.pointWise(fields).deviation()[2]).isCloseTo(Math.sqrt(8), within(1e-12));
    }

    @Test
    void constantPointsSurvivePointWiseNormalisation() {
        UnitGaussian normaliser = UnitGaussian.pointWise(List.of(field("u", 0, 1), field("u", 0, 2)));
        assertThat(normaliser.encode(field("u", 0, 1.5)).data()).containsExactly(0, 0);
    }

    @Test
    void pointWiseNormaliserNamesAnotherResolution() {
        UnitGaussian normaliser = UnitGaussian.pointWise(List.of(field("u", 1, 2), field("u", 2, 3)));
        assertThatThrownBy(() -> normaliser.encode(field("u", 1, 2, 3)))
                .hasMessageContaining("made for 2 points and does not fit field u[3]");
    }

    @Test
    void badSamplesAreNamed() {
        RegularGrid grid = RegularGrid.unit(2, 2);
        Field broken = new Field("u", new int[] {2, 2}, new double[] {1, 2, Double.NaN, 4});
        assertThatThrownBy(() -> new PdeSample(7, grid, List.of(broken), Map.of()))
                .hasMessage("Sample 7: field 'u' is NaN at position [1, 0]; repair or remove the sample.");
        assertThatThrownBy(() -> new PdeSample(7, grid, List.of(field("u", 1, 2, 3, 4)), Map.of()))
                .hasMessage("Sample 7: field u[4] does not fit a grid of [2, 2] points.");
        assertThatThrownBy(
                        () -> new PdeSample(7, RegularGrid.unit(1, 2), List.of(field("u", 1, 2)), Map.of()).field("v"))
                .hasMessage("Sample 7 has no field 'v'; it has [u[2]].");
        assertThatThrownBy(() -> new Field("u", new int[] {3}, new double[2])).hasMessageContaining("needs 3 values");
    }

    @Test
    void subsamplingKeepsEveryStridePoint() {
        double[] data = new double[25];
        Arrays.setAll(data, i -> i);
        assertThat(new Field("u", new int[] {5, 5}, data).subsample(2).data())
                .containsExactly(0, 2, 4, 10, 12, 14, 20, 22, 24);
        assertThat(new RegularGrid.Axis(8, 0, 1, true).coordinate(2)).isEqualTo(0.25);
        assertThat(new RegularGrid.Axis(5, 0, 1, false).coordinate(2)).isEqualTo(0.5);
    }
}

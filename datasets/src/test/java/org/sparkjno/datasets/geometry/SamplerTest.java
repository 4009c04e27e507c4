// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {
    /** Points 5 and 777 in Gray-code order, as PyTorch's SobolEngine draws them without scrambling. */
    @Test
    void directionNumbersAreThoseOfJoeAndKuo() {
        double[] fifth = {
            0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375, 0.375, 0.125, 0.375, 0.875, 0.875, 0.125, 0.875,
            0.375, 0.875, 0.375, 0.375, 0.625, 0.625
        };
        double[] later = {
            0.6923828125, 0.9365234375, 0.1630859375, 0.2744140625, 0.6357421875, 0.3564453125, 0.1904296875,
            0.7626953125, 0.3486328125, 0.3232421875, 0.7451171875, 0.6962890625, 0.3837890625, 0.4736328125,
            0.5693359375, 0.5146484375, 0.4033203125, 0.8642578125, 0.3701171875, 0.7529296875, 0.2373046875
        };
        assertThat(unscrambled(5)).isEqualTo(fifth);
        assertThat(unscrambled(777)).isEqualTo(later);
    }

    private static double[] unscrambled(int place) {
        Sobol sobol = Sobol.scrambled(Sobol.DIMENSIONS, 0);
        double[] point = new double[Sobol.DIMENSIONS];
        Arrays.setAll(point, axis -> Integer.toUnsignedLong(sobol.bits(place ^ place >>> 1, axis)) * 0x1p-32);
        return point;
    }

    /** Any 2^k scrambled points still have one in each dyadic slice of every axis, and of every pair for the first two. */
    @Test
    void scramblingKeepsTheNet() {
        int count = 256;
        double[] points = Sampler.SOBOL.unitCube(5, count, 42);
        for (int axis = 0; axis < 5; axis++) {
            assertThat(slices(points, 5, axis, count)).containsOnly(1);
        }
        int[] squares = new int[256];
        for (int i = 0; i < count; i++) {
            squares[16 * (int) (points[5 * i] * 16) + (int) (points[5 * i + 1] * 16)]++;
        }
        assertThat(squares).containsOnly(1);
        assertThat(points).isNotEqualTo(Sampler.SOBOL.unitCube(5, count, 43));
    }

    @Test
    void latinHypercubesFillEverySlice() {
        double[] points = Sampler.LATIN_HYPERCUBE.unitCube(3, 100, 7);
        for (int axis = 0; axis < 3; axis++) {
            assertThat(slices(points, 3, axis, 100)).containsOnly(1);
        }
    }

    private static int[] slices(double[] points, int dimensions, int axis, int count) {
        int[] slices = new int[count];
        for (int k = axis; k < points.length; k += dimensions) {
            slices[(int) (points[k] * count)]++;
        }
        return slices;
    }

    @ParameterizedTest
    @EnumSource(Sampler.class)
    void meansAreRight(Sampler sampler) {
        double[] points = sampler.unitCube(3, 5000, 11);
        assertThat(Arrays.stream(points).average().orElseThrow()).isCloseTo(0.5, within(0.01));
        assertThat(Arrays.stream(points).map(x -> x * x).average().orElseThrow())
                .isCloseTo(1 / 3.0, within(0.01));
        assertThat(Arrays.stream(points).allMatch(x -> x > 0 && x < 1)).isTrue();
    }

    @Test
    void gridsAreTheCoarsestThatDo() {
        assertThat(Geometry.rectangle(0, 0, 2, 1).interior(200, Sampler.GRID, 0).count())
                .isEqualTo(200);
        assertThat(Geometry.rectangle(0, 0, 1, 1).interior(90, Sampler.GRID, 0).count())
                .isEqualTo(90);
        assertThat(Geometry.disk(0, 0, 1).interior(500, Sampler.GRID, 0).count())
                .isBetween(500, 540);
        assertThat(Geometry.box(0, 0, 0, 1, 1, 1).boundary(600, Sampler.GRID, 0).count())
                .isEqualTo(600);
    }

    @Test
    void tooManyDimensionsAreRefused() {
        assertThatThrownBy(() -> Sampler.SOBOL.unitCube(22, 1, 0)).hasMessageContaining("LATIN_HYPERCUBE");
    }
}

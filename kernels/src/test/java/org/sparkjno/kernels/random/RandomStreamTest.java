// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStreamTest {
    @Test
    void normalNumbersHaveTheRightMoments() {
        RandomStream random = RandomStream.named(42, "moments");
        int n = 200_000;
        double[] moment = new double[5];
        for (int k = 0; k < n; k++) {
            double z = random.gaussian(k);
            for (int p = 1; p <= 4; p++) {
                moment[p] += Math.pow(z, p) / n;
            }
        }
        assertThat(moment[1]).isCloseTo(0, within(0.01));
        assertThat(moment[2]).isCloseTo(1, within(0.015));
        assertThat(moment[3]).isCloseTo(0, within(0.04));
        assertThat(moment[4]).isCloseTo(3, within(0.1));
    }

    @Test
    void numbersDependOnSeedNameAndCounter() {
        RandomStream random = RandomStream.named(1, "a");
        assertThat(random.bits(3)).isEqualTo(RandomStream.named(1, "a").bits(3));
        assertThat(random.bits(3)).isNotEqualTo(random.bits(4));
        assertThat(random.bits(3)).isNotEqualTo(RandomStream.named(2, "a").bits(3));
        assertThat(random.bits(3)).isNotEqualTo(RandomStream.named(1, "b").bits(3));
        assertThat(RandomStream.hash(1, 2)).isNotEqualTo(RandomStream.hash(2, 1));
    }

    @Test
    void uniformNumbersStayWithinTheirInterval() {
        RandomStream random = RandomStream.named(7, "interval");
        for (int k = 0; k < 10_000; k++) {
            assertThat(random.uniform(k)).isGreaterThan(0).isLessThan(1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RaceTest {
    @Test
    void theDifferenceIsTheLargestRelativeOne() {
        assertThat(Race.difference(new double[] {2, -4}, new double[] {2.5, -4}))
                .isEqualTo(0.25);
    }

    @Test
    void whatIsNotANumberDiffersFromEverything() {
        assertThat(Race.difference(new double[] {1, 2}, new double[] {1, Double.NaN}))
                .isInfinite();
    }

    @Test
    void listsOfCoresMayHaveRanges() {
        assertThat(Cores.numbers("0-2,8")).containsExactly(0, 1, 2, 8);
        assertThat(Cores.numbers("5")).containsExactly(5);
    }

    @Test
    void aProcessIsRestrictedOnlyWhileItsCoresAreOpen() throws Exception {
        int before;
        int during;
        try (Cores cores = Cores.first(Integer.MAX_VALUE)) {
            before = cores.count();
        }
        try (Cores cores = Cores.first(1)) {
            during = cores.count();
        }
        try (Cores cores = Cores.first(Integer.MAX_VALUE)) {
            assertThat(cores.count()).isEqualTo(before);
        }
        assertThat(during).isLessThanOrEqualTo(1);
    }
}

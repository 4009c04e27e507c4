// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void cosineFallsFromPeakToFloorAndStays() {
        Schedule cosine = new Schedule.Cosine(1, 0.2, 10);
        assertThat(cosine.rate(0)).isEqualTo(1);
        assertThat(cosine.rate(5)).isEqualTo(0.6, within(1e-15));
        assertThat(cosine.rate(10)).isEqualTo(0.2, within(1e-15));
        assertThat(cosine.rate(99)).isEqualTo(0.2, within(1e-15));
    }

    @Test
    void stepsFallEverySoOften() {
        Schedule steps = new Schedule.Steps(1, 0.5, 3);
        assertThat(new double[] {steps.rate(2), steps.rate(3), steps.rate(6)}).containsExactly(1, 0.5, 0.25);
    }

    @Test
    void warmUpRisesToTheFirstRateOfWhatFollows() {
        Schedule warm = new Schedule.WarmUp(4, new Schedule.Steps(2, 0.5, 1));
        assertThat(new double[] {warm.rate(0), warm.rate(3), warm.rate(4), warm.rate(5)})
                .containsExactly(0.5, 2, 2, 1);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new Schedule.Constant(-1)).hasMessageContaining("positive rate");
        assertThatThrownBy(() -> new Schedule.Cosine(1, 2, 5)).hasMessageContaining("floor");
    }
}

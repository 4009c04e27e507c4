// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
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
    void anExponentialFallsAllTheTime() {
        Schedule exponential = new Schedule.Exponential(2, 0.25, 10);
        assertThat(exponential.rate(5)).isEqualTo(1, within(1e-15));
        assertThat(exponential.rate(20)).isEqualTo(0.125, within(1e-15));
        assertThat(new Schedule.InverseTime(2, 0.5, 10).rate(20)).isEqualTo(1, within(1e-15));
    }

    @Test
    void piecesBeginAtTheirBoundaries() {
        Schedule pieces = new Schedule.Piecewise(List.of(3L, 5L), List.of(1.0, 0.5, 0.1));
        assertThat(new double[] {pieces.rate(2), pieces.rate(3), pieces.rate(4), pieces.rate(5)})
                .containsExactly(1, 0.5, 0.5, 0.1);
    }

    /** Numbers of PyTorch's OneCycleLR(max_lr=1, total_steps=10, pct_start=0.3). */
    @Test
    void oneCycleIsThatOfPyTorch() {
        Schedule cycle = Schedule.oneCycle(1, 10);
        assertThat(new double[] {cycle.rate(0), cycle.rate(1), cycle.rate(2), cycle.rate(5), cycle.rate(9)})
                .containsExactly(new double[] {0.04, 0.52, 1, 0.6112620219362893, 4e-6}, within(1e-12));
        assertThat(cycle.rate(50)).isEqualTo(4e-6, within(1e-15));
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new Schedule.Constant(-1)).hasMessageContaining("positive rate");
        assertThatThrownBy(() -> new Schedule.Cosine(1, 2, 5)).hasMessageContaining("floor");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdaptiveRateTest {
    private static double[] after(AdaptiveRate rule, double... losses) {
        double[] state = rule.begin();
        for (double loss : losses) {
            state = rule.after(state, loss);
        }
        return state;
    }

    @Test
    void aPlateauHalvesTheRate() {
        AdaptiveRate rule = new AdaptiveRate.Plateau(1, 0.5, 2, 0.1, 0.2);
        assertThat(rule.rate(after(rule, 10, 9.5, 9.2))).isEqualTo(1);
        assertThat(rule.rate(after(rule, 10, 9.5, 9.2, 9.1))).isEqualTo(0.5);
        assertThat(rule.rate(after(rule, 10, 9.5, 9.2, 8.9, 8.8, 8.7))).isEqualTo(1);
        assertThat(rule.rate(after(rule, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)))
                .isEqualTo(0.2);
        assertThat(rule.rate(after(rule, -1, -1.2, -1.4, -1.6, -1.8))).isEqualTo(1);
    }

    @Test
    void theRateFollowsTheSlopeOfTheLoss() {
        AdaptiveRate rule = new AdaptiveRate.LossSlope(0.03, 3, 0.5, 0.1, -0.1, 1e-10, 1);
        assertThat(rule.rate(after(rule, 3, 2))).isEqualTo(0.03);
        assertThat(rule.rate(after(rule, 3, 2, 1))).isEqualTo(0.031, within(1e-15));
        assertThat(rule.rate(after(rule, 1, 1.1, 1.2))).isEqualTo(0.029, within(1e-15));
        assertThat(rule.rate(after(rule, 1, 2, 9))).isEqualTo(0.025, within(1e-15));
        double[] state = after(rule, 3, 2, 1, 0.5);
        assertThat(rule.rate(rule.after(rule.after(state, 0.4), 0.3))).isEqualTo(0.032, within(1e-15));
    }

    @Test
    void refuseNonsense() {
        assertThatThrownBy(() -> AdaptiveRate.Plateau.of(-1, 5)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new AdaptiveRate.LossSlope(0.1, 1, 0.5, 0.1, -0.1, 1e-10, 1))
                .hasMessageContaining("window of 1");
    }
}

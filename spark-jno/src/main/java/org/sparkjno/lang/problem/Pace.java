// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.Arrays;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.optim.AdaptiveRate;

/** The learning rate of a group of parameters: of the step, or of the losses seen. */
final class Pace {
    private final Treatment.Stepped treatment;
    private double[] seen = {};

    Pace(Treatment.Stepped treatment) {
        this.treatment = treatment;
        if (treatment instanceof Treatment.Adapting adapting) {
            seen = adapting.rate().begin();
        }
    }

    /**
     * The rate of a step.
     *
     * @param step of this group, from 0
     */
    double rate(long step) {
        return treatment instanceof Treatment.Trained trained
                ? trained.schedule().rate(step)
                : adaptive().rate(seen);
    }

    /** Tells it the loss of a step. */
    void see(double loss) {
        if (treatment instanceof Treatment.Adapting) {
            seen = adaptive().after(seen, loss);
        }
    }

    private AdaptiveRate adaptive() {
        return ((Treatment.Adapting) treatment).rate();
    }

    /** What it has seen; empty if it looks at the step alone. */
    double[] seen() {
        return seen.clone();
    }

    /** Goes on from what another has seen. */
    void resume(double[] before) {
        seen = Arrays.copyOf(before, before.length);
    }
}

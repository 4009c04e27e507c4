// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;

/**
 * When a run that improves no more ends before its last step.
 *
 * @param steps without improvement that are borne; 0 for all
 * @param improvement a loss counts as better when it is below (1 − improvement) times the best one
 */
public record Patience(int steps, double improvement) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Goes on to the last step. */
    public static final Patience ENDLESS = new Patience(0, 0);

    public Patience {
        if (steps < 0 || !(improvement >= 0 && improvement < 1)) {
            throw new IllegalArgumentException(
                    "Patience needs 0 steps or more and an improvement from 0 to below 1, but got " + steps + " and "
                            + improvement + ".");
        }
    }

    /** Counts the steps since the best loss. */
    static final class Watch {
        private final Patience patience;
        private double best = Double.POSITIVE_INFINITY;
        private int since;

        Watch(Patience patience) {
            this.patience = patience;
        }

        /** Whether to end after a step with this loss. */
        boolean endsWith(double loss) {
            since++;
            if (loss < best * (1 - patience.improvement())) {
                best = loss;
                since = 0;
            }
            return patience.steps() > 0 && since >= patience.steps();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.io.Serializable;

/**
 * When a descent has converged. Nothing else ends it but a line search that finds no descent, twice.
 *
 * @param gradient largest element of the gradient, in absolute value; 0 for never
 * @param decrease of the loss in one step, relative to it; 0 for never
 */
public record Stopping(double gradient, double decrease) implements Serializable {
    public Stopping {
        if (!(gradient >= 0 && decrease >= 0)) {
            throw new IllegalArgumentException(
                    "Bounds at which a descent has converged are 0 or more, but got gradient " + gradient
                            + ", decrease " + decrease + ".");
        }
    }

    /** A gradient of at most 1e-12, whatever the decrease. */
    public static Stopping late() {
        return new Stopping(1e-12, 0);
    }
}

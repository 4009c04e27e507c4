// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import org.sparkjno.kernels.graph.Value;

/** Reads the settings of a step, and computes those that several rules share. */
final class Setting {
    private Setting() {}

    /** One setting as a scalar. */
    static Value of(Value settings, int index) {
        return settings.slice(0, index, index + 1).reshape();
    }

    /** The factor 1/(1 − βᵗ) that makes a decaying mean of t numbers, zero at first, unbiased. */
    static double correction(double beta, long step) {
        // StrictMath, because the bits must not depend on the machine.
        return 1 / (1 - StrictMath.pow(beta, (double) step));
    }
}

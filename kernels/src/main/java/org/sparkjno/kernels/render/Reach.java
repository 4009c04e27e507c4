// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import org.sparkjno.kernels.scalar.Primitive;

/**
 * Which arguments of periodic functions a text is for. A kernel first runs as if all of them were near zero, and notes if
 * one was not; then it runs again, which leaves the loops of the common case free of the long way.
 */
enum Reach {
    /** Near ones; the others set {@link #FLAG}. */
    NEAR,
    /** All. */
    ALL;

    /** Name of the variable that tells whether there was an argument too far from zero. */
    static final String FLAG = "far";

    /** Whether a primitive takes its short form. */
    boolean shortens(Primitive primitive) {
        return this == NEAR && primitive.isPeriodic();
    }
}

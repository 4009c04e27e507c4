// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

import java.util.Locale;

/** What can be measured by itself. */
public enum Part {
    /** Iterations on every problem of the gallery; needs no quiet machine. */
    ITERATIONS,
    /** Set-up and solve, in turns with other libraries. */
    TIME,
    /** What several right-hand sides, a renewed set-up and the memory of a set-up cost. */
    REUSE;

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

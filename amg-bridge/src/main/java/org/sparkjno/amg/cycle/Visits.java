// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import org.sparkjno.amg.krylov.Preconditioner;

/** How the visits of a coarse level combine to one correction. */
@FunctionalInterface
interface Visits {
    /**
     * Solves A x = b approximately, from x = 0.
     *
     * @param first the cycle of the first visit
     * @param second the cycle of the second visit
     */
    void run(Preconditioner.Application first, Preconditioner.Application second, double[] b, double[] x);
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import org.sparkjno.amg.krylov.Preconditioner;

/** The first visit is enough. */
final class OneVisit implements Visits {
    @Override
    public void run(Preconditioner.Application first, Preconditioner.Application second, double[] b, double[] x) {
        first.apply(b, x);
    }
}

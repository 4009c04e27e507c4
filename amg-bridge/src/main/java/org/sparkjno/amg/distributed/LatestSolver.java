// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Arrays;
import java.util.function.Function;

/**
 * The set-up for the values used last, so that the solves for derivatives of a solution find that of the solution. Whether
 * it fits is agreed upon: a rank that alone has other values makes all ranks set up anew.
 */
final class LatestSolver {
    private final DistributedPattern pattern;
    private final Function<DistributedMatrix, DistributedSolver> setup;
    private double[] values;
    private DistributedSolver solver;

    LatestSolver(DistributedPattern pattern, Function<DistributedMatrix, DistributedSolver> setup) {
        this.pattern = pattern;
        this.setup = setup;
    }

    /** The solver for these values; made by all ranks together. */
    synchronized DistributedSolver of(double[] wanted) {
        boolean known = solver != null && Arrays.equals(values, wanted);
        if (!Agreement.everywhere(pattern.world(), known)) {
            solver = setup.apply(pattern.matrix(wanted));
            values = wanted.clone();
        }
        return solver;
    }
}

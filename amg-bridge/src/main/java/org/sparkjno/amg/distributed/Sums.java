// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.DoubleBuffer;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Reduction;

/** Small reductions over all ranks. */
final class Sums {
    private Sums() {}

    /** The sum of a count that stays below 2^53. */
    static long of(Collective world, long count) {
        return (long) of(world, new double[] {count})[0];
    }

    /** The elementwise sums, in place. */
    static double[] of(Collective world, double[] values) {
        world.allReduce(DoubleBuffer.wrap(values), Reduction.SUM);
        return values;
    }

    /** The largest value. */
    static double largest(Collective world, double value) {
        double[] values = {value};
        world.allReduce(DoubleBuffer.wrap(values), Reduction.MAX);
        return values[0];
    }
}

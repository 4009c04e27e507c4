// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Reduction;
import org.sparkjno.kernels.collective.Segments;
import org.sparkjno.kernels.collective.Values;
import org.sparkjno.kernels.graph.CollectiveOp;

/**
 * The elements of a value that the ranks of a world make together.
 *
 * @param world the ranks
 * @param own elements of this rank's operand
 */
record CollectiveEvaluation(Collective world, double[] own) implements CollectiveOp.Visitor<double[]> {
    @Override
    public double[] visit(CollectiveOp.AllReduce op) {
        double[] all = own.clone();
        boolean sum = op.reduction() == org.sparkjno.kernels.graph.Reduction.SUM;
        world.allReduce(DoubleBuffer.wrap(all), sum ? Reduction.SUM : Reduction.MAX);
        return all;
    }

    @Override
    public double[] visit(CollectiveOp.AllGather op) {
        double[] all = new double[own.length * world.size()];
        System.arraycopy(own, 0, all, own.length * world.rank(), own.length);
        world.allGather(Values.of(DoubleBuffer.wrap(all)));
        return all;
    }

    @Override
    public double[] visit(CollectiveOp.ReduceScatter op) {
        double[] all = own.clone();
        Segments segments = world.reduceScatter(Values.of(DoubleBuffer.wrap(all)), Reduction.SUM);
        return Arrays.copyOfRange(all, segments.start(world.rank()), segments.start(world.rank() + 1));
    }
}

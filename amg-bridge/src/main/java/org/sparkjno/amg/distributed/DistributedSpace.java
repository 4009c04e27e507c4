// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.nio.DoubleBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.collective.Reduction;

/**
 * Vectors whose rows are divided over ranks: each rank works on its own components, and every inner product, or list of
 * inner products, is one all-reduce.
 *
 * @param world the ranks
 * @param firstRow global number of this rank's first row
 * @param local this rank's components
 */
record DistributedSpace(Collective world, long firstRow, LocalSpace local) implements VectorSpace {
    @Override
    public int rows() {
        return local.rows();
    }

    @Override
    public int width() {
        return local.width();
    }

    @Override
    public VectorSpace withWidth(int width) {
        return new DistributedSpace(world, firstRow, new LocalSpace(local.rows(), width, local.team()));
    }

    @Override
    public double[] sum(double[] values) {
        return Sums.of(world, values.clone());
    }

    @Override
    public double[][] dots(List<double[]> x, List<double[]> y) {
        return reduced(local.dots(x, y));
    }

    @Override
    public double[][] grams(List<double[]> x, double[] y) {
        return reduced(local.grams(x, y));
    }

    private double[][] reduced(double[][] parts) {
        DoubleBuffer all = DoubleBuffer.allocate(parts.length == 0 ? 0 : parts.length * parts[0].length);
        for (double[] part : parts) {
            all.put(part);
        }
        all.flip();
        world.allReduce(all, Reduction.SUM);
        for (double[] part : parts) {
            all.get(part);
        }
        return parts;
    }

    @Override
    public void axpy(double[] alpha, double[] x, double[] y) {
        local.axpy(alpha, x, y);
    }

    @Override
    public void xpby(double[] x, double[] beta, double[] y) {
        local.xpby(x, beta, y);
    }

    @Override
    public void scale(double[] alpha, double[] x) {
        local.scale(alpha, x);
    }

    @Override
    public void blockAxpy(double[] x, double[] c, double[] y) {
        local.blockAxpy(x, c, y);
    }

    @Override
    public void blockScale(double[] x, double[] c) {
        local.blockScale(x, c);
    }

    @Override
    public double[] random(long seed) {
        double[] block = zeros();
        for (int i = 0; i < rows(); i++) {
            double value = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (firstRow + i)).nextDouble(-1, 1);
            for (int j = 0; j < width(); j++) {
                block[i * width() + j] = value;
            }
        }
        return block;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.sparkjno.amg.compiled.Panel;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.parallel.Team;

/**
 * The vectors of one process. Sums are taken over blocks of rows and then over the blocks, so they do not depend on the
 * number of threads.
 *
 * @param rows components of each vector
 * @param width vectors treated at once
 * @param team the threads that share the rows
 */
public record LocalSpace(int rows, int width, Team team) implements VectorSpace {
    /** Rows that are summed by one thread in one go; wide blocks of them fit the second cache. */
    private static final int BLOCK = 2048;

    public LocalSpace {
        if (rows < 0 || width < 1) {
            throw new IllegalArgumentException(
                    "A space needs a size and at least one vector, but has " + rows + " rows, width " + width + ".");
        }
    }

    @Override
    public VectorSpace withWidth(int newWidth) {
        return newWidth == width ? this : new LocalSpace(rows, newWidth, team);
    }

    /** One process knows all rows. */
    @Override
    public double[] sum(double[] local) {
        return local;
    }

    @Override
    public double[][] dots(List<double[]> x, List<double[]> y) {
        return reduce(
                x.size(),
                width,
                (pair, from, to, result, at) -> columns(x.get(pair), y.get(pair), from, to, result, at));
    }

    @Override
    public double[][] grams(List<double[]> x, double[] y) {
        return reduce(
                x.size(),
                width * width,
                (block, from, to, result, at) -> BlockProduct.gram(x.get(block), y, width, from, to, result, at));
    }

    /** The contribution of some rows to one of several groups of sums. */
    @FunctionalInterface
    private interface Contribution {
        void add(int group, int from, int to, double[] result, int at);
    }

    private double[][] reduce(int groups, int size, Contribution contribution) {
        int blocks = Math.max(1, (rows + BLOCK - 1) / BLOCK);
        int stride = groups * size;
        double[] partial = new double[Math.multiplyExact(blocks, stride)];
        team.forTasks(blocks, block -> {
            for (int g = 0; g < groups; g++) {
                contribution.add(
                        g, block * BLOCK, Math.min(rows, (block + 1) * BLOCK), partial, block * stride + g * size);
            }
        });
        double[][] total = new double[groups][size];
        for (int k = 0; k < partial.length; k++) {
            int at = k % stride;
            total[at / size][at % size] += partial[k];
        }
        return total;
    }

    private void columns(double[] x, double[] y, int from, int to, double[] result, int at) {
        if (width > 1) {
            lockstep(x, y, from, to, result, at);
            return;
        }
        // Four sums in a fixed order: the additions need not wait for each other.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i] * y[i];
        }
        result[at] = (s0 + s1) + (s2 + s3);
    }

    private void lockstep(double[] x, double[] y, int from, int to, double[] result, int at) {
        if (Panel.available()) {
            Panel.of(Real.DOUBLE, 1, 1, width).forEach(panel -> panel.dot(x, y, result, at, from, to));
            return;
        }
        for (int column = 0; column < width; column++) {
            double sum = 0;
            for (int i = from * width + column; i < to * width; i += width) {
                sum += x[i] * y[i];
            }
            result[at + column] = sum;
        }
    }

    @Override
    public void axpy(double[] alpha, double[] x, double[] y) {
        team.forRows(rows, (from, to) -> {
            if (width == 1) {
                double factor = alpha[0];
                for (int i = from; i < to; i++) {
                    y[i] += factor * x[i];
                }
            } else if (Panel.available()) {
                Panel.of(Real.DOUBLE, 1, 1, width).forEach(panel -> panel.axpy(alpha, x, y, from, to));
            } else {
                for (int i = from * width; i < to * width; i++) {
                    y[i] += alpha[i % width] * x[i];
                }
            }
        });
    }

    @Override
    public void xpby(double[] x, double[] beta, double[] y) {
        team.forRows(rows, (from, to) -> {
            if (width == 1) {
                double factor = beta[0];
                for (int i = from; i < to; i++) {
                    y[i] = x[i] + factor * y[i];
                }
            } else if (Panel.available()) {
                Panel.of(Real.DOUBLE, 1, 1, width).forEach(panel -> panel.xpby(beta, x, y, from, to));
            } else {
                for (int i = from * width; i < to * width; i++) {
                    y[i] = x[i] + beta[i % width] * y[i];
                }
            }
        });
    }

    @Override
    public void scale(double[] alpha, double[] x) {
        team.forRows(rows, (from, to) -> {
            for (int i = from; i < to; i++) {
                int row = i * width;
                for (int j = 0; j < alpha.length; j++) {
                    x[row + j] *= alpha[j];
                }
            }
        });
    }

    @Override
    public void blockAxpy(double[] x, double[] c, double[] y) {
        team.forRows(rows, (from, to) -> {
            double[] product = new double[width];
            for (int i = from; i < to; i++) {
                int row = i * width;
                BlockProduct.row(x, row, c, product);
                for (int j = 0; j < product.length; j++) {
                    y[row + j] += product[j];
                }
            }
        });
    }

    @Override
    public void blockScale(double[] x, double[] c) {
        team.forRows(rows, (from, to) -> {
            double[] product = new double[width];
            for (int i = from; i < to; i++) {
                int row = i * width;
                BlockProduct.row(x, row, c, product);
                System.arraycopy(product, 0, x, row, width);
            }
        });
    }

    @Override
    public double[] random(long seed) {
        double[] x = zeros();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rows; i++) {
            Arrays.fill(x, i * width, (i + 1) * width, random.nextDouble(-1, 1));
        }
        return x;
    }
}

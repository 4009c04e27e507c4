// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import java.util.Arrays;
import org.sparkjno.kernels.random.RandomStream;

/** How the points of a sample are spread. The same seed gives the same points on every machine. */
public enum Sampler {
    /** Independent points, equally likely everywhere. */
    UNIFORM {
        @Override
        public double[] unitCube(int dimensions, int count, long seed) {
            RandomStream stream = RandomStream.named(seed, "uniform");
            double[] points = new double[count * dimensions];
            for (int k = 0; k < points.length; k++) {
                points[k] = stream.uniform(k);
            }
            return points;
        }
    },

    /**
     * One point in each of {@code count} slices of every axis. M. D. McKay, R. J. Beckman, W. J. Conover, "A comparison of
     * three methods for selecting values of input variables in the analysis of output from a computer code",
     * Technometrics 21, 1979.
     */
    LATIN_HYPERCUBE {
        @Override
        public double[] unitCube(int dimensions, int count, long seed) {
            double[] points = new double[count * dimensions];
            for (int axis = 0; axis < dimensions; axis++) {
                RandomStream stream = RandomStream.named(seed, "Latin hypercube, axis " + axis);
                int[] slices = permutation(count, stream);
                for (int i = 0; i < count; i++) {
                    points[i * dimensions + axis] = (slices[i] + stream.uniform(count + i)) / count;
                }
            }
            return points;
        }
    },

    /**
     * The Sobol sequence with nested uniform scrambling by the seed: the first 2^k points are spread evenly for every k. See
     * {@link Sobol} for its sources; at most {@value Sobol#DIMENSIONS} dimensions.
     */
    SOBOL {
        @Override
        public double[] unitCube(int dimensions, int count, long seed) {
            Sobol sobol = Sobol.scrambled(dimensions, seed);
            double[] points = new double[count * dimensions];
            for (int i = 0; i < count; i++) {
                for (int axis = 0; axis < dimensions; axis++) {
                    points[i * dimensions + axis] = sobol.coordinate(i, axis);
                }
            }
            return points;
        }
    },

    /**
     * The midpoints of a regular grid of nearly cubic cells: the coarsest one with at least {@code count} points in the
     * region, so there may be more points than asked for. The seed plays no part.
     */
    GRID {
        @Override
        public double[] unitCube(int dimensions, int count, long seed) {
            double[] extents = new double[dimensions];
            Arrays.fill(extents, 1);
            return RegularCells.covering(extents, count).midpoints();
        }
    };

    /**
     * Points of the open unit cube.
     *
     * @param dimensions coordinates of a point, at least 1
     * @param count number of points; {@link #GRID} may return more
     * @return row after row
     */
    public abstract double[] unitCube(int dimensions, int count, long seed);

    /** A shuffle by R. Durstenfeld, "Algorithm 235: random permutation", CACM 7, 1964. */
    private static int[] permutation(int count, RandomStream stream) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = (int) (stream.uniform(i) * (i + 1));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}

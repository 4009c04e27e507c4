// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/**
 * More points each time, with the density |r|^k/E|r|^k + c: C. Wu, M. Zhu, Q. Tan, Y. Kartha, L. Lu, "A comprehensive study of
 * non-adaptive and residual-based adaptive sampling for physics-informed neural networks", Comput. Methods Appl. Mech. Eng. 403, 2023,
 * algorithm 3. Where each step takes all points, it is compiled again for more of them, unless there is room for them from the
 * beginning; where it takes a batch, it is compiled once.
 *
 * @param power k
 * @param constant c
 * @param added how many each time
 * @param candidates among how many they are chosen
 * @param room for how many points a step is compiled; when there are as many, no more are added. 0 for no bound
 */
public record RarD(double power, double constant, int added, int candidates, int room) implements Resampler {
    public RarD {
        if (!(power >= 0 && constant >= 0) || added < 1 || candidates < added || room < 0) {
            throw new IllegalArgumentException(
                    "RAR-D needs a power and a constant of 0 or more, adds at least one point"
                            + " out of as many candidates or more, and has no negative room, but got " + power + ", "
                            + constant + ", " + added + ", " + candidates + " and " + room + ".");
        }
    }

    /** With k = 2, c = 0 and a hundred candidates for each added point. */
    public static RarD adding(int points) {
        return new RarD(2, 0, points, Math.multiplyExact(100, points), 0);
    }

    /**
     * Up to so many points in all. A step that takes all points is compiled once, with places for so many; those still vacant are
     * computed, but count for nothing.
     */
    public RarD upTo(int points) {
        return new RarD(power, constant, added, candidates, points);
    }

    @Override
    public Look look() {
        return Look.AT_NEW_POINTS;
    }

    @Override
    public int candidates(int present) {
        return candidates;
    }

    @Override
    public Points choose(Points present, Points fresh, double[] residuals, RandomStream random) {
        int count = room == 0 ? added : Math.min(added, room - present.count());
        if (count <= 0) {
            return present;
        }
        double[] density = Selection.density(residuals, power, constant);
        return Selection.join(present, fresh.select(Selection.weighted(density, count, random)));
    }
}

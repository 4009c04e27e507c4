// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/**
 * All points anew, with the density |r|^k/E|r|^k + c: C. Wu, M. Zhu, Q. Tan, Y. Kartha, L. Lu, "A comprehensive study of non-adaptive
 * and residual-based adaptive sampling for physics-informed neural networks", Comput. Methods Appl. Mech. Eng. 403, 2023, algorithm 2.
 *
 * @param power k
 * @param constant c
 * @param perPoint candidates for each point
 * @param isWeighted whether points have weights inverse to the density, for losses that are integrals
 */
public record Rad(double power, double constant, int perPoint, boolean isWeighted) implements Resampler {
    public Rad {
        if (!(power >= 0 && constant >= 0) || perPoint < 2 || isWeighted && constant == 0) {
            throw new IllegalArgumentException(
                    "RAD needs a power and a constant of 0 or more, with weights a constant above 0, and at least two"
                            + " candidates per point, but got " + power + ", " + constant + " and " + perPoint + ".");
        }
    }

    /** With k = 1, c = 1 and ten candidates for each point. */
    public static Rad of() {
        return new Rad(1, 1, 10, false);
    }

    /**
     * With weights inverse to the density, so that {@code region.integral(…)} remains an estimate of the integral while points gather
     * where the residual is large. Means over points know no weights: they give those places more importance, as in the paper.
     */
    public Rad weighted() {
        return new Rad(power, constant, perPoint, true);
    }

    @Override
    public Look look() {
        return Look.AT_NEW_POINTS;
    }

    @Override
    public int candidates(int present) {
        return Math.multiplyExact(perPoint, present);
    }

    @Override
    public Points choose(Points present, Points fresh, double[] residuals, RandomStream random) {
        double[] density = Selection.density(residuals, power, constant);
        int[] chosen = Selection.weighted(density, present.count(), random);
        Points points = fresh.select(chosen);
        return isWeighted
                ? Selection.inverse(
                        points,
                        IntStream.of(chosen).mapToDouble(i -> density[i]).toArray(),
                        present.measure())
                : Selection.even(points, present.measure());
    }
}

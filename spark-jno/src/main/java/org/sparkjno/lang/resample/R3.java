// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/**
 * Retain, resample, release: points whose residual is above the mean stay, all others are drawn anew. A. Daw, J. Bu, S. Wang, P.
 * Perdikaris, A. Karpatne, "Mitigating propagation failures in physics-informed neural networks using retain-resample-release (R3)
 * sampling", ICML 2023, algorithm 1.
 */
public record R3() implements Resampler {
    @Override
    public Look look() {
        return Look.AT_PRESENT_POINTS;
    }

    @Override
    public int candidates(int present) {
        return present;
    }

    @Override
    public Points choose(Points present, Points fresh, double[] residuals, RandomStream random) {
        double mean = Arrays.stream(residuals).map(Math::abs).average().orElse(0);
        int[] kept = IntStream.range(0, present.count())
                .filter(i -> Math.abs(residuals[i]) > mean)
                .toArray();
        Points drawn = fresh.select(Selection.first(present.count() - kept.length));
        return Selection.even(Selection.join(present.select(kept), drawn), present.measure());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.resample;

import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

/**
 * New points in place of some of the present ones, whatever the residual.
 *
 * @param fraction which part is replaced, above 0; 1 for all
 */
public record Uniform(double fraction) implements Resampler {
    public Uniform {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "The part of the points that is replaced lies above 0 and at most at 1, but got " + fraction + ".");
        }
    }

    @Override
    public Look look() {
        return Look.NOWHERE;
    }

    @Override
    public int candidates(int present) {
        return Math.max(1, (int) Math.round(fraction * present));
    }

    @Override
    public Points choose(Points present, Points fresh, double[] residuals, RandomStream random) {
        if (fresh.count() >= present.count()) {
            return Selection.even(fresh, present.measure());
        }
        int[] kept = Selection.uniform(present.count(), present.count() - fresh.count(), random);
        return Selection.even(Selection.join(present.select(kept), fresh), present.measure());
    }
}

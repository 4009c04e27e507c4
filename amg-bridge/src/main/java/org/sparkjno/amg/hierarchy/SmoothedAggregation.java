// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Smoothed aggregation: strongly coupled unknowns become aggregates, piecewise constants on them are smoothed.
 *
 * @param strength threshold θ in [0, 1) of a strong coupling, relative to the largest ones of both rows
 */
public record SmoothedAggregation(double strength) implements Coarsening {
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.8;

    public SmoothedAggregation {
        if (!(strength >= 0 && strength < 1)) {
            throw new IllegalArgumentException("The strength threshold must be in [0, 1), but is " + strength + ".");
        }
    }

    /**
     * The default. A threshold of 0.16 took the fewest iterations over isotropic, anisotropic, rotated, jumping and
     * lognormal diffusion together; 0.08 loses on rotated anisotropy and 0.25 on lognormal coefficients.
     */
    public static SmoothedAggregation standard() {
        return new SmoothedAggregation(0.16);
    }

    /** Where the threshold leaves too few strong couplings, all couplings are tried. */
    @Override
    public Optional<CoarseLevel> coarsen(FineLevel fine) {
        CsrMatrix a = fine.matrix();
        for (double threshold : new double[] {strength, 0}) {
            boolean[] strong = new Strength(threshold).of(a);
            Aggregates aggregates = Aggregates.greedy(a, strong);
            if (aggregates.count() > 0 && aggregates.count() < STALL * a.rows()) {
                CsrMatrix interpolation = SmoothedInterpolation.of(a, strong, aggregates);
                return Optional.of(new CoarseLevel(
                        new Level.Transfer(interpolation, interpolation.transpose()),
                        1,
                        NearNullSpace.constants(aggregates.count(), 1)));
            }
        }
        return Optional.empty();
    }
}

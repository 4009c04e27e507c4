// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.hierarchy;

import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * How a hierarchy is coarsened.
 *
 * @param strength threshold θ in [0, 1) of a strong coupling, relative to the largest ones of both rows
 * @param coarsestSize levels of at most so many unknowns are not coarsened further
 * @param levelLimit most levels
 */
public record Coarsening(double strength, int coarsestSize, int levelLimit) {
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.8;

    public Coarsening {
        if (!(strength >= 0 && strength < 1)) {
            throw new IllegalArgumentException("The strength threshold must be in [0, 1), but is " + strength + ".");
        }
        if (coarsestSize < 1 || levelLimit < 1) {
            throw new IllegalArgumentException("The coarsest size and the level limit must be positive, but are "
                    + coarsestSize + " and " + levelLimit + ".");
        }
    }

    /**
     * The default. A threshold of 0.16 took the fewest iterations over isotropic, anisotropic, rotated, jumping and
     * lognormal diffusion together; 0.08 loses on rotated anisotropy and 0.25 on lognormal coefficients.
     */
    public static Coarsening standard() {
        return new Coarsening(0.16, 120, 30);
    }

    /**
     * The interpolation to the next level, or empty if the matrix should not or cannot be coarsened. Where the threshold
     * leaves too few strong couplings, all couplings are tried.
     */
    Optional<CsrMatrix> interpolation(CsrMatrix a) {
        if (a.rows() <= coarsestSize) {
            return Optional.empty();
        }
        for (double threshold : new double[] {strength, 0}) {
            boolean[] strong = new Strength(threshold).of(a);
            Aggregates aggregates = Aggregates.greedy(a, strong);
            if (aggregates.count() > 0 && aggregates.count() < STALL * a.rows()) {
                return Optional.of(SmoothedInterpolation.of(a, strong, aggregates));
            }
        }
        return Optional.empty();
    }
}

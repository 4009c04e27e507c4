// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.CoarseLevel;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Classical coarsening: strong couplings choose some unknowns to be the coarse level, and the others are interpolated
 * from them. The result depends on the matrix alone, never on the number of threads.
 *
 * <p>Ruge and Stüben, "Algebraic multigrid", 1987; De Sterck, Yang and Heys 2006; De Sterck, Falgout, Nolting and Yang
 * 2008.
 *
 * <p>Systems, whose near-null space has several vectors, are coarsened unknown by unknown (see Ruge and Stüben, section
 * 4.7); near-null vectors pass to coarse levels by their values at coarse points. The restriction is the transposed
 * interpolation, for nonsymmetric matrices too.
 *
 * @param strength threshold θ in [0, 1]: i depends strongly on j if −a_ij ≥ θ max_k −a_ik
 * @param maxRowSum positive; rows with |Σ_j a_ij| above this part of |a_ii| are left to the smoother
 * @param splitting how coarse points are chosen
 * @param interpolation how fine points are interpolated
 * @param rowElements rows of the interpolation keep so many of their largest weights, at least 1
 * @param aggressiveLevels so many of the finest levels are coarsened twice at once, with multipass interpolation
 */
public record ClassicalCoarsening(
        double strength,
        double maxRowSum,
        Splitting splitting,
        Interpolation interpolation,
        int rowElements,
        int aggressiveLevels)
        implements Coarsening {
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.95;

    public ClassicalCoarsening {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("The strength threshold must be in [0, 1], but is " + strength + ".");
        }
        if (!(maxRowSum > 0)) {
            throw new IllegalArgumentException("The row sum limit must be positive, but is " + maxRowSum + ".");
        }
        Objects.requireNonNull(splitting, "splitting");
        Objects.requireNonNull(interpolation, "interpolation");
        if (rowElements < 1) {
            throw new IllegalArgumentException(
                    "Rows of the interpolation must keep at least one weight, but shall keep " + rowElements + ".");
        }
        if (aggressiveLevels < 0) {
            throw new IllegalArgumentException(
                    "The number of aggressive levels must not be negative, but is " + aggressiveLevels + ".");
        }
    }

    /** HMIS with extended+i interpolation of 4 weights per row, θ = 0.25 and row sums up to 0.9. */
    public static ClassicalCoarsening standard() {
        return new ClassicalCoarsening(0.25, 0.9, Splitting.HMIS, Interpolation.EXTENDED, 4, 0);
    }

    public ClassicalCoarsening withStrength(double newStrength) {
        return new ClassicalCoarsening(newStrength, maxRowSum, splitting, interpolation, rowElements, aggressiveLevels);
    }

    public ClassicalCoarsening withMaxRowSum(double newMaxRowSum) {
        return new ClassicalCoarsening(strength, newMaxRowSum, splitting, interpolation, rowElements, aggressiveLevels);
    }

    public ClassicalCoarsening withSplitting(Splitting newSplitting) {
        return new ClassicalCoarsening(strength, maxRowSum, newSplitting, interpolation, rowElements, aggressiveLevels);
    }

    public ClassicalCoarsening withInterpolation(Interpolation newInterpolation) {
        return new ClassicalCoarsening(strength, maxRowSum, splitting, newInterpolation, rowElements, aggressiveLevels);
    }

    public ClassicalCoarsening withRowElements(int newRowElements) {
        return new ClassicalCoarsening(strength, maxRowSum, splitting, interpolation, newRowElements, aggressiveLevels);
    }

    public ClassicalCoarsening withAggressiveLevels(int newAggressiveLevels) {
        return new ClassicalCoarsening(strength, maxRowSum, splitting, interpolation, rowElements, newAggressiveLevels);
    }

    @Override
    public Optional<CoarseLevel> coarsen(FineLevel fine) {
        CsrMatrix a = Unknowns.of(fine).decouple(fine.matrix());
        StrongCouplings couplings = StrongCouplings.of(a, strength, maxRowSum, fine.team());
        boolean aggressive = fine.depth() < aggressiveLevels;
        CoarsePoints points = CoarsePoints.of(
                aggressive
                        ? splitting.splitAggressively(couplings.dependences(), couplings.influences(), fine.team())
                        : splitting.split(couplings.dependences(), couplings.influences(), fine.team()));
        if (points.count() == 0 || points.count() > STALL * a.rows()) {
            return Optional.empty();
        }
        Interpolation method = aggressive ? Interpolation.MULTIPASS : interpolation;
        CsrMatrix p = method.of(a, couplings, points, rowElements, fine.team());
        return Optional.of(
                new CoarseLevel(new Level.Transfer(p, p.transpose()), 1, injected(fine.nearNullSpace(), points)));
    }

    private static NearNullSpace injected(NearNullSpace fine, CoarsePoints points) {
        int width = fine.width();
        double[] values = new double[points.count() * width];
        for (int c = 0; c < points.count(); c++) {
            System.arraycopy(fine.values(), points.place()[c] * width, values, c * width, width);
        }
        return new NearNullSpace(points.count(), width, values);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.sparkjno.amg.hierarchy.CoarseLevel;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * Smoothed aggregation: strongly coupled nodes become aggregates, the near-null space cut to them is smoothed.
 *
 * <p>Vaněk, Mandel and Brezina, "Algebraic multigrid by smoothed aggregation for second and fourth order elliptic
 * problems", Computing 56, 1996.
 *
 * @param strength threshold θ in [0, 1) of a strong coupling, relative to the largest ones of both rows
 * @param filter part of the largest coupling of a row, in [0, 1), below which interpolation leaves a coupling out
 * @param aggregation how nodes are brought together
 * @param prolongation how aggregates interpolate
 */
public record SmoothedAggregation(double strength, double filter, Aggregation aggregation, Prolongation prolongation)
        implements Coarsening {
    /** A coarse level larger than this part of the fine one means that coarsening has stalled. */
    private static final double STALL = 0.8;

    public SmoothedAggregation {
        Objects.requireNonNull(aggregation, "aggregation");
        Objects.requireNonNull(prolongation, "prolongation");
        if (!(strength >= 0 && strength < 1)) {
            throw new IllegalArgumentException("The strength threshold must be in [0, 1), but is " + strength + ".");
        }
        if (!(filter >= 0 && filter < 1)) {
            throw new IllegalArgumentException(
                    "The filter of the interpolation must be in [0, 1), but is " + filter + ".");
        }
    }

    /**
     * The default, one for all problems: θ = 0.16 and a filter of 0.25. Measured over isotropic, anisotropic, rotated,
     * jumping and lognormal diffusion and over elasticity, a larger θ gains on lognormal media and on anisotropy at 30
     * degrees but loses a third at 45 degrees, a smaller one loses on both; filters of 0.1 to 0.25 differ little, none at
     * all doubles the operator complexity of grid anisotropy.
     */
    public static SmoothedAggregation standard() {
        return new SmoothedAggregation(0.16, 0.25, Aggregation.GREEDY, new Prolongation.Jacobi());
    }

    /** The same with other aggregates. */
    public SmoothedAggregation with(Aggregation other) {
        return new SmoothedAggregation(strength, filter, other, prolongation);
    }

    /** The same with another interpolation. */
    public SmoothedAggregation with(Prolongation other) {
        return new SmoothedAggregation(strength, filter, aggregation, other);
    }

    /** Where the threshold leaves too few strong couplings, all couplings are tried. */
    @Override
    public Optional<CoarseLevel> coarsen(FineLevel fine) {
        CsrMatrix graph = NodeGraph.of(fine.matrix(), fine.blockSize(), fine.team());
        int width = fine.nearNullSpace().width();
        int leastNodes = (width + fine.blockSize() - 1) / fine.blockSize();
        for (double threshold : new double[] {strength, 0}) {
            NodeCouplings couplings = new Strength(threshold).of(graph, fine.team());
            Aggregates aggregates =
                    aggregation.of(couplings, fine.team()).adopted(couplings).ofAtLeast(leastNodes, couplings);
            double unknowns = (double) aggregates.count() * width;
            if (unknowns > 0 && unknowns < STALL * fine.matrix().rows()) {
                return Optional.of(interpolate(fine, graph, couplings, aggregates));
            }
        }
        return Optional.empty();
    }

    private CoarseLevel interpolate(FineLevel fine, CsrMatrix graph, NodeCouplings couplings, Aggregates aggregates) {
        NearNullSpace nearNull = fine.nearNullSpace();
        Tentative tentative = Tentative.of(nearNull, fine.blockSize(), aggregates, fine.team());
        CsrMatrix interpolation = interpolation(fine, graph, couplings, aggregates, tentative);
        return new CoarseLevel(
                new Level.Transfer(interpolation, interpolation.transpose()), nearNull.width(), tentative.coarse());
    }

    private CsrMatrix interpolation(
            FineLevel fine, CsrMatrix graph, NodeCouplings couplings, Aggregates aggregates, Tentative tentative) {
        CsrMatrix a = fine.matrix();
        int blockSize = fine.blockSize();
        NearNullSpace nearNull = fine.nearNullSpace();
        if (prolongation instanceof Prolongation.MinimalEnergy settings) {
            return EnergyMinimisation.of(a, blockSize, couplings, settings, aggregates, tentative, fine.team());
        }
        DoubleUnaryOperator identity = DoubleUnaryOperator.identity();
        return blockSize == 1 && nearNull.width() == 1
                ? SmoothedInterpolation.of(a, nearNull.values(), filter, aggregates, tentative, identity, fine.team())
                : BlockInterpolation.of(
                        a, blockSize, graph, nearNull, filter, aggregates, tentative, identity, fine.team());
    }
}

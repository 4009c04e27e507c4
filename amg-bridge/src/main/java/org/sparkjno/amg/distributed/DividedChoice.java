// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.krylov.BiCgStab;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.MinimalResidual;
import org.sparkjno.amg.smoother.BlockGaussSeidel;
import org.sparkjno.amg.smoother.GaussSeidel;
import org.sparkjno.amg.solve.MatrixTraits.Diagonal;

/**
 * The ways to solve with a matrix whose rows are divided over ranks, in the order in which they are tried, and why.
 *
 * @param ways at least one
 * @param reason one sentence
 */
record DividedChoice(List<Way> ways, String reason) {
    /** Where so much of the couplings goes one way, the order of the rows is that of a flow, or its opposite. */
    private static final double FLOW = 0.9;

    DividedChoice {
        ways = List.copyOf(ways);
    }

    /**
     * One way.
     *
     * @param method the iteration
     * @param preconditioning what speeds it up
     */
    record Way(KrylovMethod method, DividedPreconditioning preconditioning) {
        @Override
        public String toString() {
            return method + " with " + preconditioning;
        }
    }

    static DividedChoice of(DividedTraits traits, int blockSize) {
        if (!traits.isSymmetric()) {
            return unsymmetric(traits);
        }
        if (traits.diagonal() == Diagonal.MIXED) {
            return new DividedChoice(
                    List.of(
                            new Way(new Gmres(), new DividedPreconditioning.Direct()),
                            new Way(new MinimalResidual(), new DividedPreconditioning.None())),
                    "symmetric, but signs on the diagonal differ, so the matrix is indefinite");
        }
        return definite(traits, blockSize);
    }

    private static DividedChoice definite(DividedTraits traits, int blockSize) {
        DividedPreconditioning classical = classical(SweepOrder.Rule.AT_ONCE);
        DividedPreconditioning aggregation = new DividedPreconditioning.Cycle(
                "smoothed aggregation",
                new DividedAggregation(SmoothedAggregation.standard()),
                blockSize > 1 ? BlockGaussSeidel::of : GaussSeidel::of,
                SweepOrder.Rule.AT_ONCE);
        List<DividedPreconditioning> kinds =
                blockSize > 1 ? List.of(aggregation, classical) : List.of(classical, aggregation);
        List<Way> order = new ArrayList<>();
        kinds.forEach(kind -> order.add(new Way(new ConjugateGradient(), kind)));
        order.add(new Way(new Gmres(), kinds.get(0)));
        order.add(new Way(new Gmres(), new DividedPreconditioning.Direct()));
        order.add(new Way(new MinimalResidual(), new DividedPreconditioning.None()));
        return new DividedChoice(
                order,
                "symmetric with a " + (traits.diagonal() == Diagonal.NEGATIVE ? "negative" : "positive") + " diagonal"
                        + (blockSize > 1 ? " and blocks of " + blockSize + " unknowns" : ""));
    }

    private static DividedChoice unsymmetric(DividedTraits traits) {
        DividedPreconditioning alongRows = classical(SweepOrder.Rule.ALONG_ROWS);
        boolean flows = traits.skewness() > FLOW;
        List<Way> order = new ArrayList<>();
        order.add(new Way(new BiCgStab(2), flows ? alongRows : classical(SweepOrder.Rule.AT_ONCE)));
        order.add(new Way(new Gmres(), alongRows));
        order.add(new Way(new Gmres(), new DividedPreconditioning.Incomplete()));
        order.add(new Way(new Gmres(), new DividedPreconditioning.Direct()));
        return new DividedChoice(
                order,
                String.format(
                        Locale.ROOT,
                        "nonsymmetric (entries differ from their mirror images by %.0f %%)",
                        100 * traits.skewness()));
    }

    private static DividedPreconditioning classical(SweepOrder.Rule order) {
        return new DividedPreconditioning.Cycle(
                "classical", new DividedClassical(ClassicalCoarsening.standard()), GaussSeidel::of, order);
    }

    /** The same with another method in every way. */
    DividedChoice with(KrylovMethod method) {
        return new DividedChoice(
                ways.stream()
                        .map(way -> new Way(method, way.preconditioning()))
                        .distinct()
                        .toList(),
                reason);
    }
}

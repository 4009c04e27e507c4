// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.cycle.Precision;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.BiCgStab;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.MinimalResidual;
import org.sparkjno.amg.smoother.BlockGaussSeidel;
import org.sparkjno.amg.smoother.Ilu0;

/**
 * The strategies for a matrix in the order in which they are tried, and why.
 *
 * @param strategies at least one
 * @param reason one sentence
 */
record Choice(List<Strategy> strategies, String reason) {
    /** Diagonal entries that vary more than this between ordinary rows tell of coefficients that jump. */
    private static final double VARIATION = 30;

    /** Up to here, and where the factor stays small, a factorisation beats any iteration. */
    private static final int DIRECT_ROWS = 1000;

    /** Where a preconditioner leaves some eigenvalues far from the others, restarts must not forget them. */
    private static final int LONG_RESTART = 60;
    /** Off-diagonal weight on the side of the diagonal's sign from which a matrix is far from an M-matrix. */
    private static final double ADVERSE = 0.05;

    Choice {
        strategies = List.copyOf(strategies);
    }

    static Choice of(MatrixTraits traits, int blockSize) {
        if (traits.rows() <= DIRECT_ROWS) {
            return small(traits);
        }
        if (!traits.isSymmetric()) {
            return unsymmetric(traits);
        }
        return traits.diagonal() == MatrixTraits.Diagonal.MIXED ? indefinite() : definite(traits, blockSize);
    }

    private static Choice small(MatrixTraits traits) {
        List<Strategy> order = new ArrayList<>();
        order.add(new Strategy(new Gmres(), new Preconditioning.Direct()));
        order.add(new Strategy(new Gmres(), ilu()));
        order.add(new Strategy(new Gmres(), new Preconditioning.None()));
        return new Choice(order, traits.rows() + " rows are few enough to factorise");
    }

    private static Choice definite(MatrixTraits traits, int blockSize) {
        double variation = traits.offDiagonal().variation();
        boolean varies =
                blockSize == 1 && (variation > VARIATION || traits.offDiagonal().adverse() > ADVERSE);
        List<Preconditioning> kinds =
                varies ? List.of(classical(), aggregation(blockSize)) : List.of(aggregation(blockSize), classical());
        List<Strategy> order = new ArrayList<>();
        kinds.forEach(kind -> order.add(new Strategy(new ConjugateGradient(), kind)));
        order.add(new Strategy(new Gmres(), new Preconditioning.Direct()));
        order.add(new Strategy(new Gmres(), kinds.get(0)));
        order.add(new Strategy(new MinimalResidual(), new Preconditioning.Companion(classical())));
        order.add(new Strategy(new MinimalResidual(), new Preconditioning.None()));
        String signs = traits.diagonal() == MatrixTraits.Diagonal.NEGATIVE ? "negative" : "positive";
        String kind;
        if (varies) {
            kind = String.format(
                    Locale.ROOT,
                    "coefficients that vary (diagonal by a factor %.3g, %.0f %% of the couplings positive)",
                    variation,
                    100 * traits.offDiagonal().adverse());
        } else {
            kind = blockSize > 1 ? "blocks of " + blockSize + " unknowns" : "even coefficients";
        }
        return new Choice(order, "symmetric with a " + signs + " diagonal and " + kind);
    }

    private static Choice indefinite() {
        List<Strategy> order = new ArrayList<>();
        order.add(new Strategy(new Gmres(), new Preconditioning.Direct()));
        order.add(new Strategy(new Gmres(LONG_RESTART), new Preconditioning.SaddlePoint(classical())));
        order.add(new Strategy(new MinimalResidual(), new Preconditioning.Companion(classical())));
        order.add(new Strategy(new MinimalResidual(), new Preconditioning.None()));
        return new Choice(order, "symmetric, but signs on the diagonal differ, so the matrix is indefinite");
    }

    private static Choice unsymmetric(MatrixTraits traits) {
        List<Strategy> order = new ArrayList<>();
        if (traits.diagonal() == MatrixTraits.Diagonal.MIXED) {
            order.add(new Strategy(new Gmres(), new Preconditioning.Direct()));
            order.add(new Strategy(new Gmres(LONG_RESTART), new Preconditioning.SaddlePoint(classical())));
            order.add(new Strategy(new Gmres(LONG_RESTART), new Preconditioning.None()));
            return new Choice(order, "nonsymmetric, and signs on the diagonal differ");
        }
        order.add(new Strategy(new BiCgStab(2), classical()));
        order.add(new Strategy(new Gmres(), classical()));
        order.add(new Strategy(new Gmres(), ilu()));
        order.add(new Strategy(new Gmres(), new Preconditioning.Direct()));
        return new Choice(
                order,
                String.format(
                        Locale.ROOT,
                        "nonsymmetric (entries differ from their mirror images by %.0f %%)",
                        100 * traits.offDiagonal().skewness()));
    }

    static Preconditioning.Algebraic aggregation(int blockSize) {
        Multigrid.Options options = Multigrid.Options.standard();
        return new Preconditioning.Algebraic(
                "smoothed aggregation",
                SmoothedAggregation.standard(),
                Hierarchy.Limits.standard(),
                blockSize > 1 ? options.with(BlockGaussSeidel::of) : options);
    }

    static Preconditioning.Algebraic classical() {
        return new Preconditioning.Algebraic(
                "classical", ClassicalCoarsening.standard(), Hierarchy.Limits.standard(), Multigrid.Options.standard());
    }

    private static Preconditioning ilu() {
        return new Preconditioning.Sweep("ILU(0)", Ilu0::of);
    }

    /** The same, the first way whose preconditioner is of a kind before all others. */
    Choice startingWith(Class<? extends Preconditioning> kind) {
        List<Strategy> order = new ArrayList<>(strategies);
        order.removeIf(strategy -> !kind.isInstance(strategy.preconditioning()));
        Strategy first = order.isEmpty() ? new Strategy(strategies.get(0).method(), aggregation(1)) : order.get(0);
        List<Strategy> all = new ArrayList<>(List.of(first));
        strategies.stream().filter(strategy -> !strategy.equals(first)).forEach(all::add);
        return new Choice(all, reason);
    }

    /** The same with cycles of another precision. */
    Choice with(Precision precision) {
        return new Choice(
                strategies.stream()
                        .map(strategy -> new Strategy(
                                strategy.method(), strategy.preconditioning().with(precision)))
                        .toList(),
                reason);
    }

    /** The same with another method in every strategy. */
    Choice with(KrylovMethod method) {
        return new Choice(
                strategies.stream()
                        .map(strategy -> new Strategy(method, strategy.preconditioning()))
                        .distinct()
                        .toList(),
                reason);
    }
}

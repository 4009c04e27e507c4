// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.direct.DirectSolver;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Transposition;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.GaussSeidel;
import org.sparkjno.amg.smoother.Smoother;
import org.sparkjno.amg.smoother.Smoothing;
import org.sparkjno.amg.smoother.Sweeps;

/**
 * A multigrid cycle: smooth, correct from the coarser level, smooth again. The coarsest level is solved directly where it
 * is small enough, and smoothed where coarsening has stalled early.
 *
 * <p>Briggs, Henson and McCormick, "A Multigrid Tutorial", 2nd edition, chapter 3; Trottenberg, Oosterlee and Schüller,
 * "Multigrid", 2001, section 2.4. Immutable: threads share one cycle, each with its own workspace.
 */
public final class Multigrid implements Preconditioner {
    /** Differences of two assembled entries that count as rounding. */
    private static final double SYMMETRIC = 1e-14;

    private final Hierarchy hierarchy;
    private final Options options;
    private final Traversal.Route route;
    private final List<Smoother> smoothers;
    private final Optional<Preconditioner> coarsest;
    /** Found when first asked for. */
    private Multigrid transposed;

    /**
     * What a cycle is made of.
     *
     * @param cycle how often levels are visited
     * @param smoothing the smoother of every level
     * @param before sweeps before each coarse correction
     * @param after sweeps after it; the cycle is symmetric only if there are as many
     */
    public record Options(Cycle cycle, Smoothing smoothing, int before, int after) {
        public Options {
            Objects.requireNonNull(cycle, "cycle");
            Objects.requireNonNull(smoothing, "smoothing");
            if (before < 1 || after < 1) {
                throw new IllegalArgumentException(
                        "A cycle needs at least one sweep on each side, but has " + before + " and " + after + ".");
            }
        }

        /** V(1,1) with Gauss-Seidel. */
        public static Options standard() {
            return new Options(Cycle.V, GaussSeidel::of, 1, 1);
        }

        /** The same with another cycle. */
        public Options with(Cycle other) {
            return new Options(other, smoothing, before, after);
        }

        /** The same with another smoother. */
        public Options with(Smoothing other) {
            return new Options(cycle, other, before, after);
        }

        /** The same with other numbers of sweeps. */
        public Options withSweeps(int sweepsBefore, int sweepsAfter) {
            return new Options(cycle, smoothing, sweepsBefore, sweepsAfter);
        }

        private Options transposed() {
            return withSweeps(after, before);
        }
    }

    private Multigrid(Hierarchy hierarchy, Options options, Traversal.Route route, Optional<Preconditioner> last) {
        this.hierarchy = hierarchy;
        this.options = options;
        this.route = route;
        coarsest = last;
        smoothers = new ArrayList<>();
        for (Level level : hierarchy.levels()) {
            if (level.toCoarser().isPresent() || coarsest.isEmpty()) {
                Smoother smoother = options.smoothing().on(level.matrix(), level.blockSize(), route.team());
                smoothers.add(new Sweeps(smoother, options.before(), options.after()));
            }
        }
    }

    /** The V(1,1) cycle with symmetric Gauss-Seidel on one thread. */
    public static Multigrid vCycle(Hierarchy hierarchy) {
        return of(hierarchy, Options.standard(), Team.serial());
    }

    /**
     * A cycle.
     *
     * @throws IllegalArgumentException if the smoother does not exist for one of the matrices; the message names the row
     */
    public static Multigrid of(Hierarchy hierarchy, Options options, Team team) {
        List<Level> levels = hierarchy.levels();
        CsrMatrix last = levels.get(levels.size() - 1).matrix();
        boolean symmetric = options.cycle() == Cycle.K && levels.get(0).matrix().isSymmetric(SYMMETRIC);
        Traversal.Route route = new Traversal.Route(levels, options.cycle(), symmetric, false, team);
        return new Multigrid(hierarchy, options, route, DirectSolver.of(last));
    }

    /** Whether this is a linear mapping; if not, the Krylov method around it must be a flexible one. */
    public boolean isLinear() {
        return options.cycle().isLinear();
    }

    @Override
    public Application begin(int width) {
        List<Smoother.Application> sweeps =
                smoothers.stream().map(smoother -> smoother.begin(width)).toList();
        Optional<Application> direct = coarsest.map(solver -> solver.begin(width));
        return new Traversal(route, sweeps, direct, width);
    }

    /**
     * The cycle of the transposed hierarchy, which is the transposed cycle where the cycle is linear: this one itself if it
     * is symmetric. Built when first asked for and kept.
     */
    @Override
    public synchronized Multigrid transposed() {
        if (transposed == null && isSymmetric()) {
            transposed = this;
        } else if (transposed == null) {
            Hierarchy other = hierarchy.transposed();
            transposed = new Multigrid(
                    other,
                    options.transposed(),
                    route.transposed(other.levels()),
                    coarsest.map(Preconditioner::transposed));
            transposed.transposed = this;
        }
        return transposed;
    }

    /** The levels, the direct solver of the coarsest, and those of the transposed cycle where there is one. */
    @Override
    public synchronized long bytes() {
        long own = ownBytes();
        return transposed == null || transposed == this ? own : own + transposed.ownBytes();
    }

    private long ownBytes() {
        return hierarchy.bytes() + coarsest.map(Preconditioner::bytes).orElse(0L);
    }

    /** Whether the cycle is its own transpose, up to rounding. Compares the finest matrix and all transfers. */
    private boolean isSymmetric() {
        return options.cycle().isSymmetric()
                && options.before() == options.after()
                && route.levels().get(0).matrix().isSymmetric(SYMMETRIC)
                && route.levels().stream()
                        .flatMap(level -> level.toCoarser().stream())
                        .allMatch(Multigrid::isTransposePair);
    }

    private static boolean isTransposePair(Level.Transfer transfer) {
        Transposition transposition = transfer.interpolation().pattern().transposition();
        return transfer.restriction().pattern().equals(transposition.pattern())
                && Arrays.equals(
                        transfer.restriction().values(),
                        transposition.apply(transfer.interpolation().values()));
    }

    @Override
    public String toString() {
        return options.cycle() + "(" + options.before() + "," + options.after() + ") cycle of "
                + hierarchy.levels().size() + " levels"
                + (smoothers.isEmpty() ? "" : ", " + smoothers.get(0).toString())
                + coarsest.map(solver -> ", " + solver + " at the end").orElse("");
    }
}

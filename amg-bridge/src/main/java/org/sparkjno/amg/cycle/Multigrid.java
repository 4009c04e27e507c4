// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.sparkjno.amg.compiled.Panel;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.direct.DirectSolver;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.krylov.LocalSpace;
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

    /** Diagonal entries of this size, or one over it, leave single precision enough room for vectors. */
    private static final double ROOM = 1e25;

    private final Hierarchy hierarchy;
    private final Options options;
    private final Route route;
    /** In Java; none where the cycle is compiled, which has what it needs of them. */
    private final List<Smoother> smoothers;

    private final String smootherName;
    private final Optional<Preconditioner> coarsest;
    /** In single precision, if that is asked for and possible. */
    private final Optional<CompiledCycle<float[]>> single;
    /** For several vectors in double precision; made when first needed. */
    private Optional<CompiledCycle<double[]>> several;
    /** Found when first asked for. */
    private Multigrid transposed;

    /**
     * What a cycle is made of.
     *
     * @param cycle how often levels are visited
     * @param smoothing the smoother of every level
     * @param before sweeps before each coarse correction
     * @param after sweeps after it; the cycle is symmetric only if there are as many
     * @param precision of its numbers; mixed needs a cycle that is linear
     */
    public record Options(Cycle cycle, Smoothing smoothing, int before, int after, Precision precision) {
        public Options {
            Objects.requireNonNull(cycle, "cycle");
            Objects.requireNonNull(smoothing, "smoothing");
            Objects.requireNonNull(precision, "precision");
            if (precision == Precision.MIXED && !cycle.isLinear()) {
                throw new IllegalArgumentException(
                        "A " + cycle + "-cycle runs in double precision only; take another cycle or precision.");
            }
            if (before < 1 || after < 1) {
                throw new IllegalArgumentException(
                        "A cycle needs at least one sweep on each side, but has " + before + " and " + after + ".");
            }
        }

        /** In double precision. */
        public Options(Cycle cycle, Smoothing smoothing, int before, int after) {
            this(cycle, smoothing, before, after, Precision.DOUBLE);
        }

        /** V(1,1) with Gauss-Seidel in double precision. */
        public static Options standard() {
            return new Options(Cycle.V, GaussSeidel::of, 1, 1);
        }

        /** The same with another cycle. */
        public Options with(Cycle other) {
            return new Options(other, smoothing, before, after, precision);
        }

        /** The same with another smoother. */
        public Options with(Smoothing other) {
            return new Options(cycle, other, before, after, precision);
        }

        /** The same with other numbers of sweeps. */
        public Options withSweeps(int sweepsBefore, int sweepsAfter) {
            return new Options(cycle, smoothing, sweepsBefore, sweepsAfter, precision);
        }

        /** The same in another precision. */
        public Options with(Precision other) {
            return new Options(cycle, smoothing, before, after, other);
        }

        private Options transposed() {
            return withSweeps(after, before);
        }
    }

    private Multigrid(
            Hierarchy hierarchy,
            Options options,
            Route route,
            Optional<Preconditioner> last,
            Optional<CompiledCycle<float[]>> earlier) {
        this.hierarchy = hierarchy;
        this.options = options;
        this.route = route;
        coarsest = last;
        List<Smoother> made = new ArrayList<>();
        for (Level level : hierarchy.levels()) {
            if (level.toCoarser().isPresent() || coarsest.isEmpty()) {
                Smoother smoother = options.smoothing().on(level.matrix(), level.blockSize(), route.team());
                made.add(new Sweeps(smoother, options.before(), options.after()));
            }
        }
        single = options.precision() == Precision.MIXED ? single(made, earlier) : Optional.empty();
        smoothers = single.isPresent() ? List.of() : made;
        smootherName = made.isEmpty() ? "" : ", " + made.get(0);
    }

    private Optional<CompiledCycle<float[]>> single(List<Smoother> made, Optional<CompiledCycle<float[]>> earlier) {
        Optional<CompiledCycle<float[]>> cycle =
                Panel.available() && hierarchy.levels().stream().allMatch(Multigrid::fitsSinglePrecision)
                        ? CompiledCycle.of(Real.SINGLE, route, made, earlier)
                        : Optional.empty();
        if (cycle.isEmpty()) {
            // The logging starts with the first logger, and slowly: only where there is something to say.
            LoggerFactory.getLogger(Multigrid.class)
                    .info(
                            "A cycle with {} that was to run in mixed precision runs in double: there is no machine code for it, or"
                                    + " numbers of this matrix leave the range of single precision.",
                            made.isEmpty() ? "one level" : made.get(0));
        }
        return cycle;
    }

    private static boolean fitsSinglePrecision(Level level) {
        return Arrays.stream(level.matrix().diagonal())
                .map(Math::abs)
                .allMatch(entry -> entry < ROOM && entry > 1 / ROOM);
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
        return of(hierarchy, options, team, Optional.empty());
    }

    private static Multigrid of(
            Hierarchy hierarchy, Options options, Team team, Optional<CompiledCycle<float[]>> earlier) {
        List<Level> levels = hierarchy.levels();
        CsrMatrix last = levels.get(levels.size() - 1).matrix();
        boolean symmetric = options.cycle() == Cycle.K && levels.get(0).matrix().isSymmetric(SYMMETRIC);
        Route route = new Route(levels, options.cycle(), symmetric, false, team);
        return new Multigrid(hierarchy, options, route, DirectSolver.of(last), earlier);
    }

    /** The same cycle over levels with the same transfers and other matrices, see {@link Hierarchy#withMatrix}. */
    public Multigrid withHierarchy(Hierarchy renewed) {
        return of(renewed, options, route.team(), single);
    }

    /** Whether this is a linear mapping; if not, the Krylov method around it must be a flexible one. */
    public boolean isLinear() {
        return options.cycle().isLinear();
    }

    @Override
    public Application begin(int width) {
        if (single.isPresent()) {
            CompiledCycle<float[]> cycle = single.get();
            Optional<Correction<float[]>> direct = coarsest.map(
                    solver -> rounding(route.levels().size() - 1, width).inside(solver.begin(width)));
            return rounding(0, width).outside(cycle.begin(width, direct));
        }
        Optional<Correction<double[]>> direct = coarsest.map(solver -> solver.begin(width)::apply);
        return width > 1 && several().isPresent()
                ? several().get().begin(width, direct)::apply
                : new Traversal<>(options.cycle(), route.reversed(), stages(width), direct, Real.DOUBLE)::apply;
    }

    private Rounding<float[]> rounding(int level, int width) {
        int rows = route.levels().get(level).matrix().rows();
        return new Rounding<>(Real.SINGLE, rows, width, route.team());
    }

    private synchronized Optional<CompiledCycle<double[]>> several() {
        if (several == null) {
            several = isLinear() && Panel.available()
                    ? CompiledCycle.of(Real.DOUBLE, route, smoothers, Optional.empty())
                    : Optional.empty();
        }
        return several;
    }

    private List<Stage<double[]>> stages(int width) {
        List<Stage<double[]>> stages = new ArrayList<>();
        for (int l = 0; l < route.levels().size(); l++) {
            Level level = route.levels().get(l);
            int rows = level.matrix().rows();
            Optional<Level.Transfer> transfer = level.toCoarser();
            stages.add(new Stage<>(
                    Math.multiplyExact(rows, width),
                    l < smoothers.size() ? smoothers.get(l).begin(width) : null,
                    transfer.map(pair -> product(pair.restriction(), width)).orElse(null),
                    transfer.map(pair -> product(pair.interpolation(), width)).orElse(null),
                    visits(l, level.matrix(), width)));
        }
        return stages;
    }

    private Visits<double[]> visits(int l, CsrMatrix matrix, int width) {
        if (!route.revisits(l)) {
            return (first, second, b, x) -> first.apply(b, x);
        }
        return route.cycle() == Cycle.K
                ? new KrylovVisits(
                        matrix, route.symmetric(), new LocalSpace(matrix.rows(), width, route.team()), route.team())
                : new TwoVisits<>(product(matrix, width), Real.DOUBLE, matrix.rows() * width);
    }

    private Product<double[]> product(CsrMatrix matrix, int width) {
        return (base, factor, x, y) -> matrix.combine(base, factor, x, y, width, route.team());
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
                    coarsest.map(Preconditioner::transposed),
                    Optional.empty());
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
        return hierarchy.bytes()
                + coarsest.map(Preconditioner::bytes).orElse(0L)
                + single.map(CompiledCycle::bytes).orElse(0L)
                + (several == null ? 0 : several.map(CompiledCycle::bytes).orElse(0L));
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
                + smootherName
                + (single.isEmpty() ? "" : " in single precision")
                + coarsest.map(solver -> ", " + solver + " at the end").orElse("");
    }
}

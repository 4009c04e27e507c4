// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.amg.aggregation.Aggregation;
import org.sparkjno.amg.aggregation.Prolongation;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.classical.Interpolation;
import org.sparkjno.amg.classical.Splitting;
import org.sparkjno.amg.cycle.Cycle;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.cycle.Precision;
import org.sparkjno.amg.hierarchy.Coarsening;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.BiCgStab;
import org.sparkjno.amg.krylov.BlockConjugateGradient;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.FlexibleConjugateGradient;
import org.sparkjno.amg.krylov.FlexibleGmres;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.InducedDimensionReduction;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.MinimalResidual;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.PipelinedConjugateGradient;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.BlockGaussSeidel;
import org.sparkjno.amg.smoother.BlockJacobi;
import org.sparkjno.amg.smoother.Chebyshev;
import org.sparkjno.amg.smoother.DampedJacobi;
import org.sparkjno.amg.smoother.GaussSeidel;
import org.sparkjno.amg.smoother.Ilu0;
import org.sparkjno.amg.smoother.JacobiL1;
import org.sparkjno.amg.smoother.Smoother;
import org.sparkjno.amg.smoother.Smoothing;
import org.sparkjno.amg.smoother.Spai0;
import org.sparkjno.amg.solve.Preconditioning;
import org.sparkjno.amg.solve.Solver;

/**
 * Makes the settings of a solver of checked values.
 *
 * @param values by names of {@link Key}
 */
record SettingsAssembly(Map<String, Object> values) {
    private static final double CHEBYSHEV_RATIO = 4;

    Solver.Settings settings() {
        Solver.Settings usual = Solver.auto().settings();
        StoppingCriterion criterion = usual.criterion();
        double absolute = get(Key.ABSOLUTE_TOLERANCE, criterion.absolute());
        double relative = get(Key.TOLERANCE, has(Key.ABSOLUTE_TOLERANCE) ? 0 : criterion.relative());
        Optional<KrylovMethod> method = name(Key.METHOD).map(this::method);
        Optional<Preconditioning> preconditioning = name(Key.PRECONDITIONER).map(this::preconditioning);
        requireFit(method, preconditioning);
        requirePrecision(preconditioning);
        return new Solver.Settings(
                new StoppingCriterion(relative, absolute, get(Key.MAX_ITERATIONS, criterion.iterationLimit())),
                constant(OnFailure.class, Key.ON_FAILURE, usual.onFailure()),
                method,
                preconditioning,
                get(Key.BLOCK_SIZE, usual.blockSize()),
                usual.nearNullSpace(),
                usual.nullSpaces(),
                Optional.ofNullable((Boolean) values.get(Key.SYMMETRIC.text())),
                has(Key.PRECISION) ? Optional.of(constant(Precision.class, Key.PRECISION, null)) : usual.precision(),
                has(Key.THREADS) ? Team.of(get(Key.THREADS, 1)) : usual.team());
    }

    private boolean has(Key key) {
        return values.containsKey(key.text());
    }

    private double get(Key key, double usual) {
        return has(key) ? (Double) values.get(key.text()) : usual;
    }

    private int get(Key key, int usual) {
        return has(key) ? (Integer) values.get(key.text()) : usual;
    }

    private Optional<String> name(Key key) {
        return Optional.ofNullable((String) values.get(key.text()));
    }

    private <E extends Enum<E>> E constant(Class<E> type, Key key, E usual) {
        return name(key)
                .map(name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT)))
                .orElse(usual);
    }

    /** A Krylov method that takes its preconditioner for symmetric or fixed must not get another one. */
    private void requireFit(Optional<KrylovMethod> method, Optional<Preconditioning> preconditioning) {
        boolean definite = method.isPresent() && method.get().requirements().definitePreconditioner();
        if (preconditioning.isPresent() && preconditioning.get() instanceof Preconditioning.SaddlePoint && definite) {
            throw new IllegalArgumentException("The preconditioner 'saddle_point' is not symmetric, but the method "
                    + method.get() + " needs that; take gmres.");
        }
        if (preconditioning.isEmpty() || !(preconditioning.get() instanceof Preconditioning.Algebraic amg)) {
            return;
        }
        Multigrid.Options cycle = amg.options();
        boolean fixed = method.isPresent() ? method.get().requirements().fixedPreconditioner() : true;
        if (!cycle.cycle().isLinear() && fixed) {
            throw new IllegalArgumentException("A cycle 'k' changes from one iteration to the next, so 'method' must be"
                    + " flexible_cg or fgmres.");
        }
        boolean symmetric = cycle.cycle() != Cycle.F && cycle.before() == cycle.after();
        if (definite && fixed && !symmetric) {
            throw new IllegalArgumentException("An 'f' cycle, or one with other sweeps before than after, is not"
                    + " symmetric, but the method " + method.get() + " needs that; take flexible_cg or gmres.");
        }
    }

    /** Mixed precision is for cycles whose every loop exists as machine code. */
    private void requirePrecision(Optional<Preconditioning> preconditioning) {
        if (!values.getOrDefault(Key.PRECISION.text(), "double").equals("mixed") || preconditioning.isEmpty()) {
            return;
        }
        if (!(preconditioning.get() instanceof Preconditioning.Algebraic amg)) {
            throw new IllegalArgumentException("The precision 'mixed' is for multigrid, but the preconditioner is '"
                    + preconditioning.get() + "'; take classical, aggregation, or precision 'double'.");
        }
        Optional<String> smoother = name(Key.SMOOTHER).filter(SettingsAssembly::isDoubleOnly);
        if (smoother.isPresent() || !amg.options().cycle().isLinear()) {
            throw new IllegalArgumentException("A cycle with " + smoother.orElse("Krylov steps")
                    + " runs in double precision only; take another one, or precision 'double'.");
        }
    }

    private static boolean isDoubleOnly(String smoother) {
        return smoother.equals("ilu0") || smoother.equals("block_jacobi");
    }

    private KrylovMethod method(String name) {
        return switch (name) {
            case "cg" -> new ConjugateGradient();
            case "flexible_cg" -> new FlexibleConjugateGradient();
            case "pipelined_cg" -> new PipelinedConjugateGradient();
            case "block_cg" -> new BlockConjugateGradient();
            case "minres" -> new MinimalResidual();
            case "bicgstab" -> new BiCgStab(get(Key.BICGSTAB_DEGREE, 1));
            case "gmres" -> new Gmres(get(Key.GMRES_RESTART, new Gmres().restart()));
            case "fgmres" -> new FlexibleGmres(get(Key.GMRES_RESTART, new FlexibleGmres().restart()));
            case "idr" ->
                new InducedDimensionReduction(get(Key.IDR_SHADOWS, new InducedDimensionReduction().shadows()));
            default -> throw new IllegalStateException(name);
        };
    }

    private Preconditioning preconditioning(String name) {
        return switch (name) {
            case "classical" -> algebraic("classical", classical(), GaussSeidel::of);
            case "aggregation" -> algebraic("smoothed aggregation", aggregation(), SettingsAssembly::byNodes);
            case "saddle_point" ->
                new Preconditioning.SaddlePoint(algebraic("classical", classical(), GaussSeidel::of));
            case "companion" -> new Preconditioning.Companion(algebraic("classical", classical(), GaussSeidel::of));
            case "direct" -> new Preconditioning.Direct();
            case "none" -> new Preconditioning.None();
            default -> new Preconditioning.Sweep(name.replace('_', ' '), smoothing(name));
        };
    }

    private Preconditioning.Algebraic algebraic(String name, Coarsening coarsening, Smoothing usual) {
        Hierarchy.Limits limits = Hierarchy.Limits.standard();
        Multigrid.Options options = Multigrid.Options.standard();
        return new Preconditioning.Algebraic(
                name,
                coarsening,
                new Hierarchy.Limits(
                        get(Key.COARSEST_ROWS, limits.coarsestRows()), get(Key.MAX_LEVELS, limits.levels())),
                new Multigrid.Options(
                        constant(Cycle.class, Key.CYCLE, options.cycle()),
                        name(Key.SMOOTHER).map(this::smoothing).orElse(usual),
                        get(Key.PRESWEEPS, options.before()),
                        get(Key.POSTSWEEPS, options.after())));
    }

    private static Smoother byNodes(CsrMatrix matrix, int blockSize, Team team) {
        return blockSize > 1 ? BlockGaussSeidel.of(matrix, blockSize, team) : GaussSeidel.of(matrix, 1, team);
    }

    private Coarsening classical() {
        ClassicalCoarsening usual = ClassicalCoarsening.standard();
        return new ClassicalCoarsening(
                get(Key.STRENGTH, usual.strength()),
                get(Key.MAX_ROW_SUM, usual.maxRowSum()),
                constant(Splitting.class, Key.SPLITTING, usual.splitting()),
                constant(Interpolation.class, Key.INTERPOLATION, usual.interpolation()),
                get(Key.INTERPOLATION_ELEMENTS, usual.rowElements()),
                get(Key.AGGRESSIVE_LEVELS, usual.aggressiveLevels()));
    }

    private Coarsening aggregation() {
        SmoothedAggregation usual = SmoothedAggregation.standard();
        return new SmoothedAggregation(
                get(Key.STRENGTH, usual.strength()),
                get(Key.FILTER, usual.filter()),
                constant(Aggregation.class, Key.AGGREGATION, usual.aggregation()),
                name(Key.PROLONGATION).map(this::prolongation).orElse(usual.prolongation()));
    }

    private Prolongation prolongation(String name) {
        return switch (name) {
            case "jacobi" -> new Prolongation.Jacobi();
            case "minimal_energy" -> new Prolongation.MinimalEnergy(get(Key.ENERGY_REACH, 1), get(Key.ENERGY_STEPS, 4));
            default -> throw new IllegalStateException(name);
        };
    }

    private Smoothing smoothing(String name) {
        return switch (name) {
            case "gauss_seidel" -> GaussSeidel::of;
            case "block_gauss_seidel" -> BlockGaussSeidel::of;
            case "l1_jacobi" -> JacobiL1::of;
            case "jacobi" ->
                has(Key.SMOOTHER_WEIGHT) ? DampedJacobi.weighted(get(Key.SMOOTHER_WEIGHT, 1.0)) : DampedJacobi::of;
            case "block_jacobi" ->
                has(Key.SMOOTHER_WEIGHT) ? BlockJacobi.weighted(get(Key.SMOOTHER_WEIGHT, 1.0)) : BlockJacobi::of;
            case "chebyshev" ->
                has(Key.CHEBYSHEV_ORDER)
                        ? new Chebyshev.Settings(
                                get(Key.CHEBYSHEV_ORDER, 2), CHEBYSHEV_RATIO, Chebyshev.Scaling.DIAGONAL)
                        : Chebyshev::of;
            case "spai0" -> Spai0::of;
            case "ilu0" -> Ilu0::of;
            default -> throw new IllegalStateException(name);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One translation of an AmgX configuration, key by key. */
final class AmgxTranslation {
    private final Map<String, Object> settings = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    AmgxConfiguration translate(Map<String, ?> configuration) {
        AmgxScope root = new AmgxScope("the configuration", configuration);
        AmgxScope main = root.takeSolver("solver")
                .orElseThrow(() -> new IllegalArgumentException("The AmgX configuration names no 'solver'."));
        krylov(main);
        stopping(main);
        preconditioner(main);
        main.finish(ignored);
        if (main != root) {
            root.finish(ignored);
        }
        return new AmgxConfiguration(
                SolverConfiguration.of(settings),
                notes,
                ignored.stream().distinct().sorted().toList());
    }

    private void set(Key key, Object value) {
        settings.put(key.text(), value);
    }

    private void krylov(AmgxScope scope) {
        String name = scope.takeName("solver").orElse("AMG");
        switch (name) {
            case "CG", "PCG" -> set(Key.METHOD, "cg");
            case "PCGF" -> set(Key.METHOD, "flexible_cg");
            case "BICGSTAB", "PBICGSTAB" -> set(Key.METHOD, "bicgstab");
            case "GMRES" -> set(Key.METHOD, "gmres");
            case "FGMRES" -> set(Key.METHOD, "fgmres");
            case "IDR", "IDRMSYNC" -> set(Key.METHOD, "idr");
            default ->
                throw scope.refused(
                        "solver",
                        name,
                        "the outermost solver is a Krylov method here; take PCG, PCGF, PBICGSTAB, GMRES, FGMRES or IDR and"
                                + " name this one as its preconditioner");
        }
        boolean restarted = name.equals("GMRES") || name.equals("FGMRES");
        if (restarted) {
            scope.takeNumber("gmres_n_restart").ifPresent(length -> set(Key.GMRES_RESTART, length));
        } else if (name.startsWith("IDR")) {
            scope.takeNumber("subspace_dim_s").ifPresent(shadows -> set(Key.IDR_SHADOWS, shadows));
        }
        scope.ignore(ignored, "gmres_n_restart", "subspace_dim_s");
        if (!scope.has("preconditioner") && (name.equals("CG") || name.equals("BICGSTAB"))) {
            set(Key.PRECONDITIONER, "none");
        }
    }

    private void stopping(AmgxScope scope) {
        scope.takeNumber("max_iters").ifPresent(limit -> set(Key.MAX_ITERATIONS, limit));
        scope.takeName("norm").filter(norm -> !norm.equals("L2")).ifPresent(norm -> {
            throw scope.refused("norm", norm, "residuals are measured in the L2 norm");
        });
        scope.takeNumber("rel_div_tolerance").filter(bound -> bound > 0).ifPresent(bound -> {
            throw scope.refused("rel_div_tolerance", bound, "divergence is recognised without a bound; leave it out");
        });
        Optional<Double> tolerance = scope.takeNumber("tolerance");
        Optional<Double> relative = scope.takeNumber("alt_rel_tolerance");
        String convergence = scope.takeName("convergence").orElse("ABSOLUTE");
        switch (convergence) {
            case "ABSOLUTE" -> tolerance.ifPresent(bound -> set(Key.ABSOLUTE_TOLERANCE, bound));
            case "RELATIVE_INI", "RELATIVE_INI_CORE" -> tolerance.ifPresent(bound -> set(Key.TOLERANCE, bound));
            case "COMBINED_REL_INI_ABS" -> {
                tolerance.ifPresent(bound -> set(Key.ABSOLUTE_TOLERANCE, bound));
                relative.ifPresent(bound -> set(Key.TOLERANCE, bound));
            }
            default ->
                throw scope.refused(
                        "convergence",
                        convergence,
                        "a residual is compared with the right-hand side (RELATIVE_INI), with a bound (ABSOLUTE) or both"
                                + " (COMBINED_REL_INI_ABS)");
        }
    }

    private void preconditioner(AmgxScope main) {
        Optional<AmgxScope> named = main.takeSolver("preconditioner");
        if (named.isEmpty()) {
            return;
        }
        AmgxScope scope = named.get();
        String name = scope.takeName("solver")
                .orElseThrow(() -> new IllegalArgumentException("The AmgX preconditioner names no 'solver'."));
        if (scope != main) {
            scope.ignore(ignored, "tolerance", "convergence", "norm", "rel_div_tolerance", "alt_rel_tolerance");
            scope.takeNumber("max_iters").filter(count -> count != 1).ifPresent(count -> {
                throw scope.refused("max_iters", count, "a preconditioner is applied once per iteration; set 1");
            });
        }
        switch (name) {
            case "AMG" -> multigrid(scope);
            case "NOSOLVER" -> set(Key.PRECONDITIONER, "none");
            case "DENSE_LU_SOLVER" -> set(Key.PRECONDITIONER, "direct");
            default -> {
                set(Key.PRECONDITIONER, smoother(scope, name));
                scope.ignore(ignored, "relaxation_factor", "chebyshev_polynomial_order", "symmetric_GS");
            }
        }
        if (scope != main) {
            scope.finish(ignored);
        }
    }

    private void multigrid(AmgxScope scope) {
        String algorithm = scope.takeName("algorithm").orElse("CLASSICAL");
        switch (algorithm) {
            case "CLASSICAL" -> classical(scope);
            case "AGGREGATION" -> aggregation(scope);
            default -> throw scope.refused("algorithm", algorithm, "coarsening is CLASSICAL or AGGREGATION here");
        }
        scope.takeNumber("max_levels").ifPresent(levels -> set(Key.MAX_LEVELS, levels));
        scope.takeNumber("presweeps").ifPresent(sweeps -> set(Key.PRESWEEPS, sweeps));
        scope.takeNumber("postsweeps").ifPresent(sweeps -> set(Key.POSTSWEEPS, sweeps));
        cycle(scope);
        coarsest(scope);
        levelSmoother(scope);
        zero(scope, "error_scaling", "corrections are added as they are");
        zero(scope, "structure_reuse_levels", "what is kept of a set-up is said where new values come, see Reuse");
    }

    private static void zero(AmgxScope scope, String key, String reason) {
        scope.takeNumber(key).filter(value -> value != 0).ifPresent(value -> {
            throw scope.refused(key, value, reason);
        });
    }

    private void classical(AmgxScope scope) {
        set(Key.PRECONDITIONER, "classical");
        scope.takeName("selector").ifPresent(selector -> {
            switch (selector) {
                case "PMIS", "HMIS" -> set(Key.SPLITTING, selector.toLowerCase(Locale.ROOT));
                case "AGGRESSIVE_PMIS", "AGGRESSIVE_HMIS" -> {
                    set(Key.SPLITTING, selector.endsWith("PMIS") ? "pmis" : "hmis");
                    set(Key.AGGRESSIVE_LEVELS, Integer.MAX_VALUE);
                }
                default -> throw scope.refused("selector", selector, "points are split by PMIS or HMIS");
            }
        });
        scope.takeName("interpolator").ifPresent(interpolator -> {
            switch (interpolator) {
                case "D1" -> set(Key.INTERPOLATION, "direct");
                case "D2" -> set(Key.INTERPOLATION, "extended");
                case "MULTIPASS" -> set(Key.INTERPOLATION, "multipass");
                default -> throw scope.refused("interpolator", interpolator, "interpolation is D1, D2 or MULTIPASS");
            }
        });
        strength(scope);
        scope.takeNumber("max_row_sum").ifPresent(sum -> set(Key.MAX_ROW_SUM, sum));
        scope.takeNumber("interp_max_elements")
                .ifPresent(count -> set(Key.INTERPOLATION_ELEMENTS, count < 0 ? Integer.MAX_VALUE : count));
        scope.takeNumber("interp_truncation_factor")
                .filter(factor -> factor < 1)
                .ifPresent(factor -> {
                    throw scope.refused(
                            "interp_truncation_factor",
                            factor,
                            "small weights are left out by their number alone; set interp_max_elements instead");
                });
        scope.takeNumber("aggressive_levels").ifPresent(levels -> set(Key.AGGRESSIVE_LEVELS, levels));
        expect(scope, "aggressive_interpolator", "MULTIPASS", "aggressive levels are interpolated so");
        expect(scope, "aggressive_selector", "DEFAULT", "aggressive levels are split as the others");
    }

    private void strength(AmgxScope scope) {
        scope.takeNumber("strength_threshold").ifPresent(threshold -> set(Key.STRENGTH, threshold));
        expect(scope, "strength", "AHAT", "a coupling is compared with the strongest of its row");
    }

    private static void expect(AmgxScope scope, String key, String only, String reason) {
        scope.takeName(key).filter(name -> !name.equals(only)).ifPresent(name -> {
            throw scope.refused(key, name, reason + "; leave it out or set " + only);
        });
    }

    private void aggregation(AmgxScope scope) {
        set(Key.PRECONDITIONER, "aggregation");
        notes.add("AGGREGATION: interpolation is smoothed here, while AmgX takes it as it is.");
        scope.takeName("selector").ifPresent(selector -> {
            switch (selector) {
                case "SIZE_2", "SIZE_4", "SIZE_8", "MULTI_PAIRWISE" ->
                    notes.add("selector " + selector
                            + ": aggregates are neighbourhoods here, as smoothed interpolation wants them, not pairs.");
                default ->
                    throw scope.refused(
                            "selector", selector, "aggregates are named SIZE_2, SIZE_4, SIZE_8 or MULTI_PAIRWISE");
            }
        });
        // AmgX has no use for these in aggregation, or only in finding pairs.
        scope.ignore(
                ignored,
                "interpolator",
                "strength",
                "strength_threshold",
                "max_row_sum",
                "interp_truncation_factor",
                "interp_max_elements",
                "aggressive_levels",
                "aggregation_edge_weight_component",
                "aggregation_passes",
                "max_matching_iterations",
                "max_unassigned_percentage",
                "merge_singletons",
                "weight_formula");
    }

    private void cycle(AmgxScope scope) {
        scope.takeName("cycle").ifPresent(cycle -> {
            switch (cycle) {
                case "V", "W", "F" -> set(Key.CYCLE, cycle.toLowerCase(Locale.ROOT));
                case "CG", "CGF" -> {
                    set(Key.CYCLE, "k");
                    notes.add("cycle " + cycle + ": a K-cycle with at most two steps on each level.");
                }
                default -> throw scope.refused("cycle", cycle, "cycles are V, W, F, CG or CGF");
            }
        });
        scope.takeNumber("cycle_iters").filter(count -> count != 2).ifPresent(count -> {
            throw scope.refused("cycle_iters", count, "a K-cycle takes at most two steps on each level");
        });
    }

    private void coarsest(AmgxScope scope) {
        Optional<Double> rows = scope.takeNumber("dense_lu_num_rows");
        Optional<Double> coarse = scope.takeNumber("min_coarse_rows");
        if (rows.isPresent() || coarse.isPresent()) {
            set(Key.COARSEST_ROWS, Math.max(1, Math.max(rows.orElse(0.0), coarse.orElse(0.0))));
        }
        Object solver = scope.take("coarse_solver").orElse("DENSE_LU_SOLVER");
        AmgxScope nested =
                new AmgxScope("'coarse_solver'", solver instanceof Map<?, ?> map ? map : Map.of("solver", solver));
        String name = nested.takeName("solver").orElse("");
        if (!name.equals("DENSE_LU_SOLVER")) {
            throw scope.refused(
                    "coarse_solver",
                    name,
                    "the coarsest level is always factorised, singular or not; leave it out or set DENSE_LU_SOLVER");
        }
        nested.ignore(ignored, "dense_lu_num_rows", "dense_lu_max_rows", "max_iters", "tolerance", "convergence");
        nested.finish(ignored);
        scope.ignore(ignored, "exact_coarse_solve", "coarsest_sweeps", "dense_lu_max_rows");
    }

    private void levelSmoother(AmgxScope scope) {
        Optional<AmgxScope> named = scope.takeSolver("smoother");
        if (named.isEmpty()) {
            scope.ignore(ignored, "relaxation_factor", "symmetric_GS", "chebyshev_polynomial_order");
            return;
        }
        AmgxScope own = named.get();
        String name = smoother(own, own.takeName("solver").orElse("BLOCK_JACOBI"));
        set(Key.SMOOTHER, name);
        Optional<Double> weight = own.takeNumber("relaxation_factor");
        if (name.equals("block_jacobi")) {
            weight.ifPresent(factor -> set(Key.SMOOTHER_WEIGHT, factor));
        } else if (weight.isPresent() && weight.get() != 1) {
            notes.add("relaxation_factor " + weight.get() + ": " + name + " is not damped here.");
        }
        Optional<Double> order = own.takeNumber("chebyshev_polynomial_order");
        if (name.equals("chebyshev")) {
            order.ifPresent(degree -> set(Key.CHEBYSHEV_ORDER, degree));
        }
        own.takeNumber("symmetric_GS")
                .filter(flag -> flag != 0)
                .ifPresent(flag -> notes.add(
                        "symmetric_GS: a sweep goes forwards before and backwards after the coarse correction."));
        if (own != scope) {
            own.takeNumber("max_iters").filter(count -> count != 1).ifPresent(count -> {
                throw own.refused("max_iters", count, "sweeps are counted by presweeps and postsweeps; set 1");
            });
            own.ignore(ignored, "tolerance", "convergence", "norm");
            own.finish(ignored);
        }
    }

    private String smoother(AmgxScope scope, String name) {
        return switch (name) {
            case "BLOCK_JACOBI" -> "block_jacobi";
            case "JACOBI_L1" -> "l1_jacobi";
            case "GS", "MULTICOLOR_GS" -> {
                notes.add(name + ": Gauss-Seidel in the order of the rows, in one part per thread.");
                yield "gauss_seidel";
            }
            case "MULTICOLOR_ILU" -> {
                scope.takeNumber("ilu_sparsity_level")
                        .filter(level -> level != 0)
                        .ifPresent(level -> {
                            throw scope.refused(
                                    "ilu_sparsity_level", level, "factors keep the pattern of the matrix; set 0");
                        });
                yield "ilu0";
            }
            case "MULTICOLOR_DILU" -> {
                notes.add("MULTICOLOR_DILU: the whole incomplete factor, not its diagonal alone.");
                yield "ilu0";
            }
            case "CHEBYSHEV", "CHEBYSHEV_POLY" -> "chebyshev";
            default ->
                throw scope.refused(
                        "solver",
                        name,
                        "as smoother or simple preconditioner there are BLOCK_JACOBI, JACOBI_L1, GS, MULTICOLOR_GS,"
                                + " MULTICOLOR_ILU, MULTICOLOR_DILU and CHEBYSHEV");
        };
    }
}

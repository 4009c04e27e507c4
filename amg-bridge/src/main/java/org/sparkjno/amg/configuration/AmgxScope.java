// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of an AmgX configuration. What is read of it is crossed off, so that in the end only that is left which has no
 * counterpart.
 */
final class AmgxScope {
    /** Keys that change no number of the solution: printing, memory, order of execution, names of scopes. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "config_version", "scope", "communicator", "determinism_flag", "device_mem_pool_size",
            "device_mem_pool_max_size", "device_mem_pool_size_limit", "device_consolidation_pool_size",
            "device_alloc_scaling_factor", "device_alloc_scaling_threshold", "exception_handling", "high_priority_stream",
            "matrix_coloring_scheme", "matrix_consolidation_lower_threshold", "matrix_consolidation_upper_threshold",
            "max_uncolored_percentage", "monitor_residual", "num_streams", "obtain_timings", "print_aggregation_info",
            "print_config", "print_grid_stats", "print_solve_stats", "print_vis_data", "res_history",
            "separation_exterior", "separation_interior", "serialize_threads", "solver_verbose", "store_res_history",
            "use_cuda_ipc_consolidation", "use_scalar_norm", "verbosity_level", "vis_data_filename",
            "amg_host_levels_rows", "boundary_coloring", "halo_coloring", "coloring_level", "fine_level_consolidation",
            "reorder_cols_by_color", "insert_diag_while_reordering", "block_format", "block_convert");

    /** Keys with an effect of their own, whether or not they have a counterpart. */
    private static final Set<String> WITH_EFFECT = Set.of(
            "solver", "preconditioner", "smoother", "coarse_solver", "max_iters", "tolerance", "alt_rel_tolerance",
            "convergence", "norm", "rel_div_tolerance", "gmres_n_restart", "gmres_krylov_dim", "subspace_dim_s",
            "algorithm", "selector", "interpolator", "aggressive_selector", "aggressive_interpolator",
            "aggressive_levels", "strength", "strength_threshold", "max_row_sum", "interp_truncation_factor",
            "interp_max_elements", "min_coarse_rows", "min_fine_rows", "max_levels", "structure_reuse_levels", "cycle",
            "cycle_iters", "presweeps", "postsweeps", "finest_sweeps", "coarsest_sweeps", "dense_lu_num_rows",
            "dense_lu_max_rows", "relaxation_factor", "symmetric_GS", "chebyshev_polynomial_order",
            "chebyshev_lambda_estimate_mode", "exact_coarse_solve", "error_scaling", "reuse_scale", "scaling",
            "ilu_sparsity_level", "kpz_mu", "kpz_order", "energymin_interpolator", "energymin_selector",
            "aggregation_passes", "aggregation_edge_weight_component", "max_matching_iterations",
            "max_unassigned_percentage", "merge_singletons", "weight_formula", "intensive_smoothing",
            "use_bsrxmv", "jacobi_iters", "coarseAgenerator", "coarseAgenerator_coarse", "spmm_gmem_size",
            "initial_color", "late_rejection", "ghost_offdiag_limit", "filter_weights", "filter_weights_alpha");

    private final String name;
    private final Map<String, Object> left;

    AmgxScope(String name, Map<?, ?> entries) {
        this.name = name;
        this.left = new HashMap<>();
        entries.forEach((key, value) -> left.put(String.valueOf(key), value));
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    /** Crosses a key off. */
    Optional<Object> take(String key) {
        return Optional.ofNullable(left.remove(key));
    }

    /** A name, in capitals. */
    Optional<String> takeName(String key) {
        return take(key).map(value -> String.valueOf(value).toUpperCase(Locale.ROOT));
    }

    /**
     * A number.
     *
     * @throws IllegalArgumentException if it is none
     */
    Optional<Double> takeNumber(String key) {
        return take(key).map(value -> {
            if (value instanceof Boolean truth) {
                return truth ? 1.0 : 0.0;
            }
            if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
                return number.doubleValue();
            }
            throw refused(key, value, "it takes a number");
        });
    }

    /** A solver that is either named, with its keys in this object, or an object itself. */
    Optional<AmgxScope> takeSolver(String key) {
        Optional<Object> value = take(key);
        if (value.isPresent() && value.get() instanceof Map<?, ?> nested) {
            return Optional.of(new AmgxScope("'" + key + "'", nested));
        }
        return value.map(solver -> {
            left.put("solver", solver);
            return this;
        });
    }

    /** Crosses keys off that have no effect where they stand. */
    void ignore(List<String> ignored, String... keys) {
        for (String key : keys) {
            if (take(key).isPresent()) {
                ignored.add(key);
            }
        }
    }

    /**
     * Ends the reading: what is left has no effect or no counterpart.
     *
     * @param ignored takes the names of those without effect
     */
    void finish(List<String> ignored) {
        List<String> known = new ArrayList<>(WITHOUT_EFFECT);
        known.addAll(WITH_EFFECT);
        for (String key : new TreeSet<>(left.keySet())) {
            if (WITHOUT_EFFECT.contains(key)) {
                ignored.add(key);
            } else if (WITH_EFFECT.contains(key)) {
                throw refused(key, left.get(key), "it has no counterpart here beside the other keys; leave it out");
            } else {
                throw new IllegalArgumentException("AmgX has no key '" + key + "' (in " + name + "); did you mean '"
                        + NearestName.of(key, known) + "'?");
            }
        }
    }

    /** A refusal of one key. */
    IllegalArgumentException refused(String key, Object value, String reason) {
        return new IllegalArgumentException(
                "The AmgX key '" + key + "' in " + name + " cannot be " + value + ": " + reason + ".");
    }

    @Override
    public String toString() {
        return name;
    }
}

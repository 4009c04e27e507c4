// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import java.util.Set;
import java.util.TreeSet;

/** The names of the keys of AmgX. */
final class AmgxKeys {
    /** Those that change no number of the solution: printing, memory, order of execution, names of scopes. */
    static final Set<String> WITHOUT_EFFECT = words("""
            amg_host_levels_rows block_format boundary_coloring coarseAgenerator coarseAgenerator_coarse coloring_custom_arg
            coloring_level coloring_try_remove_last_colors communicator config_version convergence_analysis determinism_flag
            device_alloc_scaling_factor device_alloc_scaling_threshold device_consolidation_pool_size device_mem_pool_max_alloc_size
            device_mem_pool_size device_mem_pool_size_limit exception_handling fine_level_consolidation geometric_dim
            halo_coloring high_priority_stream initial_color insert_diag_while_reordering kaczmarz_coloring_needed late_rejection
            matrix_coloring_scheme matrix_consolidation_lower_threshold matrix_consolidation_upper_threshold matrix_halo_exchange
            matrix_writer max_num_hash max_uncolored_percentage min_rows_latency_hiding monitor_residual num_colors num_streams
            obtain_timings print_aggregation_info print_coloring_info print_config print_grid_stats print_solve_stats
            print_vis_data reorder_cols_by_color scope separation_exterior separation_interior serialize_threads solver_verbose
            spmm_gmem_size spmm_max_attempts spmm_no_sort spmm_verbose store_res_history use_bsrxmv use_cuda_ipc_consolidation
            use_scalar_norm use_sum_stopping_criteria verbosity_level vis_data_filename weakness_bound
            """);

    /** Those with an effect of their own, whether or not they have a counterpart. */
    static final Set<String> WITH_EFFECT = words("""
            GS_L1_variant affinity_iterations affinity_vectors aggregate_size aggregation_edge_weight_component aggregation_passes
            aggressive_interpolator aggressive_levels aggressive_selector algorithm alt_rel_tolerance block_convert
            cf_smoothing_mode cheby_max_lambda cheby_min_lambda chebyshev_lambda_estimate_mode chebyshev_polynomial_order
            coarse_smoother coarse_solver coarsen_threshold coarsest_sweeps complex_conversion convergence cycle cycle_iters
            dense_lu_max_rows dense_lu_num_rows energymin_interpolator energymin_selector error_scaling exact_coarse_solve
            filter_weights filter_weights_alpha fine_levels fine_smoother finest_sweeps full_ghost_level ghost_offdiag_limit
            gmres_krylov_dim gmres_n_restart handshaking_phases ilu_sparsity_level intensive_smoothing interp_max_elements
            interp_truncation_factor interpolator jacobi_iters kpz_mu kpz_order max_coarse_iters max_iters max_levels
            max_matching_iterations max_row_sum max_unassigned_percentage merge_singletons min_coarse_rows min_fine_rows
            modified_handshake norm notay_weights postsweeps preconditioner presweeps rel_div_tolerance relaxation_factor
            reuse_scale rhs_from_a scaling scaling_smoother_steps selector serial_matching smoother solver strength
            strength_threshold structure_reuse_levels subspace_dim_s symmetric_GS tolerance weight_formula
            """);

    private AmgxKeys() {}

    /** The known key nearest to an unknown one. */
    static String nearest(String key) {
        Set<String> all = new TreeSet<>(WITHOUT_EFFECT);
        all.addAll(WITH_EFFECT);
        return NearestName.of(key, all);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+", 0));
    }
}

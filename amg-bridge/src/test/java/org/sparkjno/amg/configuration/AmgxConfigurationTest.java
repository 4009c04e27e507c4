// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.Solver;

/** AmgX configurations are translated as far as they can be, and refused by name where they cannot. */
final class AmgxConfigurationTest {
    private static final CsrMatrix A = Stencils.laplacian(40, 1, 1);

    /** What a PCG of AmgX with classical multigrid usually looks like. */
    private static Map<String, Object> nested() {
        Map<String, Object> amg = new HashMap<>(Map.of(
                "solver",
                "AMG",
                "algorithm",
                "CLASSICAL",
                "selector",
                "PMIS",
                "interpolator",
                "D2",
                "interp_max_elements",
                4,
                "max_row_sum",
                0.9,
                "strength_threshold",
                0.25,
                "presweeps",
                1,
                "postsweeps",
                1,
                "cycle",
                "V"));
        amg.putAll(Map.of(
                "smoother",
                Map.of("scope", "jacobi", "solver", "BLOCK_JACOBI", "relaxation_factor", 0.8),
                "print_grid_stats",
                1,
                "max_iters",
                1,
                "max_levels",
                24,
                "dense_lu_num_rows",
                64,
                "coarse_solver",
                "DENSE_LU_SOLVER",
                "scope",
                "amg",
                "monitor_residual",
                0,
                "tolerance",
                0));
        Map<String, Object> main = Map.of(
                "solver",
                "PCG",
                "preconditioner",
                amg,
                "max_iters",
                200,
                "tolerance",
                1e-9,
                "convergence",
                "RELATIVE_INI",
                "norm",
                "L2",
                "monitor_residual",
                1,
                "print_solve_stats",
                1,
                "scope",
                "main",
                "obtain_timings",
                1);
        return Map.of("config_version", 2, "determinism_flag", 1, "solver", main);
    }

    @Test
    void aNestedConfiguration() {
        assertThat(AmgxConfiguration.describes(nested())).isTrue();
        AmgxConfiguration translated = AmgxConfiguration.of(nested());
        assertThat(translated.solver().canonical())
                .isEqualTo("{\"coarsest_rows\":64,\"cycle\":\"v\",\"interpolation\":\"extended\","
                        + "\"interpolation_elements\":4,\"max_iterations\":200,\"max_levels\":24,\"max_row_sum\":0.9,"
                        + "\"method\":\"cg\",\"postsweeps\":1,\"preconditioner\":\"classical\",\"presweeps\":1,"
                        + "\"smoother\":\"block_jacobi\",\"smoother_weight\":0.8,\"splitting\":\"pmis\","
                        + "\"strength\":0.25,\"tolerance\":1.0E-9}");
        assertThat(translated.notes()).isEmpty();
        assertThat(translated.ignored())
                .contains("determinism_flag", "print_grid_stats", "obtain_timings", "config_version")
                .doesNotHaveDuplicates();
        assertSolves(translated.solver().solver());
    }

    @Test
    void aFlatConfiguration() {
        Map<String, Object> flat = new HashMap<>(Map.of(
                "solver",
                "FGMRES",
                "gmres_n_restart",
                20,
                "preconditioner",
                "AMG",
                "algorithm",
                "AGGREGATION",
                "selector",
                "SIZE_8",
                "smoother",
                "MULTICOLOR_DILU",
                "tolerance",
                1e-7,
                "max_iters",
                100,
                "cycle",
                "CG",
                "min_coarse_rows",
                32));
        AmgxConfiguration translated = AmgxConfiguration.of(flat);
        assertThat(translated.solver().canonical())
                .isEqualTo("{\"absolute_tolerance\":1.0E-7,\"coarsest_rows\":32,\"cycle\":\"k\",\"gmres_restart\":20,"
                        + "\"max_iterations\":100,\"method\":\"fgmres\",\"preconditioner\":\"aggregation\","
                        + "\"smoother\":\"ilu0\"}");
        assertThat(translated.notes()).hasSize(4).anyMatch(note -> note.startsWith("selector SIZE_8"));
        assertSolves(translated.solver().solver());
    }

    @ParameterizedTest
    @CsvSource({
        "CG, '{\"method\":\"cg\",\"preconditioner\":\"none\"}'",
        "PCG, '{\"method\":\"cg\"}'",
        "PCGF, '{\"method\":\"flexible_cg\"}'",
        "PBICGSTAB, '{\"method\":\"bicgstab\"}'",
        "IDR, '{\"method\":\"idr\"}'"
    })
    void methods(String solver, String canonical) {
        assertThat(AmgxConfiguration.of(Map.of("solver", solver)).solver().canonical())
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK_JACOBI, block_jacobi",
        "JACOBI_L1, l1_jacobi",
        "MULTICOLOR_GS, gauss_seidel",
        "MULTICOLOR_ILU, ilu0",
        "CHEBYSHEV, chebyshev",
        "DENSE_LU_SOLVER, direct",
        "NOSOLVER, none"
    })
    void simplePreconditioners(String name, String ours) {
        AmgxConfiguration translated = AmgxConfiguration.of(
                Map.of("solver", "PBICGSTAB", "preconditioner", Map.of("solver", name, "max_iters", 1)));
        assertThat(translated.solver().get("preconditioner")).contains(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "solver, KACZMARZ, 'solver' in the configuration cannot be KACZMARZ",
        "solver, AMG, outermost solver is a Krylov method",
        "norm, L1, L2 norm",
        "convergence, RELATIVE_MAX, compared with the right-hand side",
        "max_itres, 5, AmgX has no key 'max_itres' (in the configuration); did you mean 'max_iters'",
        "presweep, 5, did you mean 'presweeps'",
        "kpz_mu, 4, has no counterpart",
        "algorithm, ENERGYMIN, CLASSICAL or AGGREGATION",
        "selector, CR, PMIS or HMIS",
        "interp_truncation_factor, 0.5, set interp_max_elements",
        "structure_reuse_levels, -1, see Reuse",
        "error_scaling, 3, added as they are",
        "coarse_solver, NOSOLVER, always factorised",
        "smoother, KACZMARZ, there are BLOCK_JACOBI",
        "preconditioner, KACZMARZ, there are BLOCK_JACOBI",
        "tolerance, small, takes a number"
    })
    void whatCannotBeIsRefusedByName(String key, String text, String words) {
        Map<String, Object> flat = new HashMap<>(Map.of("solver", "PCG", "preconditioner", "AMG"));
        flat.put(key, text.matches("[-0-9.e]+") ? (Object) Double.valueOf(text) : text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AmgxConfiguration.of(flat))
                .withMessageContaining(words);
    }

    private static void assertSolves(Solver solver) {
        double[] b = new double[A.rows()];
        Arrays.fill(b, 1);
        assertThat(solver.solve(A, b).report().converged()).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.amg.aggregation.Prolongation;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.gallery.SaddlePoints;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.Preconditioning;
import org.sparkjno.amg.solve.Solver;

/** Settings by name do what the same settings in Java do; what is misspelt or meaningless is refused. */
final class SolverConfigurationTest {
    private static final CsrMatrix A = Stencils.laplacian(40, 1, 1);

    @Test
    void nothingSetIsAuto() {
        Solver.Settings settings = SolverConfiguration.of(Map.of()).settings();
        assertThat(settings).isEqualTo(Solver.auto().settings());
    }

    @Test
    void whatIsSetArrives() {
        SolverConfiguration configuration = SolverConfiguration.of(Map.of(
                "tolerance",
                1e-6,
                "max_iterations",
                77,
                "on_failure",
                "return",
                "method",
                "gmres",
                "gmres_restart",
                12,
                "preconditioner",
                "classical",
                "splitting",
                "pmis",
                "coarsest_rows",
                50.0,
                "symmetric",
                true,
                "block_size",
                2));
        Solver.Settings settings = configuration.settings();
        assertThat(settings.criterion().relative()).isEqualTo(1e-6);
        assertThat(settings.criterion().iterationLimit()).isEqualTo(77);
        assertThat(settings.onFailure()).isEqualTo(OnFailure.RETURN);
        assertThat(settings.method()).contains(new Gmres(12));
        assertThat(settings.blockSize()).isEqualTo(2);
        assertThat(settings.symmetric()).contains(true);
        Preconditioning.Algebraic amg =
                (Preconditioning.Algebraic) settings.preconditioning().orElseThrow();
        assertThat(amg.limits().coarsestRows()).isEqualTo(50);
        assertThat(amg.coarsening().toString()).contains("PMIS");
    }

    @Test
    void interpolationOfMinimalEnergy() {
        Preconditioning preconditioning = SolverConfiguration.of(
                        Map.of("preconditioner", "aggregation", "prolongation", "minimal_energy", "energy_reach", 2))
                .settings()
                .preconditioning()
                .orElseThrow();
        SmoothedAggregation coarsening =
                (SmoothedAggregation) ((Preconditioning.Algebraic) preconditioning).coarsening();
        assertThat(coarsening.prolongation()).isEqualTo(new Prolongation.MinimalEnergy(2, 4));
    }

    @Test
    void blocksOfASaddlePointAreForGmres() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SolverConfiguration.of(Map.of("method", "minres", "preconditioner", "saddle_point")))
                .withMessageContaining("take gmres");
        CsrMatrix flow = SaddlePoints.stokes(12, 1);
        double[] b = new double[flow.rows()];
        Arrays.fill(b, 1);
        for (Map<String, String> settings : List.of(
                Map.of("method", "gmres", "preconditioner", "saddle_point"),
                Map.of("method", "minres", "preconditioner", "companion"))) {
            SolverConfiguration configuration = SolverConfiguration.of(settings);
            assertThat(configuration
                            .solver()
                            .iterationLimit(2000)
                            .solve(flow, b)
                            .report()
                            .converged())
                    .isTrue();
        }
    }

    @Test
    void theTextIsOneForEqualSettings() {
        Map<String, Object> some = new LinkedHashMap<>();
        some.put("tolerance", 1e-6);
        some.put("coarsest_rows", 50L);
        some.put("preconditioner", "aggregation");
        SolverConfiguration configuration = SolverConfiguration.of(some);
        assertThat(configuration.canonical())
                .isEqualTo("{\"coarsest_rows\":50,\"preconditioner\":\"aggregation\",\"tolerance\":1.0E-6}");
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("preconditioner", "aggregation");
        other.put("coarsest_rows", 50.0);
        other.put("tolerance", 0.000001);
        assertThat(SolverConfiguration.of(other)).isEqualTo(configuration).hasSameHashCodeAs(configuration);
    }

    @ParameterizedTest
    @CsvSource({
        "tolerence, 1e-6, no setting 'tolerence'; did you mean 'tolerance'",
        "max_iteration, 5, did you mean 'max_iterations'",
        "Method, cg, did you mean 'method'",
        "method, gmers, cannot be 'gmers'; did you mean 'gmres'",
        "method, 7, takes a name",
        "tolerance, small, takes a number",
        "tolerance, 2, must lie between 0 and 1",
        "max_iterations, 1.5, takes a whole number",
        "max_iterations, 0, must be positive",
        "symmetric, yes, takes true or false",
        "gmres_restart, 20, has a meaning only where 'method' is gmres or fgmres",
        "cycle, v, has a meaning only where 'preconditioner' is classical or aggregation",
        "energy_steps, 2, has a meaning only where 'prolongation' is minimal_energy",
        "threads, 0, thread"
    })
    void whatIsWrongIsNamed(String key, String text, String words) {
        Object value = text.matches("[-0-9.e]+") ? (Object) Double.valueOf(text) : text;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SolverConfiguration.of(Map.of(key, value)))
                .withMessageContaining(words);
    }

    @Test
    void cyclesThatDoNotSuitTheMethodAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SolverConfiguration.of(Map.of("method", "cg", "preconditioner", "aggregation", "cycle", "k")))
                .withMessageContaining("flexible_cg or fgmres");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SolverConfiguration.of(Map.of("method", "cg", "preconditioner", "aggregation", "presweeps", 2)))
                .withMessageContaining("not symmetric");
        SolverConfiguration.of(Map.of("method", "flexible_cg", "preconditioner", "aggregation", "cycle", "k"));
    }

    @ParameterizedTest
    @CsvSource({
        "cg, aggregation, gauss_seidel, v",
        "flexible_cg, aggregation, chebyshev, k",
        "pipelined_cg, classical, l1_jacobi, w",
        "block_cg, classical, jacobi, v",
        "minres, classical, block_jacobi, v",
        "bicgstab, classical, ilu0, f",
        "gmres, aggregation, spai0, v",
        "fgmres, aggregation, block_gauss_seidel, f",
        "idr, classical, gauss_seidel, v"
    })
    void everyNameSolves(String method, String preconditioner, String smoother, String cycle) {
        SolverConfiguration configuration = SolverConfiguration.of(
                Map.of("method", method, "preconditioner", preconditioner, "smoother", smoother, "cycle", cycle));
        assertSolves(configuration.solver());
    }

    @ParameterizedTest
    @CsvSource({"direct", "none", "ilu0", "chebyshev", "jacobi", "l1_jacobi"})
    void everySimplePreconditionerSolves(String preconditioner) {
        assertSolves(SolverConfiguration.of(Map.of("method", "cg", "preconditioner", preconditioner))
                .solver());
    }

    private static void assertSolves(Solver solver) {
        double[] b = new double[A.rows()];
        Arrays.fill(b, 1);
        double[] x = solver.solve(A, b).values();
        double[] r = new double[b.length];
        A.residual(b, x, r);
        assertThat(Math.sqrt(Arrays.stream(r).map(v -> v * v).sum() / b.length)).isLessThan(1e-8);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.Reuse;
import org.sparkjno.amg.solve.SetupCache;
import org.sparkjno.amg.solve.SparseSolver;
import org.sparkjno.kernels.device.cpu.NativeLibrary;

/** The bridge, driven against a stand-in that has AmgX's functions: order of calls, lifetimes, errors and answers. */
class AmgxSolverTest {
    private static final AmgxParameters SYMMETRIC =
            AmgxParameters.of(Map.of("solver", "PCG", "tolerance", 1e-10, "max_iters", 500));
    private static final AmgxParameters JACOBI =
            AmgxParameters.of(Map.of("solver", "BLOCK_JACOBI", "tolerance", 1e-10, "max_iters", 500));
    private static final List<String> PREPARED = List.of(
            "config_create",
            "matrix_create",
            "vector_create",
            "vector_create",
            "solver_create",
            "matrix_upload_all",
            "solver_setup");
    private static final List<String> SOLVED = List.of(
            "vector_upload",
            "vector_set_zero",
            "solver_solve_with_0_initial_guess",
            "vector_download",
            "solver_get_iterations_number",
            "solver_get_status");
    private static final List<String> DESTROYED =
            List.of("solver_destroy", "vector_destroy", "vector_destroy", "matrix_destroy", "config_destroy");

    private final CsrMatrix laplacian = Stencils.laplacian(20, 1, 1);
    private StandIn standIn;
    private Amgx amgx;

    @BeforeEach
    void load() {
        standIn = StandIn.fresh();
        amgx = standIn.load();
    }

    @AfterEach
    void nothingIsLeft() {
        amgx.close();
        StandIn.State state = standIn.state();
        standIn.close();
        assertThat(state.faults()).isZero();
    }

    private AmgxSolver solver(AmgxParameters parameters) {
        return new AmgxSolver(amgx, parameters, AmgxPrecision.DOUBLE, 0);
    }

    /** Entries at random places and a diagonal that outweighs them, in rows and columns. */
    private static CsrMatrix unsymmetric() {
        int n = 50;
        Random random = new Random(1);
        CsrAssembler assembler = new CsrAssembler(n, n, 4 * n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 10);
            for (int k = 0; k < 3; k++) {
                assembler.add(i, random.nextInt(n), random.nextDouble(-1, 1));
            }
        }
        return assembler.assemble();
    }

    private static CsrMatrix scaled(CsrMatrix matrix, double factor) {
        return CsrMatrix.of(
                matrix.pattern(),
                Arrays.stream(matrix.values()).map(v -> factor * v).toArray());
    }

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    /** Solves with one right-hand side, and holds the report against the true residual. */
    private static SolveReport solve(SparseSolver.Prepared prepared, CsrMatrix a, double[] x, boolean transposed) {
        double[] b = random(a.rows(), 3);
        SolveReport report = prepared.solve(b, x, 1, transposed).get(0);
        double[] r = new double[b.length];
        (transposed ? a.transpose() : a).residual(b, x, r);
        double residual = Math.sqrt(Arrays.stream(r).map(v -> v * v).sum()
                / Arrays.stream(b).map(v -> v * v).sum());
        assertThat(report.residual()).isCloseTo(residual, within(1e-13));
        assertThat(report.history()).hasSize(report.iterations() + 1);
        return report;
    }

    private static void converges(SparseSolver.Prepared prepared, CsrMatrix a, boolean transposed) {
        SolveReport report = solve(prepared, a, new double[a.rows()], transposed);
        assertThat(report.status()).isEqualTo(Status.CONVERGED);
        assertThat(report.residual()).isLessThanOrEqualTo(1e-10);
    }

    private static <T> List<T> joined(List<? extends List<T>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    @Test
    void callsComeInAmgxOrder() {
        assertThat(standIn.state().calls()).containsExactly("register_print_callback", "initialize");

        AmgxSystem system = solver(SYMMETRIC).prepare(laplacian);
        assertThat(standIn.state().calls())
                .isEqualTo(joined(List.of(List.of("config_create", "resources_create"), PREPARED)));
        converges(system, laplacian, false);
        assertThat(standIn.state().calls()).isEqualTo(SOLVED);
        system.close();
        system.close();
        assertThatThrownBy(() -> amgx.drive(() -> {
                    throw new IllegalArgumentException("passed on");
                }))
                .hasMessage("passed on");
        assertThat(standIn.state().calls()).isEqualTo(DESTROYED);
        solver(SYMMETRIC).prepare(laplacian);
        assertThat(standIn.state().calls()).isEqualTo(PREPARED);
        amgx.close();

        StandIn.State state = standIn.state();
        assertThat(state.calls())
                .isEqualTo(joined(List.of(DESTROYED, List.of("resources_destroy", "config_destroy", "finalize"))));
        assertThat(state.alive()).isZero();
        assertThatThrownBy(() -> solver(SYMMETRIC).prepare(laplacian))
                .isInstanceOf(AmgxException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void guessesHelp() {
        AmgxSystem system = solver(SYMMETRIC).prepare(laplacian);
        double[] x = new double[laplacian.rows()];
        int cold = solve(system, laplacian, x, false).iterations();
        standIn.state();
        assertThat(solve(system, laplacian, x, false).iterations()).isZero();
        assertThat(standIn.state().calls()).isEmpty();
        for (int i = 0; i < x.length; i++) {
            x[i] *= 1 + 1e-7;
        }
        assertThat(solve(system, laplacian, x, false).iterations()).isPositive().isLessThan(cold);
    }

    @Test
    void severalRightHandSides() {
        AmgxSystem system = solver(SYMMETRIC).prepare(laplacian);
        int n = laplacian.rows();
        double[] b = random(3 * n, 1);
        for (int i = 0; i < n; i++) {
            b[3 * i + 1] = 0;
        }
        double[] x = random(3 * n, 2);
        List<SolveReport> reports = system.solve(b, x, 3, false);
        assertThat(reports).hasSize(3).allMatch(SolveReport::converged);
        assertThat(reports.get(1).iterations()).isZero();
        double[] r = new double[3 * n];
        laplacian.residual(b, x, r, 3, Team.serial());
        assertThat(r).containsOnly(new double[] {0}, within(1e-8));
        assertThatThrownBy(() -> system.solve(b, x, 2, false)).hasMessageContaining("1200 values");
        b[7] = Double.NaN;
        assertThatThrownBy(() -> system.solve(b, x, 3, false)).hasMessageContaining("Value 7 of the right-hand side");
    }

    /** Values that single precision does not hold: corrections by true residuals reach what one solve could not. */
    @Test
    void singlePrecisionMatricesGiveDoublePrecisionAnswers() {
        CsrMatrix matrix = FiniteVolumes.lognormal(16, 1, 1);
        AmgxSystem system = solver(SYMMETRIC).in(AmgxPrecision.MIXED).prepare(matrix);
        standIn.state();
        converges(system, matrix, false);
        assertThat(standIn.state().calls())
                .filteredOn("solver_solve_with_0_initial_guess"::equals)
                .hasSizeGreaterThan(1);
    }

    @Test
    void transposedSystemsAreUploadedOnce() {
        CsrMatrix matrix = unsymmetric();
        AmgxSystem system = solver(JACOBI).prepare(matrix);
        converges(system, matrix, false);
        standIn.state();
        converges(system, matrix, true);
        converges(system, matrix, true);
        assertThat(standIn.state().calls()).isEqualTo(joined(List.of(PREPARED, SOLVED, SOLVED)));
        AmgxSystem symmetric = solver(SYMMETRIC).prepare(laplacian);
        standIn.state();
        converges(symmetric, laplacian, true);
        assertThat(standIn.state().calls()).isEqualTo(SOLVED);
    }

    @Test
    void newValuesTakeTheOldPlace() {
        CsrMatrix other = scaled(laplacian, 1.5);
        AmgxSystem first = solver(SYMMETRIC).prepare(laplacian);
        SparseSolver.Prepared again = first.renewed(other, Reuse.GALERKIN).orElseThrow();
        SparseSolver.Prepared kept = first.renewed(other, Reuse.KEEP).orElseThrow();
        standIn.state();
        converges(again, other, false);
        assertThat(standIn.state().calls())
                .isEqualTo(joined(List.of(List.of("matrix_replace_coefficients", "solver_resetup"), SOLVED)));
        converges(first, laplacian, false);
        assertThat(standIn.state().calls())
                .isEqualTo(joined(List.of(List.of("matrix_replace_coefficients", "solver_setup"), SOLVED)));
        SparseSolver.Prepared third =
                ((AmgxSystem) kept).renewed(scaled(laplacian, 2), Reuse.KEEP).orElseThrow();
        converges(third, scaled(laplacian, 2), false);
        assertThat(standIn.state().calls()).isEqualTo(joined(List.of(List.of("matrix_replace_coefficients"), SOLVED)));
        assertThat(first.renewed(other, Reuse.REBUILD)).isEmpty();
        assertThatThrownBy(() -> first.renewed(Stencils.laplacian(10, 1, 1), Reuse.KEEP))
                .hasMessageContaining("different 100 x 100 pattern");
    }

    @Test
    void cachesRenew() {
        SetupCache cache = SetupCache.standard();
        for (double factor : new double[] {1, 2, 1, 3}) {
            CsrMatrix matrix = scaled(laplacian, factor);
            SetupCache.Configuration configuration = new SetupCache.Configuration(solver(SYMMETRIC), Reuse.GALERKIN);
            converges(cache.get(configuration, matrix), matrix, false);
        }
        assertThat(cache.statistics().hits()).isEqualTo(1);
        assertThat(cache.statistics().renewals()).isEqualTo(2);
        assertThat(standIn.state().calls()).filteredOn("solver_create"::equals).hasSize(1);
    }

    @Test
    void failuresAreReported() {
        AmgxParameters few = AmgxParameters.of(Map.of("solver", "PCG", "tolerance", 1e-10, "max_iters", 3));
        double[] x = new double[laplacian.rows()];
        SolveReport report = solve(solver(few).prepare(laplacian), laplacian, x, false);
        assertThat(report.status()).isEqualTo(Status.ITERATION_LIMIT);
        assertThat(report.iterations()).isEqualTo(3);
        assertThat(x).isNotEqualTo(new double[x.length]);

        CsrMatrix beyond = scaled(unsymmetric(), 1);
        double[] values = beyond.values().clone();
        for (int i = 0; i < beyond.rows(); i++) {
            values[beyond.pattern().position(i, i)] = 0.1;
        }
        CsrMatrix wild = CsrMatrix.of(beyond.pattern(), values);
        double[] guess = random(wild.rows(), 9);
        double[] kept = guess.clone();
        assertThat(solve(solver(JACOBI).prepare(wild), wild, guess, false).status())
                .isEqualTo(Status.DIVERGED);
        assertThat(guess).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config_create",
                "resources_create",
                "matrix_create",
                "vector_create",
                "solver_create",
                "matrix_upload_all",
                "solver_setup"
            })
    void halfBuiltSystemsAreTakenDown(String function) {
        standIn.failAt(function, 1);
        assertThatThrownBy(() -> solver(SYMMETRIC).prepare(laplacian))
                .isInstanceOf(AmgxException.class)
                .hasMessage("AMGX_" + function + " failed: Bad luck.");
        standIn.failAt(function, 0);
        AmgxSystem system = solver(SYMMETRIC).prepare(laplacian);
        converges(system, laplacian, false);
        amgx.close();
        assertThat(standIn.state().alive()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vector_upload", "solver_solve_with_0_initial_guess", "solver_get_iteration_residual"})
    void failedSolvesLeaveTheSetUp(String function) {
        AmgxSystem system = solver(SYMMETRIC).prepare(laplacian);
        standIn.failAt(function, 1);
        assertThatThrownBy(() -> solve(system, laplacian, new double[laplacian.rows()], false))
                .isInstanceOf(AmgxException.class)
                .hasMessage("AMGX_" + function + " failed: Bad luck.");
        standIn.failAt(function, 0);
        converges(system, laplacian, false);
    }

    @Test
    void aFailedExchangeOfValuesIsMadeGood() {
        CsrMatrix other = scaled(laplacian, 3);
        SparseSolver.Prepared renewed =
                solver(SYMMETRIC).prepare(laplacian).renewed(other, Reuse.KEEP).orElseThrow();
        standIn.failAt("matrix_replace_coefficients", 1);
        assertThatThrownBy(() -> solve(renewed, other, new double[other.rows()], false))
                .isInstanceOf(AmgxException.class);
        standIn.failAt("matrix_replace_coefficients", 0);
        standIn.state();
        converges(renewed, other, false);
        assertThat(standIn.state().calls()).startsWith("matrix_replace_coefficients", "solver_setup");
    }

    @Test
    void whatAmgxPrintsExplainsItsErrors() {
        AmgxParameters wrong = AmgxParameters.of(Map.of("solver", "PCG", "unheard_of", 1));
        assertThatThrownBy(() -> solver(wrong).prepare(laplacian))
                .hasMessage("AMGX_config_create failed: Incorrect amgx configuration provided"
                        + " (Variable 'unheard_of' not registered).");
    }

    /** After that AmgX may end the process; it is left alone. */
    @Test
    void errorsOfTheDeviceAreFinal() {
        AmgxSystem system = solver(SYMMETRIC).prepare(laplacian);
        standIn.failAt("solver_solve_with_0_initial_guess", 5);
        assertThatThrownBy(() -> solve(system, laplacian, new double[laplacian.rows()], false))
                .hasMessage("AMGX_solver_solve_with_0_initial_guess failed: Cuda failure.");
        standIn.failAt("solver_solve_with_0_initial_guess", 0);
        standIn.state();
        assertThatThrownBy(() -> solve(system, laplacian, new double[laplacian.rows()], false))
                .isInstanceOf(AmgxException.class)
                .hasMessageContaining("Cuda failure")
                .hasMessageContaining("start a new process");
        system.close();
        amgx.close();
        assertThat(standIn.state().calls()).isEmpty();
    }

    /** The stand-in counts a fault for every call from a second thread. */
    @Test
    void oneThreadCallsAmgxWhoeverAsks() throws Exception {
        CsrMatrix other = scaled(laplacian, 2);
        AmgxSystem first = solver(SYMMETRIC).prepare(laplacian);
        SparseSolver.Prepared second = first.renewed(other, Reuse.GALERKIN).orElseThrow();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> solves = new ArrayList<>();
            for (int k = 0; k < 32; k++) {
                boolean even = k % 2 == 0;
                solves.add(pool.submit(() -> converges(even ? first : second, even ? laplacian : other, false)));
            }
            for (Future<?> solve : solves) {
                solve.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Asks for collections until the cleaner has been there. */
    @Test
    void whatCannotBeReachedIsFreed() {
        solver(SYMMETRIC).prepare(laplacian);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (standIn.state().alive() > 2 && System.nanoTime() < deadline) {
            System.gc();
            amgx.drive(() -> null);
        }
        assertThat(standIn.state().alive()).isEqualTo(2);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> Amgx.load(Path.of("/nowhere/libamgxsh.so")))
                .isInstanceOf(AmgxException.class)
                .hasMessageStartingWith("AmgX cannot be loaded: Cannot load /nowhere/libamgxsh.so");
        try (NativeLibrary other = NativeLibrary.compile("int forty_two(void) { return 42; }")) {
            assertThatThrownBy(() -> Amgx.load(other.path()))
                    .isInstanceOf(AmgxException.class)
                    .hasMessageContaining("has no function AMGX_get_error_string, so it is not AmgX 2");
        }
        AmgxSolver solver = solver(SYMMETRIC);
        assertThatThrownBy(() -> solver.prepare(new CsrAssembler(2, 3, 0).assemble()))
                .hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> solver.prepare(new CsrAssembler(0, 0, 0).assemble()))
                .hasMessageContaining("at least one row");
        assertThatThrownBy(() -> solver.on(-1)).hasMessageContaining("device -1");
    }

    @Test
    void absenceIsExplained() {
        if (Amgx.isAvailable()) {
            assertThat(Amgx.installed()).isSameAs(Amgx.installed());
        } else {
            assertThatThrownBy(() -> AmgxSolver.of(AmgxParameters.standard()))
                    .isInstanceOf(AmgxException.class)
                    .hasMessageContaining("-Dorg.sparkjno.amgx=PATH")
                    .hasMessageContaining("AMGX_LIB=PATH");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** What every solve promises whatever the method: honest reports, no hang, no silence. */
class KrylovSolverTest {
    private static final String METHODS = "org.sparkjno.amg.krylov.KrylovMethodTest#all";
    private static final String GENERAL = "org.sparkjno.amg.krylov.KrylovMethodTest#general";

    private final CsrMatrix poisson = Stencils.laplacian(30, 1, 1);
    private final double[] ones = ones(900);

    private static double[] ones(int n) {
        double[] b = new double[n];
        Arrays.fill(b, 1);
        return b;
    }

    private static KrylovSolver returning(KrylovMethod method, double tolerance, int limit) {
        return new KrylovSolver(method, new StoppingCriterion(tolerance, 0, limit), OnFailure.RETURN);
    }

    private static double residual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        a.residual(b, x, r);
        return norm(r) / norm(b);
    }

    private static double norm(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(value -> value * value).sum());
    }

    @Test
    void throwsByDefaultWithTheReport() {
        KrylovSolver few = new KrylovSolver(
                new ConjugateGradient(), StoppingCriterion.relative(1e-10).atMost(3), OnFailure.THROW);
        SolveException failure = catchThrowableOfType(
                SolveException.class, () -> few.solve(poisson, ones, new double[900], Preconditioner.identity()));
        assertThat(failure)
                .hasMessageStartingWith(
                        "Conjugate gradients on a 900 x 900 matrix with 4380 entries did not reach relative residual"
                                + " 1.0e-10 within 3 iterations: ITERATION_LIMIT after 3 iterations")
                .hasMessageContaining("Allow more iterations");
        assertThat(failure.report().iterations()).isEqualTo(3);
        assertThat(failure.report().status()).isEqualTo(Status.ITERATION_LIMIT);
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void iterationLimitIsKeptAndReported(KrylovMethod method) {
        double[] x = new double[900];
        SolveReport report = returning(method, 1e-10, 4).solve(poisson, ones, x, Preconditioner.identity());
        assertThat(report.status()).isEqualTo(Status.ITERATION_LIMIT);
        assertThat(report.iterations()).isEqualTo(4);
        assertThat(report.residual()).isCloseTo(residual(poisson, ones, x), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void reportsTheTrueResidualWhereTheRecursionLies(KrylovMethod method) {
        CsrMatrix jumps = FiniteVolumes.chequerboard(12, 1e8);
        double[] b = ones(jumps.rows());
        double[] x = new double[jumps.rows()];
        SolveReport report = returning(method, 1e-17, 400)
                .solve(jumps, b, x, Multigrid.vCycle(Hierarchy.of(jumps, SmoothedAggregation.standard())));
        assertThat(report.converged()).isFalse();
        assertThat(report.status()).isIn(Status.STALLED, Status.ITERATION_LIMIT, Status.BREAKDOWN);
        assertThat(report.residual())
                .isGreaterThan(1e-17)
                .isLessThan(1e-5)
                .isCloseTo(residual(jumps, b, x), withinPercentage(1));
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void startsFromTheGuess(KrylovMethod method) {
        double[] x = new double[900];
        KrylovSolver.of(method, 1e-10).solve(poisson, ones, x, Preconditioner.identity());
        double[] before = x.clone();
        SolveReport again = KrylovSolver.of(method, 1e-9).solve(poisson, ones, x, Preconditioner.identity());
        assertThat(again.iterations()).isZero();
        assertThat(x).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void zeroRightHandSideHasTheZeroSolution(KrylovMethod method) {
        double[] x = ones.clone();
        SolveReport report =
                KrylovSolver.of(method, 1e-10).solve(poisson, new double[900], x, Preconditioner.identity());
        assertThat(x).containsOnly(0);
        assertThat(report.residual()).isZero();
        assertThat(report.converged()).isTrue();
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void exactSolutionAfterOneIterationIsNoBreakdown(KrylovMethod method) {
        double[] x = new double[50];
        SolveReport report =
                KrylovSolver.of(method, 1e-12).solve(CsrMatrix.identity(50), ones(50), x, Preconditioner.identity());
        assertThat(x).containsExactly(ones(50), within(1e-14));
        assertThat(report.iterations()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void skewMatrixEndsWithATrueReport(KrylovMethod method) {
        CsrAssembler assembler = new CsrAssembler(60, 60, 120);
        for (int i = 0; i + 1 < 60; i++) {
            assembler.add(i, i + 1, 1 + i % 3).add(i + 1, i, -1 - i % 3);
        }
        CsrMatrix skew = assembler.assemble();
        double[] x = new double[60];
        SolveReport report = returning(method, 1e-8, 500).solve(skew, ones(60), x, Preconditioner.identity());
        assertThat(x).doesNotContain(Double.NaN);
        assertThat(report.residual()).isCloseTo(residual(skew, ones(60), x), within(1e-10));
        assertThat(report.converged()).isEqualTo(report.residual() <= 1e-8);
        if (method.requirements().definiteness()) {
            assertThat(report.status()).isIn(Status.INDEFINITE, Status.DIVERGED);
        }
        SolveReport full = returning(new Gmres(60), 1e-8, 60).solve(skew, ones(60), x, Preconditioner.identity());
        assertThat(full.converged()).isTrue();
    }

    /** A cyclic shift moves no residual until the last of n steps: GMRES(m) stagnates for every shorter restart. */
    @ParameterizedTest
    @MethodSource(GENERAL)
    void stagnationOnACyclicShiftIsNoticed(KrylovMethod method) {
        int n = 80;
        CsrAssembler assembler = new CsrAssembler(n, n, n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, (i + 1) % n, 1);
        }
        double[] b = new double[n];
        b[0] = 1;
        double[] x = new double[n];
        SolveReport report = returning(method, 1e-8, 2000).solve(assembler.assemble(), b, x, Preconditioner.identity());
        assertThat(x).doesNotContain(Double.NaN);
        if (!report.converged()) {
            assertThat(report.status()).isIn(Status.STALLED, Status.BREAKDOWN, Status.ITERATION_LIMIT, Status.DIVERGED);
            assertThat(report.residual()).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void zeroMatrixIsABreakdown(KrylovMethod method) {
        CsrMatrix zero = new CsrAssembler(5, 5, 0).assemble();
        double[] x = ones(5);
        SolveReport report = returning(method, 1e-8, 20).solve(zero, ones(5), x, Preconditioner.identity());
        assertThat(report.status())
                .isEqualTo(method.requirements().definiteness() ? Status.INDEFINITE : Status.BREAKDOWN);
        assertThat(x).containsOnly(1);
        assertThat(report.residual()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void preconditionerOfNaNsIsNoticed(KrylovMethod method) {
        Preconditioner broken = new Preconditioner() {
            @Override
            public Application begin(int width) {
                return (r, z) -> Arrays.fill(z, Double.NaN);
            }

            @Override
            public Preconditioner transposed() {
                return this;
            }
        };
        double[] x = new double[900];
        SolveReport report = returning(method, 1e-8, 50).solve(poisson, ones, x, broken);
        assertThat(report.converged()).isFalse();
        assertThat(report.residual()).isEqualTo(1);
        assertThat(x).containsOnly(0);
    }

    @Test
    void warningPolicyReturnsTheReport() {
        KrylovSolver solver =
                new KrylovSolver(new Gmres(), StoppingCriterion.relative(1e-10).atMost(2), OnFailure.WARN);
        SolveReport report = solver.solve(poisson, ones, new double[900], Preconditioner.identity());
        assertThat(report.status()).isEqualTo(Status.ITERATION_LIMIT);
        assertThat(report.history()).hasSize(3).startsWith(1);
    }

    @Test
    void absoluteToleranceCounts() {
        KrylovSolver solver =
                new KrylovSolver(new ConjugateGradient(), new StoppingCriterion(0, 1e-3, 500), OnFailure.THROW);
        double[] x = new double[900];
        solver.solve(poisson, ones, x, Preconditioner.identity());
        assertThat(residual(poisson, ones, x) * norm(ones)).isBetween(1e-5, 1e-3);
    }

    @Test
    void failureOfOneRightHandSideLeavesTheOthersAlone() {
        CsrMatrix a = new CsrAssembler(2, 2, 2).add(0, 0, 1).add(1, 1, -1).assemble();
        double[] x = new double[4];
        List<SolveReport> reports = returning(new ConjugateGradient(), 1e-8, 10)
                .solve(
                        LinearMap.of(a, Team.serial()),
                        new LocalSpace(2, 2, Team.serial()),
                        new double[] {1, 1, 0, 2},
                        x,
                        Preconditioner.identity());
        assertThat(reports).extracting(SolveReport::status).containsExactly(Status.CONVERGED, Status.INDEFINITE);
        assertThat(x).containsExactly(1, 0, 0, 0);
    }

    @Test
    void indefiniteMatrixIsNamed() {
        CsrMatrix a = new CsrAssembler(2, 2, 2).add(0, 0, 1).add(1, 1, -1).assemble();
        assertThatThrownBy(() -> KrylovSolver.of(new ConjugateGradient(), 1e-8)
                        .solve(a, new double[] {1, 2}, new double[2], Preconditioner.identity()))
                .isInstanceOf(SolveException.class)
                .hasMessageContaining("INDEFINITE")
                .hasMessageContaining("use MINRES, GMRES or BiCGStab");
    }

    @Test
    void badInputIsNamed() {
        KrylovSolver solver = KrylovSolver.of(new ConjugateGradient(), 1e-8);
        double[] broken = ones.clone();
        broken[17] = Double.NaN;
        assertThatThrownBy(() -> solver.solve(poisson, broken, new double[900], Preconditioner.identity()))
                .hasMessage("Value 17 of the right-hand side is NaN.");
        assertThatThrownBy(() -> solver.solve(poisson, ones, broken, Preconditioner.identity()))
                .hasMessage("Value 17 of the initial guess is NaN.");
        assertThatThrownBy(() -> solver.solve(poisson, ones, new double[3], Preconditioner.identity()))
                .hasMessage("The initial guess has 3 values, but the matrix has 900 rows.");
        double[] huge = ones.clone();
        Arrays.fill(huge, 1e300);
        assertThatThrownBy(() -> solver.solve(poisson, huge, new double[900], Preconditioner.identity()))
                .hasMessageContaining("overflows");
        assertThatThrownBy(() -> StoppingCriterion.relative(0)).hasMessageContaining("must lie above 0");
        assertThatThrownBy(() -> new BiCgStab(9)).hasMessageContaining("1 to 4");
        assertThatThrownBy(() -> new Gmres(0)).hasMessageContaining("must be positive");
        assertThatThrownBy(() -> new InducedDimensionReduction(0)).hasMessageContaining("1 to 16");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.ModelProblems;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

class ConjugateGradientTest {
    private final CsrMatrix poisson = ModelProblems.laplacian(30, 1, 1);
    private final double[] ones = ones(900);

    private static double[] ones(int n) {
        double[] b = new double[n];
        Arrays.fill(b, 1);
        return b;
    }

    @Test
    void throwsByDefaultWithTheReport() {
        ConjugateGradient few = new ConjugateGradient(1e-10, 3, OnFailure.THROW);
        SolveException failure = catchThrowableOfType(
                SolveException.class, () -> few.solve(poisson, ones, new double[900], Preconditioner.identity()));
        assertThat(failure).hasMessageContaining("Allow more iterations");
        assertThat(failure.report().iterations()).isEqualTo(3);
        assertThat(failure.report().status()).isEqualTo(Status.ITERATION_LIMIT);
    }

    @Test
    void returnsTheReportWhereAsked() {
        SolveReport report = new ConjugateGradient(1e-10, 3, OnFailure.RETURN)
                .solve(poisson, ones, new double[900], Preconditioner.identity());
        assertThat(report.converged()).isFalse();
        assertThat(report.residual()).isGreaterThan(1e-10);
    }

    @Test
    void reportsTheTrueResidualWhereTheRecursionLies() {
        CsrMatrix jumps = ModelProblems.chequerboard(24, 1e8);
        double[] b = ones(jumps.rows());
        double[] x = new double[jumps.rows()];
        SolveReport report = new ConjugateGradient(1e-14, 300, OnFailure.RETURN)
                .solve(jumps, b, x, Multigrid.vCycle(Hierarchy.of(jumps)));
        double[] r = new double[b.length];
        jumps.residual(b, x, r);
        double residual = Math.sqrt(Arrays.stream(r).map(v -> v * v).sum() / b.length);
        assertThat(report.status()).isEqualTo(Status.STALLED);
        assertThat(report.residual()).isCloseTo(residual, withinPercentage(1e-6));
    }

    @Test
    void startsFromTheGuess() {
        double[] x = new double[900];
        new ConjugateGradient(1e-10).solve(poisson, ones, x, Preconditioner.identity());
        assertThat(new ConjugateGradient(1e-9)
                        .solve(poisson, ones, x, Preconditioner.identity())
                        .iterations())
                .isZero();
    }

    @Test
    void zeroRightHandSideHasTheZeroSolution() {
        double[] x = ones.clone();
        new ConjugateGradient(1e-10).solve(poisson, new double[900], x, Preconditioner.identity());
        assertThat(x).containsOnly(0);
    }

    @Test
    void indefiniteMatrixIsNoticed() {
        CsrMatrix a = new CsrAssembler(2, 2, 2).add(0, 0, 1).add(1, 1, -1).assemble();
        assertThatThrownBy(() -> new ConjugateGradient(1e-8)
                        .solve(a, new double[] {1, 2}, new double[2], Preconditioner.identity()))
                .isInstanceOf(SolveException.class)
                .hasMessageContaining("INDEFINITE");
    }

    @Test
    void badInputIsNamed() {
        ConjugateGradient method = new ConjugateGradient(1e-8);
        double[] broken = ones.clone();
        broken[17] = Double.NaN;
        assertThatThrownBy(() -> method.solve(poisson, broken, new double[900], Preconditioner.identity()))
                .hasMessage("Value 17 of the right-hand side is NaN.");
        assertThatThrownBy(() -> method.solve(poisson, ones, new double[3], Preconditioner.identity()))
                .hasMessage("The initial guess has 3 values, but the matrix has 900 rows.");
        assertThatThrownBy(() -> new ConjugateGradient(0)).hasMessageContaining("between 0 and 1");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.configuration.SolverConfiguration;
import org.sparkjno.amg.cycle.Precision;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;

class PrecisionTest {
    private static final int WIDTH = 16;
    private static final CsrMatrix POISSON = Stencils.laplacian(20, 1, 1, 1);

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double residual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        a.residual(b, x, r);
        return norm(r) / norm(b);
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(value -> value * value).sum());
    }

    private static double[] column(double[] block, int j) {
        double[] column = new double[block.length / WIDTH];
        Arrays.setAll(column, i -> block[i * WIDTH + j]);
        return column;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void manyRightHandSidesAreSolvedTogether(Precision precision) {
        double[] b = new Random(1).doubles(POISSON.rows() * WIDTH).toArray();
        double[] x = new double[b.length];
        PreparedSystem system =
                Solver.auto().precision(precision).tolerance(1e-10).threads(2).prepare(POISSON);
        List<SolveReport> reports = system.solve(b, x, WIDTH, false);
        assertThat(reports).hasSize(WIDTH).allMatch(SolveReport::converged);
        for (int j = 0; j < WIDTH; j++) {
            assertThat(residual(POISSON, column(b, j), column(x, j))).isLessThan(1.1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1e-13})
    void singlePrecisionInsideCostsNoIterations(double tolerance) {
        double[] b = ones(POISSON.rows());
        Solver solver = Solver.auto().tolerance(tolerance);
        Solver.Solution mixed = solver.precision(Precision.MIXED).solve(POISSON, b);
        Solver.Solution plain = solver.precision(Precision.DOUBLE).solve(POISSON, b);
        assertThat(residual(POISSON, b, mixed.values())).isLessThan(1.1 * tolerance);
        assertThat(mixed.report().iterations())
                .isLessThanOrEqualTo(plain.report().iterations() + 1);
    }

    @Test
    void nodesAndFlowsAreSolvedInMixedPrecision() {
        Elasticity body = Elasticity.clamped(10, 10, 10);
        double[] load = ones(body.matrix().rows());
        Solver.Solution bent = Solver.auto()
                .precision(Precision.MIXED)
                .blockSize(3)
                .nearNullSpace(NearNullSpace.rigidBodyModes(body.coordinates(), 3))
                .solve(body.matrix(), load);
        assertThat(residual(body.matrix(), load, bent.values())).isLessThan(1.1e-8);
        assertThat(bent.report().iterations()).isLessThanOrEqualTo(20);

        CsrMatrix flow = Convection.recirculating(80, 1e-3);
        PreparedSystem system =
                Solver.auto().precision(Precision.MIXED).threads(2).prepare(flow);
        double[] b = ones(flow.rows());
        double[] x = new double[b.length];
        assertThat(system.solve(b, x, 1, true)).allMatch(SolveReport::converged);
        assertThat(residual(flow.transpose(), b, x)).isLessThan(1.1e-8);
    }

    @Test
    void eightThreadsOnOneHierarchyGetTheAnswersOfOne() throws Exception {
        PreparedSystem system = Solver.auto().precision(Precision.MIXED).prepare(POISSON);
        double[] b = ones(POISSON.rows());
        double[] alone = new double[b.length];
        system.solve(b, alone, 1, false);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<double[]> solve = () -> {
                double[] x = new double[b.length];
                system.solve(b, x, 1, false);
                return x;
            };
            for (Future<double[]> answer : threads.invokeAll(Collections.nCopies(16, solve))) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void systemsInSinglePrecisionGetRoundedSolutions() {
        float[] values = new float[POISSON.entries()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) POISSON.values()[k];
        }
        float[] b = new float[POISSON.rows()];
        Arrays.fill(b, 1);
        Solver.RoundedSolution rounded =
                Solver.auto().precision(Precision.MIXED).solve(CsrMatrix.of(POISSON.pattern(), values), b);
        double[] exact = Solver.auto().solve(POISSON, ones(b.length)).values();
        assertThat(rounded.report().residual()).isLessThan(1e-8);
        for (int i = 0; i < b.length; i++) {
            assertThat((double) rounded.values()[i]).isCloseTo(exact[i], withinPercentage(1e-4));
        }
    }

    @Test
    void precisionIsASettingByName() {
        assertThat(SolverConfiguration.of(Map.of("precision", "mixed"))
                        .settings()
                        .precision())
                .contains(Precision.MIXED);
        assertThat(SolverConfiguration.of(Map.of()).settings().precision()).isEmpty();
        assertThatThrownBy(() -> SolverConfiguration.of(Map.of("precision", "half")))
                .hasMessageContaining("double, mixed");
        assertThatThrownBy(() -> SolverConfiguration.of(Map.of("precision", "mixed", "preconditioner", "direct")))
                .hasMessageContaining("multigrid");
        assertThatThrownBy(() -> SolverConfiguration.of(
                        Map.of("precision", "mixed", "preconditioner", "classical", "smoother", "ilu0")))
                .hasMessageContaining("ilu0");
        assertThatThrownBy(() -> SolverConfiguration.of(
                        Map.of("precision", "mixed", "preconditioner", "classical", "cycle", "k", "method", "fgmres")))
                .hasMessageContaining("double precision only");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.JacobiL1;

/** Conjugate gradients preconditioned by one V(1,1) cycle, on the usual model problems. */
class MultigridTest {
    private static double[] ones(int n) {
        double[] b = new double[n];
        Arrays.fill(b, 1);
        return b;
    }

    private static SolveReport solve(CsrMatrix a, Multigrid cycle, double tolerance) {
        double[] b = ones(a.rows());
        double[] x = new double[a.rows()];
        SolveReport report = KrylovSolver.of(new ConjugateGradient(), tolerance).solve(a, b, x, cycle);
        assertThat(trueResidual(a, b, x)).isLessThanOrEqualTo(tolerance).isCloseTo(report.residual(), within(1e-15));
        return report;
    }

    private static double trueResidual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        a.residual(b, x, r);
        return Math.sqrt(Arrays.stream(r).map(v -> v * v).sum()
                / Arrays.stream(b).map(v -> v * v).sum());
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of("2-D Poisson", Stencils.laplacian(256, 1, 1), 13, 1.4),
                Arguments.of("3-D Poisson", Stencils.laplacian(32, 1, 1, 1), 12, 1.6),
                Arguments.of("27-point", Stencils.twentySevenPoint(24), 10, 1.1),
                Arguments.of("2-D anisotropy 1e-3", Stencils.laplacian(200, 1, 1e-3), 12, 1.95),
                Arguments.of("3-D anisotropy 1e-3", Stencils.laplacian(36, 1e-3, 1, 1), 13, 1.85),
                Arguments.of("jumps of 1e4", FiniteVolumes.chequerboard(36, 1e4), 14, 1.85),
                Arguments.of("lognormal coefficient", FiniteVolumes.lognormal(256, 3, 1), 26, 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void reaches1e8WithinItsIterationCount(String name, CsrMatrix a, int iterations, double complexity) {
        Hierarchy hierarchy = Hierarchy.of(a, SmoothedAggregation.standard());
        assertThat(hierarchy.levels().size()).isGreaterThan(1);
        assertThat(hierarchy.operatorComplexity()).isLessThan(complexity);
        assertThat(solve(a, Multigrid.vCycle(hierarchy), 1e-8).iterations()).isLessThanOrEqualTo(iterations);
    }

    @Test
    void countGrowsLittleWithTheSize() {
        CsrMatrix small = Stencils.laplacian(24, 1, 1, 1);
        CsrMatrix large = Stencils.laplacian(48, 1, 1, 1);
        int few = solve(small, Multigrid.vCycle(Hierarchy.of(small, SmoothedAggregation.standard())), 1e-8)
                .iterations();
        int many = solve(large, Multigrid.vCycle(Hierarchy.of(large, SmoothedAggregation.standard())), 1e-8)
                .iterations();
        assertThat((double) many / few).isLessThanOrEqualTo(1.3);
    }

    @Test
    void solvesTwoMaterialsAtFullResolutionToTenDigits() {
        CsrMatrix a = FiniteVolumes.twoMaterials(419, 7);
        assertThat(solve(a, Multigrid.vCycle(Hierarchy.of(a, SmoothedAggregation.standard())), 1e-10)
                        .iterations())
                .isLessThanOrEqualTo(25);
    }

    @Test
    void jacobiSmootherConvergesToo() {
        CsrMatrix a = Stencils.laplacian(100, 1, 1);
        Multigrid cycle = Multigrid.of(
                Hierarchy.of(a, SmoothedAggregation.standard()),
                Multigrid.Options.standard().with(JacobiL1::of),
                Team.serial());
        assertThat(solve(a, cycle, 1e-8).iterations()).isLessThanOrEqualTo(25);
    }

    @Test
    void cycleIsSymmetric() {
        CsrMatrix a = FiniteVolumes.twoMaterials(40, 3);
        Multigrid cycle = Multigrid.vCycle(Hierarchy.of(a, SmoothedAggregation.standard()));
        Random random = new Random(5);
        double[] u = random.doubles(a.rows()).toArray();
        double[] v = random.doubles(a.rows()).toArray();
        double[] mu = new double[a.rows()];
        double[] mv = new double[a.rows()];
        cycle.begin(1).apply(u, mu);
        cycle.begin(1).apply(v, mv);
        double left = 0;
        double right = 0;
        for (int i = 0; i < u.length; i++) {
            left += mu[i] * v[i];
            right += u[i] * mv[i];
        }
        assertThat(left).isCloseTo(right, within(1e-12 * Math.abs(right)));
    }

    @Test
    void threadsSharingOneHierarchyGetEqualBits() throws Exception {
        CsrMatrix a = FiniteVolumes.twoMaterials(85, 1);
        Multigrid cycle = Multigrid.vCycle(Hierarchy.of(a, SmoothedAggregation.standard()));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<double[]>> solutions = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                solutions.add(pool.submit(() -> {
                    double[] x = new double[a.rows()];
                    KrylovSolver.of(new ConjugateGradient(), 1e-10).solve(a, ones(a.rows()), x, cycle);
                    return x;
                }));
            }
            for (Future<double[]> solution : solutions) {
                assertThat(solution.get()).isEqualTo(solutions.get(0).get());
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void decoupledUnknownsAreLeftToTheSmoother() {
        int n = 3000;
        CsrAssembler assembler = new CsrAssembler(n, n, n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, i + 1);
        }
        CsrMatrix diagonal = assembler.assemble();
        assertThat(solve(diagonal, Multigrid.vCycle(Hierarchy.of(diagonal, SmoothedAggregation.standard())), 1e-12)
                        .iterations())
                .isEqualTo(1);
    }

    @Test
    void consistentSingularSystemIsSolved() {
        int n = 64;
        CsrAssembler assembler = new CsrAssembler(n * n, n * n, 5 * n * n);
        for (int i = 0; i < n * n; i++) {
            for (int j : new int[] {i % n < n - 1 ? i + 1 : -1, i + n < n * n ? i + n : -1}) {
                if (j >= 0) {
                    assembler.add(i, i, 1).add(j, j, 1).add(i, j, -1).add(j, i, -1);
                }
            }
        }
        CsrMatrix neumann = assembler.assemble();
        double[] b = new double[n * n];
        b[0] = 1;
        b[n * n - 1] = -1;
        SolveReport report = KrylovSolver.of(new ConjugateGradient(), 1e-8)
                .solve(
                        neumann,
                        b,
                        new double[n * n],
                        Multigrid.vCycle(Hierarchy.of(neumann, SmoothedAggregation.standard())));
        assertThat(report.converged()).isTrue();
    }

    @Test
    void hierarchyPrintsItsLevels() {
        Hierarchy hierarchy = Hierarchy.of(Stencils.laplacian(50, 1, 1), SmoothedAggregation.standard());
        assertThat(hierarchy.toString())
                .contains("operator complexity")
                .contains("2500")
                .hasLineCount(2 + hierarchy.levels().size());
    }
}

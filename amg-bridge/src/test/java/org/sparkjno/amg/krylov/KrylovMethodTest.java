// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.DenseReference;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Cycle;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.JacobiL1;

/** Every method against dense solutions, on the classes of matrices that it is for. */
class KrylovMethodTest {
    private static final CsrMatrix POISSON = Stencils.laplacian(20, 1, 1);

    static Stream<KrylovMethod> all() {
        return Stream.concat(symmetric(), general());
    }

    static Stream<KrylovMethod> symmetric() {
        return Stream.of(
                new ConjugateGradient(),
                new FlexibleConjugateGradient(),
                new PipelinedConjugateGradient(),
                new BlockConjugateGradient(),
                new MinimalResidual());
    }

    static Stream<KrylovMethod> general() {
        return Stream.of(
                new BiCgStab(),
                new BiCgStab(2),
                new Gmres(),
                new Gmres(40, Orthogonalisation.MODIFIED_GRAM_SCHMIDT),
                new FlexibleGmres(),
                new InducedDimensionReduction(),
                new InducedDimensionReduction(1));
    }

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    /** First-order upwind differences of −eps Δu + v·∇u, scaled by h². */
    private static CsrMatrix convectionDiffusion(int points, double eps, double vx, double vy) {
        double h = 1.0 / (points + 1);
        CsrAssembler assembler = new CsrAssembler(points * points, points * points, 5 * points * points);
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < points; j++) {
                int row = i * points + j;
                double[] weights = {
                    eps + h * Math.max(vx, 0),
                    eps + h * Math.max(-vx, 0),
                    eps + h * Math.max(vy, 0),
                    eps + h * Math.max(-vy, 0)
                };
                int[][] neighbours = {{i - 1, j}, {i + 1, j}, {i, j - 1}, {i, j + 1}};
                double diagonal = 0;
                for (int k = 0; k < 4; k++) {
                    diagonal += weights[k];
                    int[] other = neighbours[k];
                    if (Math.min(other[0], other[1]) >= 0 && Math.max(other[0], other[1]) < points) {
                        assembler.add(row, other[0] * points + other[1], -weights[k]);
                    }
                }
                assembler.add(row, row, diagonal);
            }
        }
        return assembler.assemble();
    }

    private static SolveReport check(KrylovMethod method, CsrMatrix a, Preconditioner preconditioner) {
        double[] b = random(a.rows(), 3);
        double[] x = random(a.rows(), 4);
        SolveReport report = KrylovSolver.of(method, 1e-11).solve(a, b, x, preconditioner);
        double[] expected = DenseReference.of(a).solve(b);
        double size = 0;
        for (double value : expected) {
            size = Math.max(size, Math.abs(value));
        }
        assertThat(x).as(method.toString()).containsExactly(expected, within(1e-8 * size));
        assertThat(report.residual()).isLessThanOrEqualTo(1e-11);
        assertThat(report.history()).hasSizeGreaterThan(1);
        return report;
    }

    @ParameterizedTest
    @MethodSource("all")
    void solvesPoisson(KrylovMethod method) {
        check(method, POISSON, Preconditioner.identity());
        SolveReport preconditioned =
                check(method, POISSON, Multigrid.vCycle(Hierarchy.of(POISSON, SmoothedAggregation.standard())));
        assertThat(preconditioned.iterations()).isLessThanOrEqualTo(22);
    }

    @ParameterizedTest
    @MethodSource("general")
    void solvesConvectionDiffusion(KrylovMethod method) {
        CsrMatrix a = convectionDiffusion(18, 1e-2, 0.8, 0.6);
        check(method, a, Preconditioner.identity());
        check(method, a, Multigrid.vCycle(Hierarchy.of(a, SmoothedAggregation.standard())));
    }

    @Test
    void minresSolvesIndefiniteSystems() {
        CsrAssembler shifted = new CsrAssembler(400, 400, 2500);
        for (int i = 0; i < 400; i++) {
            for (int k = POISSON.rowStart()[i]; k < POISSON.rowStart()[i + 1]; k++) {
                shifted.add(i, POISSON.columns()[k], POISSON.values()[k]);
            }
            shifted.add(i, i, -0.3);
        }
        CsrMatrix a = shifted.assemble();
        int plain = check(new MinimalResidual(), a, Preconditioner.identity()).iterations();
        int multigrid = check(
                        new MinimalResidual(),
                        a,
                        Multigrid.vCycle(Hierarchy.of(POISSON, SmoothedAggregation.standard())))
                .iterations();
        assertThat(multigrid).isLessThan(plain / 2);
        SolveReport cg = new KrylovSolver(new ConjugateGradient(), StoppingCriterion.relative(1e-10), OnFailure.RETURN)
                .solve(a, random(400, 1), new double[400], Preconditioner.identity());
        assertThat(cg.status()).isEqualTo(Status.INDEFINITE);
        SolveReport pipelined = new KrylovSolver(
                        new PipelinedConjugateGradient(), StoppingCriterion.relative(1e-10), OnFailure.RETURN)
                .solve(a, random(400, 1), new double[400], Preconditioner.identity());
        assertThat(pipelined.status()).isEqualTo(Status.INDEFINITE);
    }

    /** (A + i s) (x + i y) as 2 x 2 blocks [a, −s; s, a]. */
    @ParameterizedTest
    @MethodSource("general")
    void solvesComplexSystemsAsRealBlocks(KrylovMethod method) {
        CsrMatrix a = Stencils.laplacian(10, 1, 1);
        CsrAssembler blocks = new CsrAssembler(200, 200, 1200);
        for (int i = 0; i < 100; i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int j = a.columns()[k];
                blocks.add(2 * i, 2 * j, a.values()[k]).add(2 * i + 1, 2 * j + 1, a.values()[k]);
            }
            blocks.add(2 * i, 2 * i + 1, -0.7).add(2 * i + 1, 2 * i, 0.7);
        }
        check(method, blocks.assemble(), Preconditioner.identity());
    }

    @ParameterizedTest
    @MethodSource("all")
    void severalRightHandSidesGetTheAnswersOfSingleOnes(KrylovMethod method) {
        int n = POISSON.rows();
        int width = 5;
        LinearMap map = LinearMap.of(POISSON, Team.of(2));
        double[] b = random(n * width, 8);
        for (int i = 0; i < n; i++) {
            b[i * width + 2] = 0; // a zero right-hand side among the others
            b[i * width + 4] = 1; // a smooth one, which converges sooner
        }
        double[] x = random(n * width, 9);
        double[][] guesses = columns(x, width);
        KrylovSolver solver = KrylovSolver.of(method, 1e-10);
        List<SolveReport> reports =
                solver.solve(map, new LocalSpace(n, width, Team.of(2)), b, x, JacobiSweep.of(POISSON));
        for (int j = 0; j < width; j++) {
            double[] single = guesses[j];
            SolveReport alone = solver.solve(POISSON, columns(b, width)[j], single, JacobiSweep.of(POISSON));
            assertThat(columns(x, width)[j]).containsExactly(single, within(1e-7));
            assertThat(reports.get(j).status()).isEqualTo(Status.CONVERGED);
            if (!(method instanceof BlockConjugateGradient)) {
                assertThat(reports.get(j).iterations())
                        .isBetween((int) (0.8 * alone.iterations()), 1 + (int) (1.25 * alone.iterations()));
            }
        }
        assertThat(reports.get(2).iterations()).isZero();
        assertThat(columns(x, width)[2]).containsOnly(0);
    }

    private static double[][] columns(double[] block, int width) {
        double[][] columns = new double[width][block.length / width];
        for (int i = 0; i < block.length; i++) {
            columns[i % width][i / width] = block[i];
        }
        return columns;
    }

    @Test
    void blockMethodNeedsFewerIterationsAndCopesWithDependentRightHandSides() {
        CsrMatrix a = Stencils.laplacian(40, 1, 1);
        int n = a.rows();
        int width = 8;
        double[] b = random(n * width, 1);
        for (int i = 0; i < n; i++) {
            b[i * width + 3] = 2 * b[i * width];
            b[i * width + 5] = b[i * width + 1] - b[i * width + 2];
        }
        LinearMap map = LinearMap.of(a, Team.serial());
        VectorSpace space = new LocalSpace(n, width, Team.serial());
        int lockstep = KrylovSolver.of(new ConjugateGradient(), 1e-8)
                .solve(map, space, b, space.zeros(), Preconditioner.identity())
                .get(0)
                .iterations();
        double[] x = space.zeros();
        List<SolveReport> block =
                KrylovSolver.of(new BlockConjugateGradient(), 1e-8).solve(map, space, b, x, Preconditioner.identity());
        assertThat(block).allMatch(report -> report.iterations() < 0.75 * lockstep);
        double[][] solutions = columns(x, width);
        for (int i = 0; i < n; i++) {
            assertThat(solutions[3][i]).isCloseTo(2 * solutions[0][i], within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameBitsForAnyNumberOfThreads(KrylovMethod method) {
        CsrMatrix a = Stencils.laplacian(100, 1, 1);
        double[] one = new double[a.rows()];
        double[] two = new double[a.rows()];
        double[] b = random(a.rows(), 6);
        KrylovSolver solver = new KrylovSolver(method, new StoppingCriterion(1e-8, 0, 60), OnFailure.RETURN);
        solver.solve(
                LinearMap.of(a, Team.serial()), new LocalSpace(a.rows(), 1, Team.serial()), b, one, JacobiSweep.of(a));
        solver.solve(LinearMap.of(a, Team.of(2)), new LocalSpace(a.rows(), 1, Team.of(2)), b, two, JacobiSweep.of(a));
        assertThat(two).isEqualTo(one);
    }

    @Test
    void flexibleMethodsTakeAPreconditionerThatChanges() {
        for (KrylovMethod method : List.of(new FlexibleConjugateGradient(), new FlexibleGmres())) {
            SolveReport report = check(method, POISSON, new Alternating());
            assertThat(report.iterations()).isLessThanOrEqualTo(45);
        }
    }

    /** A V-cycle in every second iteration, scaled anew each time. */
    private static final class Alternating implements Preconditioner {
        private final Multigrid cycle = Multigrid.of(
                Hierarchy.of(POISSON, SmoothedAggregation.standard()),
                new Multigrid.Options(Cycle.V, JacobiL1::of, 1, 1),
                Team.serial());

        @Override
        public Application begin(int width) {
            Application multigrid = cycle.begin(width);
            int[] count = {0};
            return (r, z) -> {
                double scale = 1 + count[0] % 3;
                if (count[0]++ % 2 == 0) {
                    multigrid.apply(r, z);
                } else {
                    System.arraycopy(r, 0, z, 0, r.length);
                }
                for (int i = 0; i < z.length; i++) {
                    z[i] *= scale;
                }
            };
        }

        @Override
        public Preconditioner transposed() {
            return this;
        }
    }

    /** Division by the diagonal. */
    private record JacobiSweep(double[] diagonal) implements Preconditioner {
        static JacobiSweep of(CsrMatrix a) {
            return new JacobiSweep(a.diagonal());
        }

        @Override
        public Application begin(int width) {
            return (r, z) -> {
                for (int i = 0; i < r.length; i++) {
                    z[i] = r[i] / diagonal[i / width];
                }
            };
        }

        @Override
        public Preconditioner transposed() {
            return this;
        }
    }
}

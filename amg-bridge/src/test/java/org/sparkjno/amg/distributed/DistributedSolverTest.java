// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.classical.Splitting;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.Solver;

/** Rows divided over the threads of a test, against the whole matrix in one place. */
class DistributedSolverTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void productsAndTransposesAreThoseOfTheWholeMatrix(int ranks) {
        CsrMatrix a = FiniteVolumes.lognormal(13, 2, 3);
        Random random = new Random(1);
        double[] x = random.doubles(a.rows()).toArray();
        double[] y = new double[a.rows()];
        a.multiply(x, y);
        double[] transposed = new double[a.rows()];
        a.transpose().multiply(x, transposed);
        List<double[][]> parts = Ranks.run(ranks, world -> {
            DistributedMatrix matrix = Parts.matrix(a, world);
            double[] mine = Parts.vector(x, 1, world);
            double[] product = new double[mine.length];
            matrix.multiply(mine, product, 1, Team.serial());
            double[] other = new double[mine.length];
            matrix.transpose().multiply(mine, other, 1, Team.serial());
            return new double[][] {product, other};
        });
        assertThat(parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part[0]))
                        .toArray())
                .containsExactly(y, within(1e-9));
        assertThat(parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part[1]))
                        .toArray())
                .containsExactly(transposed, within(1e-9));
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of("5-point", Stencils.laplacian(120, 1, 1)),
                Arguments.of("7-point", Stencils.laplacian(24, 1, 1, 1)),
                Arguments.of("27-point", Stencils.twentySevenPoint(24)),
                Arguments.of("anisotropy", Stencils.laplacian(120, 1, 1e-3)),
                Arguments.of("rotated anisotropy", FiniteElements.rotatedAnisotropy(100, 1e-3, Math.PI / 4)),
                Arguments.of("jumps", FiniteVolumes.chequerboard(24, 1e4)),
                Arguments.of("lognormal", FiniteVolumes.lognormal(120, 3, 1)),
                Arguments.of("convection", Convection.diagonal(100, 1e-2)),
                Arguments.of("convection without diffusion", Convection.diagonal(100, 1e-6)),
                Arguments.of("recirculation", Convection.recirculating(100, 1e-3)));
    }

    /** With one rank and with one process alike. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void iterationsAreAQuarterMoreThanInOneProcessAtMost(String name, CsrMatrix a) {
        double[] b = new double[a.rows()];
        Arrays.fill(b, 1);
        int alone = Solver.auto().solve(a, b).report().iterations();
        for (int ranks : new int[] {1, 2, 4, 8}) {
            List<SolveReport> reports = Ranks.run(ranks, world -> {
                double[] mine = Parts.vector(b, 1, world);
                return DistributedSolver.of(Parts.matrix(a, world), DistributedSettings.auto(), Team.serial())
                        .solve(mine, new double[mine.length], 1)
                        .get(0);
            });
            int iterations = reports.get(0).iterations();
            assertThat(iterations).as("%d ranks", ranks).isLessThanOrEqualTo((int) (1.25 * alone));
            assertThat(reports)
                    .allMatch(report -> report.converged()
                            && report.residual() <= 1e-8
                            && report.notes().isEmpty()
                            && report.iterations() == iterations);
            alone = Math.min(alone, ranks == 1 ? iterations : alone);
        }
    }

    /** Without a first pass nothing depends on how rows are divided. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void interpolationIsThatOfTheWholeMatrix(int ranks) {
        ClassicalCoarsening method = ClassicalCoarsening.standard().withSplitting(Splitting.PMIS);
        for (CsrMatrix a : List.of(
                FiniteVolumes.lognormal(14, 2, 3), Stencils.laplacian(7, 1, 1, 1), Stencils.twentySevenPoint(7))) {
            FineLevel level = new FineLevel(a, 1, NearNullSpace.constants(a.rows(), 1), 0, Team.serial());
            CsrMatrix whole = method.coarsen(level).orElseThrow().transfer().interpolation();
            CsrMatrix gathered = Ranks.run(ranks, world -> {
                        DistributedMatrix p = ClassicalInterpolation.of(Parts.matrix(a, world), method, Team.serial());
                        return Gathering.of(world, p.rows()).matrix(p);
                    })
                    .get(0);
            assertThat(gathered.pattern()).isEqualTo(whole.pattern());
            assertThat(gathered.values()).containsExactly(whole.values(), within(1e-14));
        }
    }

    /** Small levels are the business of one rank. */
    @Test
    void oneRankAloneHoldsGatheredLevels() {
        CsrMatrix a = Stencils.laplacian(70, 1, 1);
        List<String> levels = Ranks.run(3, world -> {
            DistributedHierarchy hierarchy = DistributedSolver.of(
                            Parts.matrix(a, world), DistributedSettings.auto(), Team.serial())
                    .hierarchy()
                    .orElseThrow();
            assertThat(hierarchy.last().orElseThrow().levels().isPresent()).isEqualTo(world.rank() == 0);
            assertThat(hierarchy.operatorComplexity()).isBetween(2.0, 3.0);
            return hierarchy.toString();
        });
        assertThat(levels)
                .containsOnly(levels.get(0))
                .first()
                .asString()
                .contains("of a 4900 x 4900 matrix on 3 ranks");
    }

    /** Rows that the smoother nearly solves have no coarse level, and a large level is never gathered. */
    @Test
    void aLargeLevelWithoutCoarseOneIsLeftToTheSmoother() {
        List<SolveReport> reports = Ranks.run(2, world -> {
            int rows = 11_000;
            long first = (long) rows * world.rank();
            int[] rowStart = new int[rows + 1];
            long[] columns = new long[2 * rows];
            double[] values = new double[2 * rows];
            for (int i = 0; i < rows; i++) {
                rowStart[i + 1] = 2 * i + 2;
                columns[2 * i] = first + i;
                values[2 * i] = 30;
                columns[2 * i + 1] = (first + i + rows) % (2 * rows);
                values[2 * i + 1] = -1;
            }
            double[] b = new double[rows];
            Arrays.fill(b, 1);
            DistributedSolver solver = DistributedSolver.of(
                    DistributedMatrix.of(world, new RowBlock(rowStart, columns, values)),
                    DistributedSettings.auto(),
                    Team.serial());
            assertThat(solver.hierarchy().orElseThrow().levels()).isOne();
            assertThat(solver.hierarchy().orElseThrow().operatorComplexity()).isOne();
            return solver.solve(b, new double[rows], 1).get(0);
        });
        assertThat(reports).allMatch(report -> report.converged() && report.iterations() <= 6);
    }

    @Test
    void solutionsAreThoseOfTheWholeMatrix() {
        CsrMatrix a = Stencils.laplacian(20, 1, 1, 1);
        double[] exact = new Random(2).doubles(a.rows()).toArray();
        double[] b = new double[a.rows()];
        a.multiply(exact, b);
        List<double[]> parts = Ranks.run(3, world -> {
            double[] mine = Parts.vector(b, 1, world);
            double[] x = new double[mine.length];
            DistributedSolver.of(
                            Parts.matrix(a, world), DistributedSettings.auto().tolerance(1e-12), Team.serial())
                    .solve(mine, x, 1);
            return x;
        });
        assertThat(parts.stream().flatMapToDouble(Arrays::stream).toArray()).containsExactly(exact, within(1e-9));
    }

    @Test
    void allRanksHearOfTheFaultOfOne() {
        assertThatThrownBy(() -> Ranks.run(3, world -> {
                    long column = world.rank() == 1 ? 7 : world.rank();
                    return DistributedMatrix.of(
                            world, new RowBlock(new int[] {0, 1}, new long[] {column}, new double[] {1}));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Rank 1: Row 1 names column 7, but there are only columns 0 to 2.");
    }
}

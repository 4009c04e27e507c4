// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.solve.Solver;
import org.sparkjno.kernels.collective.Collective;

/** Systems that need more than a positive definite matrix: singular ones, elastic bodies, and such as need a second way. */
class DistributedSystemsTest {
    /** A rank's part of an answer. */
    private record Part(double[] x, SolveReport report) {}

    @FunctionalInterface
    private interface Settings {
        DistributedSettings of(DistributedMatrix matrix, Collective world);
    }

    private static List<Part> solve(int ranks, CsrMatrix a, double[] b, Settings settings) {
        return Ranks.run(ranks, world -> {
            DistributedMatrix matrix = Parts.matrix(a, world);
            double[] mine = Parts.vector(b, 1, world);
            double[] x = new double[mine.length];
            SolveReport report = DistributedSolver.of(matrix, settings.of(matrix, world), Team.serial())
                    .solve(mine, x, 1)
                    .get(0);
            return new Part(x, report);
        });
    }

    private static double[] whole(List<Part> parts) {
        return parts.stream().flatMapToDouble(part -> Arrays.stream(part.x())).toArray();
    }

    private static double[] random(int length, long seed) {
        return new Random(seed).doubles(length, -1, 1).toArray();
    }

    /** Two insulated plates side by side that do not touch, one of which lies on several ranks. */
    private static CsrMatrix plates(int points) {
        CsrMatrix plate = Stencils.neumann(points, 1, 1);
        CsrMatrix other = Stencils.neumann(points / 2, 2, 1);
        CsrAssembler both = new CsrAssembler(
                plate.rows() + other.rows(), plate.rows() + other.rows(), plate.entries() + other.entries());
        add(both, plate, 0);
        add(both, other, plate.rows());
        return both.assemble();
    }

    private static void add(CsrAssembler assembler, CsrMatrix a, int offset) {
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                assembler.add(offset + i, offset + a.columns()[k], a.values()[k]);
            }
        }
    }

    /** An insulated plate in a wind that drops: constants are mapped to zero by the matrix, but not by its transpose. */
    private static CsrMatrix wind(int points) {
        CsrMatrix plate = Stencils.neumann(points, 1, 1);
        CsrAssembler assembler = new CsrAssembler(plate.rows(), plate.rows(), plate.entries());
        add(assembler, plate, 0);
        for (int i = points; i < plate.rows(); i++) {
            double speed = 1.0 + i % points / (double) points;
            assembler.add(i, i, speed).add(i, i - points, -speed);
        }
        return assembler.assemble();
    }

    static Stream<Arguments> singular() {
        return Stream.of(
                Arguments.of(2, Stencils.neumann(60, 1, 1)),
                Arguments.of(5, Stencils.neumann(60, 1, 1)),
                Arguments.of(4, Stencils.neumann(15, 1, 1, 1)),
                Arguments.of(3, plates(50)),
                Arguments.of(3, wind(55)));
    }

    /** The null space is found, what lies outside the range is reported, and the answer is the shortest one. */
    @ParameterizedTest
    @MethodSource("singular")
    void singularSystemsAreSolvedAsInOneProcess(int ranks, CsrMatrix a) {
        double[] b = random(a.rows(), 1);
        Solver.Solution alone = Solver.auto().tolerance(1e-11).solve(a, b);

        List<Part> parts =
                solve(ranks, a, b, (matrix, world) -> DistributedSettings.auto().tolerance(1e-11));

        SolveReport report = parts.get(0).report();
        assertThat(report.converged()).isTrue();
        assertThat(report.rhsInconsistency())
                .isGreaterThan(1e-6)
                .isCloseTo(alone.report().rhsInconsistency(), within(1e-10));
        assertThat(report.notes()).hasSize(2).first().asString().contains("was not declared");
        double largest = Arrays.stream(alone.values()).map(Math::abs).max().orElseThrow();
        assertThat(whole(parts)).containsExactly(alone.values(), within(1e-8 * largest));
    }

    @Test
    void consistentRightHandSidesAreLeftAlone() {
        CsrMatrix a = Stencils.neumann(60, 1, 1);
        double[] b = new double[a.rows()];
        a.multiply(random(a.rows(), 2), b);
        List<Part> parts = solve(
                3,
                a,
                b,
                (matrix, world) -> DistributedSettings.auto()
                        .nullSpaces(NullSpaces.symmetric(DistributedNullSpaces.constants(matrix))));
        assertThat(parts.get(0).report().rhsInconsistency()).isLessThan(1e-13);
        assertThat(parts.get(0).report().notes()).isEmpty();
        assertThat(Arrays.stream(whole(parts)).sum()).isCloseTo(0, within(1e-8));
    }

    /** A free lattice of springs along edges and diagonals of a grid, whose null vectors are its rigid motions. */
    private static CsrMatrix springs(int points) {
        int nodes = points * points;
        CsrAssembler assembler = new CsrAssembler(2 * nodes, 2 * nodes, 36 * nodes);
        int[][] directions = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};
        for (int node = 0; node < nodes; node++) {
            for (int[] direction : directions) {
                int row = node / points + direction[0];
                int column = node % points + direction[1];
                if (row < points && column >= 0 && column < points) {
                    addSpring(assembler, node, row * points + column, direction);
                }
            }
        }
        return assembler.assemble();
    }

    private static void addSpring(CsrAssembler assembler, int node, int other, int[] direction) {
        double square = direction[0] * direction[0] + direction[1] * direction[1];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double stiffness = direction[i] * direction[j] / square;
                assembler.add(2 * node + i, 2 * node + j, stiffness).add(2 * other + i, 2 * other + j, stiffness);
                assembler.add(2 * node + i, 2 * other + j, -stiffness).add(2 * other + i, 2 * node + j, -stiffness);
            }
        }
    }

    @Test
    void nullVectorsMayBeDeclared() {
        int points = 46;
        CsrMatrix free = springs(points);
        double[] coordinates = new double[free.rows()];
        Arrays.setAll(coordinates, i -> i % 2 == 0 ? i / 2 / points : i / 2 % points);
        NearNullSpace motions = NearNullSpace.rigidBodyModes(coordinates, 2);
        double[] b = random(free.rows(), 3);
        List<Part> parts = solve(2, free, b, (matrix, world) -> {
            double[] mine = Parts.vector(coordinates, 1, world);
            List<double[]> vectors = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                vectors.add(Parts.vector(vector(motions, k), 1, world));
            }
            return DistributedSettings.auto()
                    .blockSize(2)
                    .nearNullSpace(DistributedNullSpaces.rigidBodyModes(matrix, mine, 2))
                    .nullSpaces(NullSpaces.symmetric(DistributedNullSpaces.spannedBy(matrix, vectors)));
        });
        SolveReport report = parts.get(0).report();
        assertThat(report.converged()).isTrue();
        assertThat(report.iterations()).isLessThanOrEqualTo(30);
        assertThat(report.rhsInconsistency()).isGreaterThan(1e-6);
        double[] x = whole(parts);
        for (int k = 0; k < 3; k++) {
            double[] motion = vector(motions, k);
            double product = 0;
            for (int i = 0; i < x.length; i++) {
                product += x[i] * motion[i];
            }
            assertThat(product).isCloseTo(0, within(1e-10 * norm(x) * norm(motion)));
        }
    }

    private static double[] vector(NearNullSpace space, int number) {
        double[] vector = new double[space.rows()];
        Arrays.setAll(vector, i -> space.get(i, number));
        return vector;
    }

    @Test
    void aWrongNullVectorIsRefusedByAllRanks() {
        CsrMatrix a = Stencils.laplacian(20, 1, 1);
        assertThatThrownBy(() -> solve(
                        3,
                        a,
                        random(a.rows(), 4),
                        (matrix, world) -> DistributedSettings.auto()
                                .nullSpaces(NullSpaces.symmetric(DistributedNullSpaces.constants(matrix)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The constants is none of the 400 x 400 matrix on 3 ranks");
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("plane", Elasticity.clamped(60, 60)),
                Arguments.of("cube", Elasticity.clamped(12, 12, 12)),
                Arguments.of("beam", Elasticity.beam(6)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void elasticBodiesTakeAQuarterMoreIterationsThanOnOneRankAtMost(String name, Elasticity body) {
        CsrMatrix a = body.matrix();
        int dimensions = body.dimensions();
        double[] b = new double[a.rows()];
        Arrays.fill(b, 1);
        int alone = 0;
        for (int ranks : new int[] {1, 2, 4, 8}) {
            SolveReport report = Ranks.run(ranks, world -> {
                        DistributedMatrix matrix = DistributedMatrix.of(world, Parts.rows(a, dimensions, world));
                        double[] mine = Parts.vector(b, dimensions, world);
                        NearNullSpace motions = DistributedNullSpaces.rigidBodyModes(
                                matrix, Parts.vector(body.coordinates(), dimensions, world), dimensions);
                        return DistributedSolver.of(
                                        matrix, DistributedSettings.auto().nearNullSpace(motions), Team.serial())
                                .solve(mine, new double[mine.length], 1)
                                .get(0);
                    })
                    .get(0);
            alone = ranks == 1 ? report.iterations() : alone;
            assertThat(report.notes()).isEmpty();
            assertThat(report.residual()).isLessThanOrEqualTo(1e-8);
            assertThat(report.iterations()).as("%d ranks", ranks).isLessThanOrEqualTo((int) (1.25 * alone));
        }
    }

    /** Between its eigenvalues: multigrid finds no energy there, and the ranks agree on the next way. */
    @Test
    void allRanksFallBackInTheStatedOrder() {
        CsrMatrix laplacian = Stencils.laplacian(40, 1, 1);
        CsrMatrix a = shifted(laplacian, -0.3);
        double[] b = random(a.rows(), 5);
        List<Part> parts = solve(3, a, b, (matrix, world) -> DistributedSettings.auto());
        List<String> notes = parts.get(0).report().notes();
        assertThat(parts).allMatch(part -> part.report().notes().equals(notes));
        assertThat(parts.get(0).report().converged()).isTrue();
        assertThat(notes.get(0)).startsWith("Conjugate gradients with classical multigrid ended ");
        double[] residual = b.clone();
        double[] image = new double[b.length];
        a.multiply(whole(parts), image);
        Arrays.setAll(residual, i -> b[i] - image[i]);
        assertThat(norm(residual)).isLessThanOrEqualTo(1.01e-8 * norm(b));
    }

    /** One iteration is too few for all but the inverse, which as the last way is given ten. */
    @Test
    void nonsymmetricMatricesHaveFourWays() {
        CsrMatrix a = Convection.recirculating(26, 1e-3);
        double[] b = random(a.rows(), 7);
        List<Part> parts = solve(3, a, b, (matrix, world) -> {
            DistributedSettings settings = DistributedSettings.auto();
            return settings.with(settings.criterion().atMost(1));
        });
        assertThat(parts.get(0).report().converged()).isTrue();
        assertThat(parts.get(0).report().notes())
                .hasSize(3)
                .allMatch(note -> note.contains("ITERATION_LIMIT"))
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("BiCGStab(2) with classical multigrid ended"),
                        note -> assertThat(note).contains("multigrid, swept in the order of the rows ended"),
                        note -> assertThat(note).contains("with ILU(0) inside the ranks ended"));
    }

    private static double norm(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(value -> value * value).sum());
    }

    private static CsrMatrix shifted(CsrMatrix a, double by) {
        double[] values = a.values().clone();
        for (int i = 0; i < a.rows(); i++) {
            values[a.pattern().position(i, i)] += by;
        }
        return CsrMatrix.of(a.pattern(), values);
    }

    @Test
    void signsOfTheDiagonalDecide() {
        CsrMatrix laplacian = Stencils.laplacian(60, 1, 1);
        double[] b = random(laplacian.rows(), 6);
        double[] turned = Arrays.stream(laplacian.values()).map(v -> -v).toArray();
        CsrMatrix negative = CsrMatrix.of(laplacian.pattern(), turned);
        List<Part> parts = solve(2, negative, b, (matrix, world) -> DistributedSettings.auto());
        assertThat(parts.get(0).report().notes()).isEmpty();
        assertThat(parts.get(0).report().iterations()).isLessThanOrEqualTo(10);

        double[] mixed = laplacian.values().clone();
        mixed[laplacian.pattern().position(7, 7)] = 0;
        List<String> reasons = Ranks.run(2, world -> {
            CsrMatrix a = CsrMatrix.of(laplacian.pattern(), mixed);
            DistributedSolver solver =
                    DistributedSolver.of(Parts.matrix(a, world), DistributedSettings.auto(), Team.serial());
            double[] mine = Parts.vector(b, 1, world);
            assertThat(solver.solve(mine, new double[mine.length], 1)).allMatch(SolveReport::converged);
            return solver.reason();
        });
        assertThat(reasons).allMatch(reason -> reason.startsWith("GMRES") && reason.contains("signs on the diagonal"));
    }
}

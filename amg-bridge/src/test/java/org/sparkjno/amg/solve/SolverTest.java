// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.SaddlePoints;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.MinimalResidual;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

/** What the solver chooses by itself, by the true residual. */
class SolverTest {
    private static double[] ones(int n) {
        double[] b = new double[n];
        Arrays.fill(b, 1);
        return b;
    }

    private static double residual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        a.residual(b, x, r);
        return Math.sqrt(Arrays.stream(r).map(v -> v * v).sum()
                / Arrays.stream(b).map(v -> v * v).sum());
    }

    static Stream<Arguments> gallery() {
        return Stream.of(
                Arguments.of("5-point", Stencils.laplacian(128, 1, 1), 14),
                Arguments.of("7-point", Stencils.laplacian(32, 1, 1, 1), 16),
                Arguments.of("27-point", Stencils.twentySevenPoint(24), 14),
                Arguments.of("grid anisotropy", Stencils.laplacian(128, 1, 1e-3), 20),
                Arguments.of("rotated anisotropy", FiniteElements.rotatedAnisotropy(128, 1e-3, Math.PI / 4), 40),
                Arguments.of("jumps", FiniteVolumes.chequerboard(36, 1e4), 16),
                Arguments.of("lognormal", FiniteVolumes.lognormal(128, 3, 1), 30),
                Arguments.of("convection", Convection.diagonal(128, 1e-6), 20),
                Arguments.of("recirculation", Convection.recirculating(128, 1e-5), 20));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gallery")
    void choosesAWayThatNeedsFewIterations(String name, CsrMatrix a, int iterations) {
        double[] b = ones(a.rows());
        Solver.Solution solution = Solver.auto().solve(a, b);
        assertThat(residual(a, b, solution.values())).isLessThanOrEqualTo(1e-8);
        assertThat(solution.report().notes()).isEmpty();
        assertThat(solution.report().iterations()).as(solution.reason()).isLessThanOrEqualTo(iterations);
    }

    @Test
    void saysWhyInOneLine() {
        PreparedSystem system = Solver.auto().prepare(Stencils.laplacian(50, 1, 1));
        assertThat(system.reason())
                .contains("smoothed aggregation")
                .contains("symmetric")
                .doesNotContain("\n");
    }

    @Test
    void negativeDefiniteMatricesAreTurned() {
        CsrMatrix a = Stencils.laplacian(60, -1, -1);
        double[] b = ones(a.rows());
        Solver.Solution solution = Solver.auto().solve(a, b);
        assertThat(residual(a, b, solution.values())).isLessThanOrEqualTo(1e-8);
        assertThat(solution.report().iterations()).isLessThan(16);
    }

    static Stream<Arguments> indefinite() {
        return Stream.of(
                Arguments.of("waves", Composites.shifted(Stencils.laplacian(40, 1, 1), 1, -0.5)),
                Arguments.of("many waves", Composites.shifted(Stencils.laplacian(150, 1, 1), 1, -0.3)),
                Arguments.of("short waves", Composites.shifted(Stencils.laplacian(70, 1, 1), 1, -5)),
                Arguments.of("waves in space", Composites.shifted(Stencils.laplacian(20, 1, 1, 1), 1, -1)),
                Arguments.of("resonators", Composites.shifted(Stencils.neumann(60, 1, 1), 1, -0.01)),
                Arguments.of("viscous flow", SaddlePoints.stokes(50, 1)),
                Arguments.of("thin viscous flow", SaddlePoints.stokes(50, 1e-3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void indefinite(String name, CsrMatrix a) {
        double[] b = ones(a.rows());
        Solver.Solution solution = Solver.auto().solve(a, b);
        assertThat(residual(a, b, solution.values())).isLessThanOrEqualTo(1e-8);
        assertThat(solution.report().iterations()).as("%s", solution.strategy()).isEqualTo(1);
    }

    /** What comes after the factorisation, where that would not fit. */
    @Test
    void indefiniteMatricesByIteration() {
        CsrMatrix flow = SaddlePoints.stokes(48, 1);
        Strategy blocks = new Strategy(new Gmres(60), new Preconditioning.SaddlePoint(Choice.classical()));
        CsrMatrix waves = Composites.shifted(Stencils.laplacian(24, 1, 1, 1), 1, -0.1);
        Strategy companion = new Strategy(new MinimalResidual(), new Preconditioning.Companion(Choice.classical()));
        for (Map.Entry<CsrMatrix, Strategy> entry :
                Map.of(flow, blocks, waves, companion).entrySet()) {
            CsrMatrix a = entry.getKey();
            Strategy way = entry.getValue();
            Solver solver = Solver.auto().method(way.method()).preconditioning(way.preconditioning());
            PreparedSystem system = solver.prepare(a);
            for (boolean transposed : new boolean[] {false, true}) {
                double[] b = ones(a.rows());
                double[] x = new double[a.rows()];
                PreparedSystem.Answer answer = system.answer(b, x, 1, transposed);
                assertThat(answer.strategy()).isEqualTo(way);
                assertThat(answer.reports().get(0).iterations()).as("%s", way).isLessThanOrEqualTo(30);
                assertThat(residual(a, b, x)).isLessThanOrEqualTo(1e-8);
            }
        }
    }

    /** Viscous flow carried by a wind: not symmetric, and constraints without a diagonal. */
    @Test
    void nonsymmetricSaddlePoints() {
        CsrMatrix flow = SaddlePoints.stokes(30, 1);
        double[] values = flow.values().clone();
        double[] diagonal = flow.diagonal();
        for (int i = 0; i < flow.rows(); i++) {
            for (int k = flow.rowStart()[i]; k < flow.rowStart()[i + 1]; k++) {
                int j = flow.columns()[k];
                values[k] *= j > i && diagonal[i] > 0 && diagonal[j] > 0 ? 0.9 : 1;
            }
        }
        CsrMatrix a = CsrMatrix.of(flow.pattern(), values);
        double[] b = ones(a.rows());
        assertThat(residual(a, b, Solver.auto().solve(a, b).values())).isLessThanOrEqualTo(1e-8);
        Solver blocks = Solver.auto()
                .method(new Gmres(60))
                .preconditioning(new Preconditioning.SaddlePoint(Choice.classical()));
        for (boolean transposed : new boolean[] {false, true}) {
            double[] x = new double[b.length];
            SolveReport report = blocks.prepare(a).solve(b, x, 1, transposed).get(0);
            assertThat(report.iterations()).isLessThanOrEqualTo(25);
            assertThat(residual(transposed ? a.transpose() : a, b, x)).isLessThanOrEqualTo(1e-8);
        }
    }

    @Test
    void neumannProblemsGetTheShortestSolution() {
        CsrMatrix a = Stencils.neumann(50, 1, 1);
        double[] b = new double[a.rows()];
        b[0] = 1;
        b[b.length - 1] = -1;
        Solver.Solution solution = Solver.auto().solve(a, b);
        assertThat(residual(a, b, solution.values())).isLessThanOrEqualTo(1e-7);
        assertThat(Arrays.stream(solution.values()).sum()).isCloseTo(0, within(1e-8));
    }

    @Test
    void severalRightHandSidesAreSolvedTogether() {
        CsrMatrix a = Stencils.laplacian(60, 1, 1);
        double[] b = new double[5 * a.rows()];
        Arrays.setAll(b, Math::sin);
        double[] x = new double[b.length];
        List<SolveReport> reports = Solver.auto().prepare(a).solve(b, x, 5, false);
        assertThat(reports).hasSize(5).allMatch(SolveReport::converged);
        double[] column = new double[a.rows()];
        double[] right = new double[a.rows()];
        for (int i = 0; i < a.rows(); i++) {
            column[i] = x[5 * i + 3];
            right[i] = b[5 * i + 3];
        }
        assertThat(residual(a, right, column)).isLessThanOrEqualTo(1e-8);
    }

    @Test
    void transposedSystemsUseTheSameSetup() {
        CsrMatrix a = Convection.diagonal(60, 1e-3);
        double[] b = ones(a.rows());
        double[] x = new double[a.rows()];
        assertThat(Solver.auto().prepare(a).solve(b, x, 1, true)).allMatch(SolveReport::converged);
        assertThat(residual(a.transpose(), b, x)).isLessThanOrEqualTo(1e-8);
    }

    @ParameterizedTest
    @EnumSource(Reuse.class)
    void newValuesTakeAnOldSetup(Reuse reuse) {
        CsrMatrix a = FiniteVolumes.lognormal(60, 1, 1);
        CsrMatrix other = CsrMatrix.of(
                a.pattern(), Arrays.stream(a.values()).map(v -> 1.5 * v).toArray());
        double[] b = ones(a.rows());
        double[] x = new double[a.rows()];
        assertThat(Solver.auto().prepare(a).withMatrix(other, reuse).solve(b, x, 1, false))
                .allMatch(report -> report.converged() && report.notes().isEmpty());
        assertThat(residual(other, b, x)).isLessThanOrEqualTo(1e-8);
    }

    @Test
    void hierarchiesTravelInACompactForm() throws Exception {
        CsrMatrix a = FiniteVolumes.lognormal(60, 1, 1);
        Hierarchy hierarchy = Solver.auto().prepare(a).hierarchy().orElseThrow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(hierarchy);
        }
        assertThat(bytes.size()).isLessThan((int) (0.75 * hierarchy.bytes()));
        Hierarchy arrived;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            arrived = (Hierarchy) in.readObject();
        }
        double[] b = ones(a.rows());
        double[] here = new double[a.rows()];
        double[] there = new double[a.rows()];
        Solver.auto().prepare(hierarchy).solve(b, here, 1, false);
        assertThat(Solver.auto().prepare(arrived).solve(b, there, 1, false)).allMatch(SolveReport::converged);
        assertThat(there).isEqualTo(here);
    }

    @Test
    void badInputIsNamed() {
        CsrMatrix laplacian = Stencils.laplacian(40, 1, 1);
        CsrMatrix convection = Convection.diagonal(40, 1e-3);
        Solver solver = Solver.auto();
        assertThatThrownBy(() -> solver.solve(new CsrAssembler(2, 3, 0).assemble(), new double[2]))
                .hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> solver.solve(
                        new CsrAssembler(2, 2, 1).add(0, 0, 1).add(1, 1, 0).assemble(), new double[2]))
                .hasMessageContaining("Row 1")
                .hasMessageContaining("is zero");
        assertThatThrownBy(() -> solver.solve(laplacian, new double[3])).hasMessageContaining("3 values");
        double[] b = ones(laplacian.rows());
        b[7] = Double.NaN;
        assertThatThrownBy(() -> solver.solve(laplacian, b))
                .hasMessageContaining("Value 7")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> solver.symmetric(true).prepare(convection)).hasMessageContaining("declared symmetric");
        assertThatThrownBy(() -> solver.method(new ConjugateGradient()).prepare(convection))
                .hasMessageContaining("needs a symmetric matrix");
        assertThatThrownBy(() -> solver.tolerance(1e-30).iterationLimit(20).solve(laplacian, ones(laplacian.rows())))
                .isInstanceOfSatisfying(
                        SolveException.class,
                        e -> assertThat(e)
                                .hasMessageContaining("No way to solve")
                                .extracting(SolveException::report)
                                .extracting(SolveReport::status)
                                .isNotEqualTo(Status.CONVERGED));
    }
}

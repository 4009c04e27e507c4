// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * How many iterations conjugate gradients take to 1e-8 with one V(1,1) cycle of the default hierarchy, b = 1. One set of
 * defaults for all problems.
 */
class SmoothedAggregationTest {
    private static FineLevel scalar(CsrMatrix a) {
        return new FineLevel(a, 1, NearNullSpace.constants(a.rows(), 1), 0, Team.serial());
    }

    private static FineLevel elastic(Elasticity body) {
        NearNullSpace modes = NearNullSpace.rigidBodyModes(body.coordinates(), body.dimensions());
        return new FineLevel(body.matrix(), body.dimensions(), modes, 0, Team.serial());
    }

    private static Hierarchy hierarchy(FineLevel fine, SmoothedAggregation method) {
        return Hierarchy.of(fine, method, Hierarchy.Limits.standard());
    }

    private static int iterations(Hierarchy hierarchy, KrylovMethod method) {
        CsrMatrix a = hierarchy.levels().get(0).matrix();
        double[] b = new double[a.rows()];
        Arrays.fill(b, 1);
        double[] x = new double[a.rows()];
        SolveReport report = KrylovSolver.of(method, 1e-8).solve(a, b, x, Multigrid.vCycle(hierarchy));
        double[] r = new double[a.rows()];
        a.residual(b, x, r);
        double square = Arrays.stream(r).map(v -> v * v).sum();
        assertThat(Math.sqrt(square / a.rows())).isLessThanOrEqualTo(1e-8);
        return report.iterations();
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                problem("5-point", () -> scalar(Stencils.laplacian(256, 1, 1)), 14, 1.4),
                problem("7-point", () -> scalar(Stencils.laplacian(32, 1, 1, 1)), 13, 1.6),
                problem("27-point", () -> scalar(Stencils.twentySevenPoint(24)), 11, 1.1),
                problem("grid anisotropy", () -> scalar(Stencils.laplacian(200, 1, 1e-3)), 14, 1.95),
                problem("3-D grid anisotropy", () -> scalar(Stencils.laplacian(36, 1e-3, 1, 1)), 13, 1.8),
                problem(
                        "anisotropy at 45 degrees",
                        () -> scalar(FiniteElements.rotatedAnisotropy(256, 1e-3, Math.PI / 4)),
                        32,
                        1.4),
                problem(
                        "anisotropy at 30 degrees",
                        () -> scalar(FiniteElements.rotatedAnisotropy(200, 1e-2, Math.PI / 6)),
                        32,
                        1.4),
                problem("jumps of 1e4", () -> scalar(FiniteVolumes.chequerboard(36, 1e4)), 14, 1.85),
                problem("lognormal, sigma 3", () -> scalar(FiniteVolumes.lognormal(256, 3, 1)), 26, 2),
                problem("two materials", () -> scalar(FiniteVolumes.twoMaterials(200, 3)), 15, 1.5),
                problem("elastic plate", () -> elastic(Elasticity.clamped(60, 60)), 18, 1.4),
                problem("elastic block", () -> elastic(Elasticity.clamped(12, 12, 12)), 18, 1.3),
                problem("elastic beam", () -> elastic(Elasticity.beam(6)), 20, 1.3));
    }

    private static Arguments problem(String name, Supplier<FineLevel> fine, int iterations, double complexity) {
        return Arguments.of(name, fine, iterations, complexity);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void defaultsMeetTheBar(String name, Supplier<FineLevel> fine, int iterations, double complexity) {
        Hierarchy hierarchy = hierarchy(fine.get(), SmoothedAggregation.standard());
        assertThat(hierarchy.operatorComplexity()).isLessThanOrEqualTo(complexity);
        assertThat(iterations(hierarchy, new ConjugateGradient())).isLessThanOrEqualTo(iterations);
    }

    @Test
    void countsGrowLittleWithTheSize() {
        List<List<FineLevel>> pairs = List.of(
                List.of(scalar(Stencils.laplacian(24, 1, 1, 1)), scalar(Stencils.laplacian(48, 1, 1, 1))),
                List.of(elastic(Elasticity.clamped(7, 7, 7)), elastic(Elasticity.clamped(14, 14, 14))));
        for (List<FineLevel> pair : pairs) {
            int few = iterations(hierarchy(pair.get(0), SmoothedAggregation.standard()), new ConjugateGradient());
            int many = iterations(hierarchy(pair.get(1), SmoothedAggregation.standard()), new ConjugateGradient());
            assertThat((double) many / few).isLessThanOrEqualTo(1.3);
        }
    }

    @Test
    void independentAggregatesServeToo() {
        SmoothedAggregation method = SmoothedAggregation.standard().with(Aggregation.INDEPENDENT);
        assertThat(iterations(hierarchy(scalar(Stencils.laplacian(32, 1, 1, 1)), method), new ConjugateGradient()))
                .isLessThanOrEqualTo(15);
        assertThat(iterations(hierarchy(elastic(Elasticity.clamped(12, 12, 12)), method), new ConjugateGradient()))
                .isLessThanOrEqualTo(20);
    }

    /** The two vectors (1, 0) and (0, 1) make the real method on the real form the complex method. */
    @Test
    void dampedWavesAreSolvedAsComplexSystems() {
        CsrMatrix a = Composites.helmholtz(100, 2, 0.05, 0.5);
        FineLevel fine = new FineLevel(a, 2, NearNullSpace.constants(a.rows(), 2), 0, Team.serial());
        Hierarchy hierarchy = hierarchy(fine, SmoothedAggregation.standard());
        assertThat(hierarchy.levels()).allMatch(level -> level.blockSize() == 2);
        assertThat(iterations(hierarchy, new Gmres(40))).isLessThanOrEqualTo(20);
    }

    /** Scaling by a positive diagonal changes the near-null vector, and with it declared nothing is lost. */
    @Test
    void aDeclaredNearNullVectorUndoesAScaling() {
        CsrMatrix a = Stencils.laplacian(80, 1, 1);
        double[] scale = new double[a.rows()];
        Arrays.setAll(scale, i -> 1 + 0.9 * Math.sin(i));
        CsrMatrix scaled = scaled(a, scale);
        double[] vector = new double[a.rows()];
        Arrays.setAll(vector, i -> 1 / scale[i]);
        FineLevel declared = new FineLevel(scaled, 1, new NearNullSpace(a.rows(), 1, vector), 0, Team.serial());
        int with = iterations(hierarchy(declared, SmoothedAggregation.standard()), new ConjugateGradient());
        int without = iterations(hierarchy(scalar(scaled), SmoothedAggregation.standard()), new ConjugateGradient());
        assertThat(with).isLessThan(without).isLessThanOrEqualTo(25);
    }

    private static CsrMatrix scaled(CsrMatrix a, double[] scale) {
        double[] values = a.values().clone();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                values[k] *= scale[i] * scale[a.columns()[k]];
            }
        }
        return CsrMatrix.of(a.pattern(), values);
    }

    @Test
    void positiveCouplingsConverge() {
        int n = 2000;
        CsrAssembler chain = new CsrAssembler(n, n, 3 * n);
        for (int i = 0; i < n; i++) {
            chain.add(i, i, 2.01);
            if (i + 1 < n) {
                chain.add(i, i + 1, i % 2 == 0 ? 1 : -1).add(i + 1, i, i % 2 == 0 ? 1 : -1);
            }
        }
        CsrMatrix a = chain.assemble();
        assertThat(iterations(hierarchy(scalar(a), SmoothedAggregation.standard()), new ConjugateGradient()))
                .isLessThanOrEqualTo(50);
    }

    @Test
    void identityRowsOfABoundaryDoNoHarm() {
        CsrMatrix a = Composites.disconnected(List.of(CsrMatrix.identity(500), Stencils.laplacian(60, 1, 1)));
        Hierarchy hierarchy = hierarchy(scalar(a), SmoothedAggregation.standard());
        assertThat(iterations(hierarchy, new ConjugateGradient())).isLessThanOrEqualTo(13);
        // The 500 identity rows are in no aggregate.
        assertThat(hierarchy.levels().get(1).matrix().rows()).isLessThan(3600 / 5);
    }
}

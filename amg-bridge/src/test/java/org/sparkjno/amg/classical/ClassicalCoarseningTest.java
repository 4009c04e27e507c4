// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.CoarseLevel;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

class ClassicalCoarseningTest {
    private static final ClassicalCoarsening STANDARD = ClassicalCoarsening.standard();

    private static FineLevel level(CsrMatrix a, int blockSize, Team team) {
        return new FineLevel(a, blockSize, NearNullSpace.constants(a.rows(), blockSize), 0, team);
    }

    private static CsrMatrix interpolation(CsrMatrix a, ClassicalCoarsening coarsening, Team team) {
        return coarsening.coarsen(level(a, 1, team)).orElseThrow().transfer().interpolation();
    }

    private static int iterations(CsrMatrix a, int blockSize, ClassicalCoarsening coarsening) {
        return iterations(a, Hierarchy.of(level(a, blockSize, Team.serial()), coarsening, Hierarchy.Limits.standard()));
    }

    private static int iterations(CsrMatrix a, Hierarchy hierarchy) {
        double[] b = new double[a.rows()];
        Arrays.fill(b, 1);
        return KrylovSolver.of(new ConjugateGradient(), 1e-8)
                .solve(a, b, new double[a.rows()], Multigrid.vCycle(hierarchy))
                .iterations();
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of("5-point", Stencils.laplacian(256, 1, 1), 9, 2.7),
                Arguments.of("7-point", Stencils.laplacian(32, 1, 1, 1), 9, 3.0),
                Arguments.of("27-point", Stencils.twentySevenPoint(24), 8, 1.5),
                Arguments.of("anisotropy 1e-3", Stencils.laplacian(200, 1, 1e-3), 9, 2.8),
                Arguments.of("anisotropy 1e-3, 3-D", Stencils.laplacian(24, 1e-3, 1, 1), 9, 4.0),
                Arguments.of("rotated 1e-3", FiniteElements.rotatedAnisotropy(200, 1e-3, Math.PI / 4), 17, 2.5),
                Arguments.of("jumps of 1e4", FiniteVolumes.chequerboard(36, 1e4), 10, 2.9),
                Arguments.of("lognormal", FiniteVolumes.lognormal(200, 3, 1), 14, 2.4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void reaches1e8WithinItsIterationCount(String name, CsrMatrix a, int most, double complexity) {
        Hierarchy hierarchy = Hierarchy.of(a, STANDARD);
        assertThat(hierarchy.operatorComplexity()).isLessThan(complexity);
        assertThat(iterations(a, hierarchy)).isLessThanOrEqualTo(most);
    }

    @Test
    void countGrowsLittleWithTheSize() {
        int few = iterations(Stencils.laplacian(20, 1, 1, 1), 1, STANDARD);
        int many = iterations(Stencils.laplacian(40, 1, 1, 1), 1, STANDARD);
        assertThat((double) many / few).isLessThanOrEqualTo(1.3);
    }

    @Test
    void pmisAndAggressiveLevelsTakeLessMemory() {
        CsrMatrix a = Stencils.laplacian(32, 1, 1, 1);
        Hierarchy pmis = Hierarchy.of(a, STANDARD.withSplitting(Splitting.PMIS));
        Hierarchy aggressive = Hierarchy.of(a, STANDARD.withAggressiveLevels(1));
        assertThat(pmis.operatorComplexity()).isLessThan(2.8);
        assertThat(iterations(a, pmis)).isLessThanOrEqualTo(10);
        assertThat(aggressive.operatorComplexity()).isLessThan(1.4);
        assertThat(iterations(a, aggressive)).isLessThanOrEqualTo(14);
    }

    @Test
    void elasticityIsCoarsenedDisplacementByDisplacement() {
        assertThat(iterations(Elasticity.clamped(40, 40).matrix(), 2, STANDARD.withStrength(0.5)))
                .isLessThanOrEqualTo(16);
        assertThat(iterations(Elasticity.clamped(8, 8, 8).matrix(), 3, STANDARD.withStrength(0.5)))
                .isLessThanOrEqualTo(18);
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void constantsAreInterpolatedExactlyInRowsOfSumZero(Interpolation method) {
        for (CsrMatrix a : new CsrMatrix[] {
            FiniteVolumes.lognormal(30, 2, 1), Stencils.twentySevenPoint(10), Stencils.neumann(20, 1, 0.1)
        }) {
            CsrMatrix p = interpolation(a, STANDARD.withInterpolation(method).withMaxRowSum(2), Team.serial());
            double[] ones = new double[p.columnCount()];
            Arrays.fill(ones, 1);
            double[] interpolated = new double[p.rows()];
            p.multiply(ones, interpolated);
            double[] sums = new double[a.rows()];
            double[] one = new double[a.rows()];
            Arrays.fill(one, 1);
            a.multiply(one, sums);
            for (int i = 0; i < sums.length; i++) {
                boolean filled = p.rowStart()[i] < p.rowStart()[i + 1];
                if (filled && neighboursSumToZero(a, sums, i, 2)) {
                    assertThat(interpolated[i]).isCloseTo(1, within(1e-10));
                }
                assertThat(p.rowStart()[i + 1] - p.rowStart()[i]).isLessThanOrEqualTo(4);
            }
        }
    }

    /** Rows further from the boundary than the steps that an interpolation takes over other rows. */
    private static boolean neighboursSumToZero(CsrMatrix a, double[] sums, int i, int steps) {
        if (Math.abs(sums[i]) > 1e-12 * a.get(i, i)) {
            return false;
        }
        for (int k = a.rowStart()[i]; steps > 0 && k < a.rowStart()[i + 1]; k++) {
            if (!neighboursSumToZero(a, sums, a.columns()[k], steps - 1)) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void doesNotDependOnTheNumberOfThreads(Interpolation method) {
        CsrMatrix a = FiniteVolumes.lognormal(100, 2, 1);
        ClassicalCoarsening coarsening = STANDARD.withInterpolation(method);
        CsrMatrix alone = interpolation(a, coarsening, Team.serial());
        CsrMatrix together = interpolation(a, coarsening, Team.of(3));
        assertThat(together.pattern()).isEqualTo(alone.pattern());
        assertThat(together.values()).isEqualTo(alone.values());
    }

    @Test
    void nearNullVectorsPassByTheirValuesAtCoarsePoints() {
        CsrMatrix a = Stencils.laplacian(50, 1);
        double[] vectors = new double[100];
        for (int i = 0; i < 50; i++) {
            vectors[2 * i] = 1;
            vectors[2 * i + 1] = i;
        }
        CoarseLevel coarse = STANDARD.coarsen(new FineLevel(a, 1, new NearNullSpace(50, 2, vectors), 0, Team.serial()))
                .orElseThrow();
        CsrMatrix r = coarse.transfer().restriction();
        for (int c = 0; c < r.rows(); c++) {
            int place = (int) coarse.nearNullSpace().get(c, 1);
            assertThat(coarse.nearNullSpace().get(c, 0)).isEqualTo(1);
            assertThat(r.get(c, place)).isEqualTo(1);
        }
    }

    @Test
    void matricesWithoutStrongCouplingsAreNotCoarsened() {
        CsrMatrix single = new CsrAssembler(1, 1, 1).add(0, 0, 3).assemble();
        CsrMatrix positive = new CsrAssembler(2, 2, 4)
                .add(0, 0, 2)
                .add(0, 1, 1)
                .add(1, 0, 1)
                .add(1, 1, 2)
                .assemble();
        for (CsrMatrix a : new CsrMatrix[] {single, positive, CsrMatrix.identity(300), shifted(20, 100)}) {
            Optional<CoarseLevel> coarse = STANDARD.coarsen(level(a, 1, Team.serial()));
            assertThat(coarse).as("%s", a).isEmpty();
        }
    }

    /** A Laplacian whose diagonal outweighs it: one sweep of the smoother nearly solves it. */
    private static CsrMatrix shifted(int points, double shift) {
        CsrMatrix a = Stencils.laplacian(points, 1, 1);
        CsrAssembler assembler = new CsrAssembler(a.rows(), a.rows(), 6 * a.rows());
        for (int i = 0; i < a.rows(); i++) {
            assembler.add(i, i, shift);
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                assembler.add(i, a.columns()[k], a.values()[k]);
            }
        }
        return assembler.assemble();
    }

    @Test
    void isolatedRowsAreLeftToTheSmoother() {
        CsrMatrix a = Stencils.laplacian(40, 1, 1);
        int n = a.rows();
        CsrAssembler assembler = new CsrAssembler(n + 500, n + 500, a.entries() + 500);
        for (int i = 0; i < n; i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                assembler.add(i, a.columns()[k], a.values()[k]);
            }
        }
        for (int i = n; i < n + 500; i++) {
            assembler.add(i, i, 7);
        }
        CsrMatrix mixed = assembler.assemble();
        CsrMatrix p = interpolation(mixed, STANDARD, Team.serial());
        assertThat(p.rowStart()[n + 500]).isEqualTo(p.rowStart()[n]);
        assertThat(iterations(mixed, 1, STANDARD)).isLessThanOrEqualTo(9);
    }

    @Test
    void signsOfAWholeSystemDoNotMatter() {
        CsrMatrix a = FiniteVolumes.lognormal(30, 2, 1);
        double[] turned = Arrays.stream(a.values()).map(v -> -v).toArray();
        CsrMatrix plus = interpolation(a, STANDARD, Team.serial());
        CsrMatrix minus = interpolation(CsrMatrix.of(a.pattern(), turned), STANDARD, Team.serial());
        assertThat(minus.pattern()).isEqualTo(plus.pattern());
        assertThat(minus.values()).isEqualTo(plus.values());
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> STANDARD.withStrength(-0.1)).hasMessageContaining("strength threshold");
        assertThatThrownBy(() -> STANDARD.withMaxRowSum(0)).hasMessageContaining("row sum limit");
        assertThatThrownBy(() -> STANDARD.withRowElements(0)).hasMessageContaining("at least one weight");
        assertThatThrownBy(() -> STANDARD.withAggressiveLevels(-1)).hasMessageContaining("aggressive levels");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.FiniteElements;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

class SplittingTest {
    static Stream<CsrMatrix> matrices() {
        return Stream.of(
                Stencils.laplacian(40, 1, 1),
                Stencils.laplacian(12, 1, 1, 1),
                Stencils.laplacian(300, 1),
                Stencils.twentySevenPoint(10),
                FiniteElements.rotatedAnisotropy(40, 1e-3, Math.PI / 4),
                FiniteVolumes.lognormal(40, 3, 1),
                Convection.recirculating(40, 1e-6),
                randomGraph(500, 3));
    }

    /** A nonsymmetric M-matrix without any order. */
    private static CsrMatrix randomGraph(int n, long seed) {
        Random random = new Random(seed);
        CsrAssembler assembler = new CsrAssembler(n, n, 5 * n);
        for (int i = 0; i < n; i++) {
            for (int k = random.nextInt(5); k > 0; k--) {
                double coupling = random.nextDouble();
                assembler.add(i, random.nextInt(n), -coupling).add(i, i, 2 * coupling);
            }
            assembler.add(i, i, 0.01);
        }
        return assembler.assemble();
    }

    private static StrongCouplings couplings(CsrMatrix a) {
        return StrongCouplings.of(a, 0.25, 0.9, Team.serial());
    }

    private static Set<Integer> within(Couplings graph, int point, int steps) {
        Set<Integer> reached = new HashSet<>();
        for (int k = graph.start()[point]; k < graph.start()[point + 1]; k++) {
            reached.add(graph.columns()[k]);
            if (steps > 1) {
                reached.addAll(within(graph, graph.columns()[k], steps - 1));
            }
        }
        return reached;
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void finePointsHaveCoarsePointsWithinTwoSteps(CsrMatrix a) {
        StrongCouplings strong = couplings(a);
        for (Splitting splitting : Splitting.values()) {
            byte[] types = splitting.split(strong.dependences(), strong.influences(), Team.serial());
            for (int i = 0; i < types.length; i++) {
                boolean depends = strong.dependences().degree(i) > 0;
                assertThat(types[i]).isNotEqualTo(PointType.UNDECIDED);
                assertThat(types[i] == PointType.ISOLATED).isEqualTo(!depends);
                // What nobody depends on may hang on points that are themselves isolated or hang so.
                if (types[i] == PointType.FINE && strong.influences().degree(i) > 0) {
                    assertThat(within(strong.dependences(), i, 2))
                            .as("around %d", i)
                            .anyMatch(j -> types[j] == PointType.COARSE);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void pmisCoarsePointsAreNotMutuallyCoupled(CsrMatrix a) {
        StrongCouplings strong = couplings(a);
        byte[] types = Splitting.PMIS.split(strong.dependences(), strong.influences(), Team.serial());
        for (int i = 0; i < types.length; i++) {
            if (types[i] == PointType.COARSE) {
                Set<Integer> mutual = within(strong.dependences(), i, 1);
                mutual.retainAll(within(strong.influences(), i, 1));
                assertThat(mutual).noneMatch(j -> types[j] == PointType.COARSE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Splitting.class)
    void doesNotDependOnTheNumberOfThreads(Splitting splitting) {
        CsrMatrix a = FiniteVolumes.lognormal(100, 2, 1);
        StrongCouplings alone = couplings(a);
        StrongCouplings together = StrongCouplings.of(a, 0.25, 0.9, Team.of(3));
        assertThat(together.dependences().columns())
                .isEqualTo(alone.dependences().columns());
        assertThat(splitting.split(together.dependences(), together.influences(), Team.of(3)))
                .isEqualTo(splitting.split(alone.dependences(), alone.influences(), Team.serial()));
        assertThat(splitting.splitAggressively(together.dependences(), together.influences(), Team.of(3)))
                .isEqualTo(splitting.splitAggressively(alone.dependences(), alone.influences(), Team.serial()));
    }

    @Test
    void firstPassMakesAChequerboardOfTheFivePointStencil() {
        StrongCouplings strong = couplings(Stencils.laplacian(20, 1, 1));
        byte[] types = Splitting.HMIS.split(strong.dependences(), strong.influences(), Team.serial());
        for (int i = 0; i < types.length; i++) {
            if (types[i] == PointType.COARSE) {
                assertThat(within(strong.dependences(), i, 1)).noneMatch(j -> types[j] == PointType.COARSE);
            } else {
                assertThat(within(strong.dependences(), i, 1)).allMatch(j -> types[j] == PointType.COARSE);
            }
        }
    }

    @Test
    void aggressiveCoarseningIsMuchSparser() {
        StrongCouplings strong = couplings(Stencils.laplacian(16, 1, 1, 1));
        byte[] types = Splitting.HMIS.splitAggressively(strong.dependences(), strong.influences(), Team.serial());
        int coarse = 0;
        for (byte type : types) {
            coarse += type == PointType.COARSE ? 1 : 0;
        }
        assertThat(coarse).isBetween(types.length / 30, types.length / 6);
    }

    @Test
    void weightsOfDifferentPointsDiffer() {
        long[] weights = new long[1 << 16];
        Arrays.setAll(weights, i -> IndependentSet.weight(((long) i << 24) + i, 3));
        assertThat(Arrays.stream(weights).distinct().count()).isEqualTo(weights.length);
        assertThat(IndependentSet.weight(0, 4)).isGreaterThan(IndependentSet.weight(1, 3));
        assertThat(Arrays.stream(weights).min().orElseThrow()).isPositive();
    }

    @Test
    void processesThatShareAGraphSplitItLikeOne() {
        CsrMatrix a = Stencils.laplacian(30, 1, 1);
        StrongCouplings strong = couplings(a);
        byte[] whole = Splitting.PMIS.split(strong.dependences(), strong.influences(), Team.serial());
        assertThat(new SharedGraph(strong, 3).split()).isEqualTo(whole);
    }
}

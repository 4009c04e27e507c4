// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.aggregation.Prolongation.MinimalEnergy;
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
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Interpolations of least energy: what they keep, what they lessen and what that is good for. */
class EnergyMinimisationTest {
    private static FineLevel scalar(CsrMatrix a, Team team) {
        return new FineLevel(a, 1, NearNullSpace.constants(a.rows(), 1), 0, team);
    }

    private static FineLevel elastic(Elasticity body) {
        NearNullSpace modes = NearNullSpace.rigidBodyModes(body.coordinates(), body.dimensions());
        return new FineLevel(body.matrix(), body.dimensions(), modes, 0, Team.serial());
    }

    private static SmoothedAggregation minimal(int reach, int steps) {
        return SmoothedAggregation.standard().with(new MinimalEnergy(reach, steps));
    }

    private static CoarseLevel coarse(FineLevel fine, SmoothedAggregation method) {
        return method.coarsen(fine).orElseThrow();
    }

    private static double energy(CsrMatrix a, CsrMatrix p) {
        CsrMatrix product = a.galerkin(p.transpose(), p, Team.serial());
        return Arrays.stream(product.diagonal()).sum();
    }

    static Stream<Arguments> levels() {
        return Stream.of(
                Arguments.of("5-point", scalar(Stencils.laplacian(20, 1, 1), Team.serial())),
                Arguments.of("jumps", scalar(FiniteVolumes.chequerboard(12, 1e4), Team.serial())),
                Arguments.of("rotated", scalar(FiniteElements.rotatedAnisotropy(20, 1e-2, Math.PI / 6), Team.serial())),
                Arguments.of("plate", elastic(Elasticity.clamped(10, 10))),
                Arguments.of("block", elastic(Elasticity.clamped(5, 5, 5))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void nearNullVectorsAreGivenBack(String name, FineLevel fine) {
        for (int reach = 1; reach <= 2; reach++) {
            CoarseLevel coarse = coarse(fine, minimal(reach, 5));
            int width = fine.nearNullSpace().width();
            double[] image = new double[fine.nearNullSpace().values().length];
            coarse.transfer().interpolation().multiply(coarse.nearNullSpace().values(), image, width, Team.serial());
            assertThat(image).containsExactly(fine.nearNullSpace().values(), within(1e-10));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void energyFallsToItsLeast(String name, FineLevel fine) {
        CsrMatrix a = fine.matrix();
        double last = Double.POSITIVE_INFINITY;
        for (int steps : new int[] {1, 2, 4, 8}) {
            double energy = energy(a, coarse(fine, minimal(1, steps)).transfer().interpolation());
            assertThat(energy).isLessThan(last * (1 + 1e-12));
            last = energy;
        }
        double most = energy(a, coarse(fine, minimal(1, 200)).transfer().interpolation());
        double more = energy(a, coarse(fine, minimal(1, 300)).transfer().interpolation());
        assertThat(more).isCloseTo(most, within(1e-6 * most));
        assertThat(energy(a, coarse(fine, minimal(2, 200)).transfer().interpolation()))
                .isLessThan(most);
    }

    @Test
    void threadsDoNotChangeIt() {
        CsrMatrix a = FiniteVolumes.lognormal(100, 1, 1);
        CsrMatrix one =
                coarse(scalar(a, Team.serial()), minimal(1, 4)).transfer().interpolation();
        CsrMatrix three =
                coarse(scalar(a, Team.of(3)), minimal(1, 4)).transfer().interpolation();
        assertThat(three.pattern()).isEqualTo(one.pattern());
        assertThat(three.values()).isEqualTo(one.values());
    }

    private static void assertIterations(
            FineLevel fine, SmoothedAggregation method, int iterations, double complexity) {
        Hierarchy hierarchy = Hierarchy.of(fine, method, Hierarchy.Limits.standard());
        double[] b = new double[fine.matrix().rows()];
        Arrays.fill(b, 1);
        int taken = KrylovSolver.of(new ConjugateGradient(), 1e-8)
                .solve(fine.matrix(), b, new double[b.length], Multigrid.vCycle(hierarchy))
                .iterations();
        assertThat(taken).isLessThanOrEqualTo(iterations);
        assertThat(hierarchy.operatorComplexity()).isLessThanOrEqualTo(complexity);
    }

    /** Between the directions of the grid smoothing by one step takes 159, 90, 74, 45 and 24 iterations. */
    @ParameterizedTest
    @CsvSource({"0, 17", "10, 21", "20, 23", "30, 33", "45, 25"})
    void anisotropyBetweenTheDirectionsOfTheGrid(double degrees, int iterations) {
        CsrMatrix a = FiniteElements.rotatedAnisotropy(200, 1e-3, Math.toRadians(degrees));
        SmoothedAggregation method =
                new SmoothedAggregation(0.6, 0.25, Aggregation.GREEDY, Prolongation.minimalEnergy());
        assertIterations(scalar(a, Team.serial()), method, iterations, 1.9);
    }

    @Test
    void elasticBodies() {
        SmoothedAggregation method = SmoothedAggregation.standard().with(Prolongation.minimalEnergy());
        assertIterations(elastic(Elasticity.clamped(60, 60)), method, 16, 1.3);
        assertIterations(elastic(Elasticity.beam(6)), method, 18, 1.2);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new MinimalEnergy(0, 4)).hasMessageContaining("must be positive, but are 0 and 4");
    }
}

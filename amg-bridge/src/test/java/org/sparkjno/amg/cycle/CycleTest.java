// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Multigrid.Options;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.BlockGaussSeidel;
import org.sparkjno.amg.smoother.BlockJacobi;
import org.sparkjno.amg.smoother.Chebyshev;
import org.sparkjno.amg.smoother.DampedJacobi;
import org.sparkjno.amg.smoother.GaussSeidel;
import org.sparkjno.amg.smoother.Ilu0;
import org.sparkjno.amg.smoother.JacobiL1;
import org.sparkjno.amg.smoother.Smoothing;
import org.sparkjno.amg.smoother.Spai0;

class CycleTest {
    private static final Map<String, Smoothing> SMOOTHERS = new LinkedHashMap<>();

    static {
        SMOOTHERS.put("Gauss-Seidel", GaussSeidel::of);
        SMOOTHERS.put("l1-Jacobi", JacobiL1::of);
        SMOOTHERS.put("damped Jacobi", DampedJacobi::of);
        SMOOTHERS.put("SPAI0", Spai0::of);
        SMOOTHERS.put("Chebyshev", Chebyshev::of);
        SMOOTHERS.put("ILU0", Ilu0::of);
        SMOOTHERS.put("block Jacobi", BlockJacobi::of);
        SMOOTHERS.put("block Gauss-Seidel", BlockGaussSeidel::of);
    }

    static Stream<Arguments> smootherAndCycle() {
        List<Arguments> cases = new ArrayList<>();
        SMOOTHERS.forEach((name, smoothing) -> {
            for (Cycle cycle : Cycle.values()) {
                if (cycle.isLinear()) {
                    cases.add(Arguments.of(name, smoothing, cycle));
                }
            }
        });
        return cases.stream();
    }

    private static double[] random(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }

    private static double[] apply(Preconditioner cycle, double[] r) {
        double[] z = random(r.length, 55);
        cycle.begin(1).apply(r, z);
        return z;
    }

    /** Diffusion with a drift that rotates. */
    private static CsrMatrix drift(int points) {
        CsrMatrix diffusion = Stencils.laplacian(points, 1, 1);
        CsrAssembler assembler = new CsrAssembler(points * points, points * points, diffusion.entries());
        for (int i = 0; i < diffusion.rows(); i++) {
            for (int k = diffusion.rowStart()[i]; k < diffusion.rowStart()[i + 1]; k++) {
                int j = diffusion.columns()[k];
                double skew = 0.4 * Math.sin(0.1 * (i + j)) * Integer.signum(j - i);
                assembler.add(i, j, diffusion.values()[k] + skew);
            }
        }
        return assembler.assemble();
    }

    private static void assertAdjoint(Preconditioner cycle, Preconditioner adjoint, int n) {
        double[] u = random(n, 1);
        double[] v = random(n, 2);
        double[] cu = apply(cycle, u);
        double[] cv = apply(adjoint, v);
        assertThat(dot(cu, v)).isCloseTo(dot(u, cv), within(1e-12 * Math.sqrt(dot(cu, cu) * dot(v, v))));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("smootherAndCycle")
    void transposedCycleIsTheExactTranspose(String name, Smoothing smoothing, Cycle cycle) {
        CsrMatrix a = drift(70);
        Options options = Options.standard().with(smoothing).with(cycle).withSweeps(2, 1);
        Multigrid multigrid = Multigrid.of(Hierarchy.of(a, SmoothedAggregation.standard()), options, Team.of(2));
        assertAdjoint(multigrid, multigrid.transposed(), a.rows());
        assertThat(multigrid.transposed()).isSameAs(multigrid.transposed());
        assertThat(multigrid.transposed().transposed()).isSameAs(multigrid);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("smootherAndCycle")
    void cycleOfASymmetricMatrixIsSymmetric(String name, Smoothing smoothing, Cycle cycle) {
        CsrMatrix a = FiniteVolumes.lognormal(70, 1, 3);
        Options options = Options.standard().with(smoothing).with(cycle);
        Multigrid multigrid = Multigrid.of(Hierarchy.of(a, SmoothedAggregation.standard()), options, Team.of(3));
        if (cycle.isSymmetric()) {
            assertAdjoint(multigrid, multigrid, a.rows());
            assertThat(multigrid.transposed()).isSameAs(multigrid);
        } else {
            assertAdjoint(multigrid, multigrid.transposed(), a.rows());
        }
    }

    @ParameterizedTest
    @EnumSource(Cycle.class)
    void severalVectorsAtOnceAreAsGoodAsOneByOne(Cycle cycle) {
        CsrMatrix a = FiniteVolumes.twoMaterials(70, 3);
        Multigrid multigrid = Multigrid.of(
                Hierarchy.of(a, SmoothedAggregation.standard()),
                Options.standard().with(cycle),
                Team.of(2));
        int width = 9;
        double[] r = random(a.rows() * width, 4);
        double[] z = new double[r.length];
        multigrid.begin(width).apply(r, z);
        for (int j = 0; j < width; j++) {
            double[] single = new double[a.rows()];
            for (int i = 0; i < single.length; i++) {
                single[i] = r[i * width + j];
            }
            double[] alone = apply(multigrid, single);
            double difference = 0;
            for (int i = 0; i < alone.length; i++) {
                difference = Math.max(difference, Math.abs(alone[i] - z[i * width + j]));
            }
            assertThat(difference).isLessThan(1e-12 * Math.sqrt(dot(alone, alone)));
        }
    }

    /** Every cycle alone converges, those with more visits not slower. */
    @ParameterizedTest
    @EnumSource(Cycle.class)
    void moreVisitsConvergeNotSlower(Cycle cycle) {
        CsrMatrix a = Stencils.laplacian(28, 1, 1, 1);
        Hierarchy hierarchy = Hierarchy.of(a, SmoothedAggregation.standard());
        double v = residualAfter(a, Multigrid.vCycle(hierarchy), 8);
        double other =
                residualAfter(a, Multigrid.of(hierarchy, Options.standard().with(cycle), Team.serial()), 8);
        assertThat(other).isLessThanOrEqualTo(v * 1.0001).isLessThan(1e-3);
    }

    private static double residualAfter(CsrMatrix a, Multigrid cycle, int iterations) {
        double[] b = random(a.rows(), 6);
        double[] x = new double[b.length];
        double[] r = b.clone();
        double[] z = new double[b.length];
        Preconditioner.Application application = cycle.begin(1);
        for (int iteration = 0; iteration < iterations; iteration++) {
            application.apply(r, z);
            for (int i = 0; i < x.length; i++) {
                x[i] += z[i];
            }
            a.residual(b, x, r);
        }
        return Math.sqrt(dot(r, r) / dot(b, b));
    }

    @Test
    void teamsNeedFewMoreIterations() {
        CsrMatrix a = Stencils.laplacian(100, 1, 1);
        Hierarchy hierarchy = Hierarchy.of(a, SmoothedAggregation.standard());
        double[] b = random(a.rows(), 7);
        List<Integer> counts = new ArrayList<>();
        for (int threads : new int[] {1, 2, 8}) {
            Multigrid cycle = Multigrid.of(hierarchy, Options.standard(), Team.of(threads));
            counts.add(KrylovSolver.of(new ConjugateGradient(), 1e-8)
                    .solve(a, b, new double[b.length], cycle)
                    .iterations());
        }
        assertThat(counts).allMatch(count -> count <= counts.get(0) + 2);
    }

    @Test
    void aLargeCoarsestLevelIsFactorisedSparsely() {
        CsrMatrix a = Stencils.laplacian(60, 1, 1);
        Hierarchy one = new Hierarchy(List.of(new Level(a, 1, Optional.empty())));
        Multigrid direct = Multigrid.vCycle(one);
        assertThat(direct.toString()).contains("sparse LDL'");
        assertThat(residualAfter(a, direct, 1)).isLessThan(1e-12);
    }

    @Test
    void kCyclesAskForAFlexibleMethod() {
        Hierarchy hierarchy = Hierarchy.of(Stencils.laplacian(30, 1, 1), SmoothedAggregation.standard());
        assertThat(Multigrid.of(hierarchy, Options.standard().with(Cycle.K), Team.serial())
                        .isLinear())
                .isFalse();
        assertThat(Multigrid.vCycle(hierarchy).isLinear()).isTrue();
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> Options.standard().withSweeps(0, 1)).hasMessageContaining("at least one sweep");
        CsrMatrix skew = new CsrAssembler(400_001, 400_001, 3)
                .add(0, 0, 1)
                .add(0, 1, 1)
                .add(1, 0, -1)
                .assemble();
        Hierarchy one = new Hierarchy(List.of(new Level(skew, 1, Optional.empty())));
        assertThatThrownBy(() -> Multigrid.vCycle(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 is zero");
    }
}

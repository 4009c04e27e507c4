// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.classical.ClassicalCoarsening;
import org.sparkjno.amg.cycle.Multigrid.Options;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Elasticity;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;
import org.sparkjno.amg.smoother.BlockGaussSeidel;
import org.sparkjno.amg.smoother.Chebyshev;
import org.sparkjno.amg.smoother.Ilu0;
import org.sparkjno.amg.smoother.JacobiL1;
import org.sparkjno.amg.smoother.Smoothing;
import org.sparkjno.amg.smoother.Spai0;

class CompiledCycleTest {
    /** Enough rows for two threads to share them. */
    private static final CsrMatrix POISSON = Stencils.laplacian(17, 1, 1, 1);

    /** A hierarchy and what smooths it. */
    private record Case(Hierarchy hierarchy, Options options) {
        Multigrid cycle(Precision precision, int threads) {
            return Multigrid.of(hierarchy, options.with(precision), Team.of(threads));
        }

        int rows() {
            return hierarchy.levels().get(0).matrix().rows();
        }
    }

    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    static {
        Hierarchy poisson = Hierarchy.of(POISSON, SmoothedAggregation.standard());
        CASES.put("Gauss-Seidel", new Case(poisson, Options.standard()));
        CASES.put(
                "Gauss-Seidel, two sweeps", new Case(poisson, Options.standard().withSweeps(2, 1)));
        CASES.put("W-cycle", new Case(poisson, Options.standard().with(Cycle.W)));
        CASES.put("F-cycle", new Case(poisson, Options.standard().with(Cycle.F)));
        Map<String, Smoothing> smoothers =
                Map.of("Chebyshev", Chebyshev::of, "SPAI0", Spai0::of, "l1-Jacobi", JacobiL1::of);
        smoothers.forEach((name, smoothing) ->
                CASES.put(name, new Case(poisson, Options.standard().with(smoothing))));
        Hierarchy flow = Hierarchy.of(Convection.recirculating(70, 1e-3), ClassicalCoarsening.standard());
        CASES.put("not symmetric", new Case(flow, Options.standard()));
        CASES.put("nodes", new Case(elasticity(), Options.standard().with(BlockGaussSeidel::of)));
    }

    private static Hierarchy elasticity() {
        Elasticity body = Elasticity.clamped(12, 12, 12);
        NearNullSpace motions = NearNullSpace.rigidBodyModes(body.coordinates(), 3);
        return Hierarchy.of(
                new FineLevel(body.matrix(), 3, motions, 0, Team.serial()),
                SmoothedAggregation.standard(),
                Hierarchy.Limits.standard());
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    private static double[] random(int length, long seed) {
        return new Random(seed).doubles(length, -1, 1).toArray();
    }

    private static double[] column(double[] block, int width, int j) {
        double[] column = new double[block.length / width];
        Arrays.setAll(column, i -> block[i * width + j]);
        return column;
    }

    private static double[] apply(Preconditioner cycle, double[] r, int width) {
        double[] z = random(r.length, 5);
        Preconditioner.Application application = cycle.begin(width);
        application.apply(r, z);
        // Once more, since nothing of the first use may be left.
        application.apply(r, z);
        return z;
    }

    private static double difference(double[] x, double[] y) {
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
            apart = Math.max(apart, Math.abs(x[i] - y[i]));
        }
        return apart / largest;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecisionAndSeveralColumnsAreTheSameCycle(String name) {
        Case tried = CASES.get(name);
        for (int threads = 1; threads <= 2; threads++) {
            Multigrid plain = tried.cycle(Precision.DOUBLE, threads);
            Multigrid mixed = tried.cycle(Precision.MIXED, threads);
            for (int width : new int[] {1, 19}) {
                double[] r = random(tried.rows() * width, width);
                double[] rounded = apply(mixed, r, width);
                double[] together = apply(plain, r, width);
                for (int j = 0; j < width; j++) {
                    double[] alone = apply(plain, column(r, width, j), 1);
                    assertThat(difference(alone, column(together, width, j))).isLessThan(1e-12);
                    assertThat(difference(alone, column(rounded, width, j))).isLessThan(1e-5);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTransposedCycleIsTheTranspose(String name) {
        Case tried = CASES.get(name);
        for (Precision precision : Precision.values()) {
            Multigrid cycle = tried.cycle(precision, 2);
            double[] u = random(2 * tried.rows(), 1);
            double[] v = random(2 * tried.rows(), 2);
            double[] cu = apply(cycle, u, 2);
            double[] cv = apply(cycle.transposed(), v, 2);
            double scale = Math.sqrt(dot(cu, cu) * dot(v, v));
            assertThat(Math.abs(dot(cu, v) - dot(u, cv)) / scale)
                    .isLessThan(precision == Precision.MIXED ? 1e-6 : 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-30, 1e30})
    void residualsOfAnySizeFitSinglePrecision(double size) {
        Case tried = CASES.get("Gauss-Seidel");
        double[] r = random(tried.rows(), 3);
        double[] scaled = Arrays.stream(r).map(value -> size * size * value).toArray();
        double[] expected = apply(tried.cycle(Precision.DOUBLE, 1), scaled, 1);
        assertThat(difference(expected, apply(tried.cycle(Precision.MIXED, 1), scaled, 1)))
                .isLessThan(1e-5);
    }

    @Test
    void matricesBeyondSinglePrecisionStayInDouble() {
        double[] tiny =
                Arrays.stream(POISSON.values()).map(value -> 1e-40 * value).toArray();
        Hierarchy hierarchy = Hierarchy.of(CsrMatrix.of(POISSON.pattern(), tiny), SmoothedAggregation.standard());
        double[] r = random(POISSON.rows(), 3);
        Multigrid cycle = Multigrid.of(hierarchy, Options.standard().with(Precision.MIXED), Team.serial());
        assertThat(cycle.toString()).doesNotContain("single");
        assertThat(apply(cycle, r, 1)).isEqualTo(apply(Multigrid.vCycle(hierarchy), r, 1));
    }

    @Test
    void newValuesInAnOldPatternAreTaken() {
        Case tried = CASES.get("nodes");
        CsrMatrix matrix = tried.hierarchy().levels().get(0).matrix();
        double[] values = matrix.values().clone();
        for (int i = 0; i < matrix.rows(); i++) {
            values[matrix.pattern().diagonal()[i]] *= 1 + 0.1 * (i % 7);
        }
        CsrMatrix other = CsrMatrix.of(matrix.pattern(), values);
        Hierarchy renewed = tried.hierarchy().withMatrix(other, Team.serial());
        double[] r = random(tried.rows(), 3);
        for (int threads = 1; threads <= 2; threads++) {
            Multigrid known = tried.cycle(Precision.MIXED, threads);
            Multigrid anew = new Case(renewed, tried.options()).cycle(Precision.MIXED, threads);
            assertThat(apply(known.withHierarchy(renewed), r, 1)).isEqualTo(apply(anew, r, 1));
        }
    }

    @Test
    void smoothersWithoutMachineCodeStayInDouble() {
        Case tried = new Case(
                CASES.get("Gauss-Seidel").hierarchy(), Options.standard().with(Ilu0::of));
        double[] r = random(tried.rows(), 3);
        assertThat(apply(tried.cycle(Precision.MIXED, 1), r, 1))
                .isEqualTo(apply(tried.cycle(Precision.DOUBLE, 1), r, 1));
        assertThatThrownBy(() -> Options.standard().with(Cycle.K).with(Precision.MIXED))
                .hasMessageContaining("K-cycle");
    }

    @Test
    void halfTheMatrixInHalfTheBytesIsAThirdMore() {
        Multigrid plain = CASES.get("Gauss-Seidel").cycle(Precision.DOUBLE, 1);
        Multigrid mixed = CASES.get("Gauss-Seidel").cycle(Precision.MIXED, 1);
        assertThat((double) mixed.bytes() / plain.bytes()).isBetween(1.2, 1.4);
    }
}

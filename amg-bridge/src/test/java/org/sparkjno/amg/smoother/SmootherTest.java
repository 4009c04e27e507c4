// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

class SmootherTest {
    private static final int BLOCK = 3;
    private static final Map<String, Smoothing> ALL = new LinkedHashMap<>();
    private static final Map<String, CsrMatrix> MATRICES = new LinkedHashMap<>();

    static {
        ALL.put("Gauss-Seidel", GaussSeidel::of);
        ALL.put("l1-Jacobi", JacobiL1::of);
        ALL.put("damped Jacobi", DampedJacobi::of);
        ALL.put("SPAI0", Spai0::of);
        ALL.put("Chebyshev", Chebyshev::of);
        ALL.put("Chebyshev l1", new Chebyshev.Settings(4, 10, Chebyshev.Scaling.L1));
        ALL.put("ILU0", Ilu0::of);
        ALL.put("block Jacobi", BlockJacobi::of);
        ALL.put("weighted block Jacobi", BlockJacobi.weighted(0.7));
        ALL.put("block Gauss-Seidel", BlockGaussSeidel::of);
        ALL.put("two sweeps", Sweeps.of(2, GaussSeidel::of));

        MATRICES.put("Poisson", Stencils.laplacian(72, 1, 1));
        MATRICES.put("lognormal", FiniteVolumes.lognormal(72, 3, 1));
        MATRICES.put("upwind", upwind(72, 1e-3));
    }

    /** −ε Δu + (u_x + u_y / 2) in upwind differences. */
    private static CsrMatrix upwind(int points, double epsilon) {
        double h = 1.0 / points;
        CsrAssembler assembler = new CsrAssembler(points * points, points * points, 5 * points * points);
        for (int i = 0; i < points * points; i++) {
            int[] step = {1, -1, points, -points};
            boolean[] inside = {i % points < points - 1, i % points > 0, i / points < points - 1, i / points > 0};
            double[] weight = {epsilon, epsilon + h, epsilon, epsilon + 0.5 * h};
            for (int side = 0; side < 4; side++) {
                assembler.add(i, i, weight[side]);
                if (inside[side]) {
                    assembler.add(i, i + step[side], -weight[side]);
                }
            }
        }
        return assembler.assemble();
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        ALL.forEach((smoother, smoothing) -> MATRICES.forEach((matrix, a) -> {
            for (int threads : new int[] {1, 3}) {
                cases.add(
                        Arguments.of(smoother + " on " + matrix + ", " + threads + " threads", smoothing, a, threads));
            }
        }));
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

    private static double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    private static double[] difference(double[] u, double[] v) {
        double[] w = u.clone();
        for (int i = 0; i < w.length; i++) {
            w[i] -= v[i];
        }
        return w;
    }

    private static double[] before(Smoother smoother, double[] b, int width) {
        double[] x = random(b.length, 99);
        smoother.begin(width).before(b, x, random(b.length, 98));
        return x;
    }

    private static double[] after(Smoother smoother, double[] b, double[] start, int width) {
        double[] x = start.clone();
        smoother.begin(width).after(b, x, random(b.length, 97));
        return x;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void halvesOfTheTransposedMatrixAreTheTransposedOnes(String name, Smoothing smoothing, CsrMatrix a, int threads) {
        Team team = Team.of(threads);
        Smoother smoother = smoothing.on(a, BLOCK, team);
        Smoother transposed = smoothing.on(a.transpose(), BLOCK, team);
        double[] u = random(a.rows(), 1);
        double[] v = random(a.rows(), 2);
        double[] zero = new double[a.rows()];
        double[] mu = before(smoother, u, 1);
        double[] mv = after(transposed, v, zero, 1);
        assertThat(dot(mu, v)).isCloseTo(dot(u, mv), within(1e-12 * norm(u) * norm(mv)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void sweepsAreStationaryIterationsWithTheirResidual(String name, Smoothing smoothing, CsrMatrix a, int threads) {
        Smoother smoother = smoothing.on(a, BLOCK, Team.of(threads));
        double[] b = random(a.rows(), 3);
        double[] x = new double[b.length];
        double[] r = new double[b.length];
        smoother.begin(1).before(b, x, r);
        double[] residual = new double[b.length];
        a.residual(b, x, residual);
        assertThat(norm(difference(r, residual))).isLessThan(1e-13 * norm(b) + 1e-13 * norm(x) * a.get(0, 0));
        double[] direct = after(smoother, b, x, 1);
        double[] correction = after(smoother, residual, new double[b.length], 1);
        assertThat(norm(difference(difference(direct, x), correction))).isLessThan(1e-11 * (norm(x) + norm(direct)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void severalVectorsAtOnceAreAsGoodAsOneByOne(String name, Smoothing smoothing, CsrMatrix a, int threads) {
        Smoother smoother = smoothing.on(a, BLOCK, Team.of(threads));
        int n = a.rows();
        int width = 13;
        double[] b = random(n * width, 4);
        double[] x = new double[n * width];
        double[] r = new double[n * width];
        Smoother.Application together = smoother.begin(width);
        together.before(b, x, r);
        double[] swept = x.clone();
        together.after(b, swept, new double[n * width]);
        for (int j = 0; j < width; j += 6) {
            double[] alone = before(smoother, column(b, j, width), 1);
            assertThat(norm(difference(column(x, j, width), alone))).isLessThan(1e-13 * norm(alone));
            double[] sweptAlone = after(smoother, column(b, j, width), alone, 1);
            assertThat(norm(difference(column(swept, j, width), sweptAlone))).isLessThan(1e-12 * norm(sweptAlone));
        }
    }

    private static double[] column(double[] x, int j, int width) {
        double[] column = new double[x.length / width];
        for (int i = 0; i < column.length; i++) {
            column[i] = x[i * width + j];
        }
        return column;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void equalTeamsGiveEqualBits(String name, Smoothing smoothing, CsrMatrix a, int threads) {
        double[] b = random(a.rows(), 5);
        double[] start = random(a.rows(), 6);
        double[] first = after(smoothing.on(a, BLOCK, Team.of(threads)), b, start, 1);
        double[] second = after(smoothing.on(a, BLOCK, Team.of(threads)), b, start, 1);
        assertThat(second).isEqualTo(first);
    }

    static Stream<Arguments> safe() {
        Map<String, CsrMatrix> problems = new LinkedHashMap<>();
        problems.put("Poisson", Stencils.laplacian(72, 1, 1));
        problems.put("anisotropy", Stencils.laplacian(72, 1, 1e-3));
        problems.put("27-point", Stencils.twentySevenPoint(18));
        problems.put("jumps", FiniteVolumes.chequerboard(18, 1e8));
        problems.put("lognormal", FiniteVolumes.lognormal(72, 3, 1));
        problems.put("full block", crowded(6000));
        List<Arguments> cases = new ArrayList<>();
        for (String safe : List.of(
                "Gauss-Seidel", "l1-Jacobi", "Chebyshev", "Chebyshev l1", "block Jacobi", "block Gauss-Seidel")) {
            problems.forEach((problem, a) -> {
                for (int threads : new int[] {1, 4}) {
                    cases.add(Arguments.of(safe + " on " + problem + ", " + threads, ALL.get(safe), a, threads));
                }
            });
        }
        return cases.stream();
    }

    /** Every row is coupled to rows far away, with positive entries, for which plain block Jacobi diverges. */
    private static CsrMatrix crowded(int n) {
        CsrAssembler assembler = new CsrAssembler(n, n, 10 * n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 1.01);
            for (int step : new int[] {n / 4, n / 2, 3 * n / 4}) {
                assembler.add(i, (i + step) % n, 1);
            }
        }
        return assembler.assemble();
    }

    /** The error in the energy norm must not grow in any sweep, and must shrink in the end. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("safe")
    void safeSmoothersNeverDiverge(String name, Smoothing smoothing, CsrMatrix a, int threads) {
        Smoother.Application smoother = smoothing.on(a, BLOCK, Team.of(threads)).begin(1);
        double[] zero = new double[a.rows()];
        double[] x = random(a.rows(), 7);
        double[] r = new double[a.rows()];
        double first = energy(a, x);
        double last = first;
        for (int sweep = 0; sweep < 30; sweep++) {
            smoother.after(zero, x, r);
            double next = energy(a, x);
            assertThat(next).isLessThanOrEqualTo(last * (1 + 1e-12));
            last = next;
        }
        assertThat(last).isLessThan(0.9 * first);
    }

    private static double energy(CsrMatrix a, double[] x) {
        double[] ax = new double[x.length];
        a.multiply(x, ax);
        return dot(x, ax);
    }

    /** A wide and low grid in whose levels there are thousands of rows. */
    @Test
    void levelsOfIlu0GiveTheBitsOfRowsOneByOne() {
        CsrAssembler assembler = new CsrAssembler(40_000, 40_000, 200_000);
        for (int i = 0; i < 40_000; i++) {
            assembler.add(i, i, 4);
            for (int j : new int[] {i + 10_000, i + 10_001}) {
                if (j < 40_000) {
                    assembler.add(i, j, -1 - i % 2).add(j, i, -1);
                }
            }
        }
        CsrMatrix a = assembler.assemble();
        double[] b = random(a.rows(), 9);
        assertThat(before(Ilu0.of(a, 1, Team.of(3)), b, 1)).isEqualTo(before(Ilu0.of(a, 1, Team.serial()), b, 1));
    }

    @Test
    void ilu0IsExactOnTridiagonalMatrices() {
        CsrAssembler assembler = new CsrAssembler(50, 50, 150);
        for (int i = 0; i < 50; i++) {
            assembler.add(i, i, 4 + i % 3);
            if (i > 0) {
                assembler.add(i, i - 1, -1.5);
                assembler.add(i - 1, i, -0.5);
            }
        }
        CsrMatrix a = assembler.assemble();
        double[] exact = random(50, 8);
        double[] b = new double[50];
        a.multiply(exact, b);
        assertThat(before(Ilu0.of(a, 1, Team.serial()), b, 1)).containsExactly(exact, within(1e-14));
    }

    @Test
    void badDiagonalsAreNamed() {
        CsrMatrix zero = new CsrAssembler(3, 3, 3)
                .add(0, 0, 1)
                .add(1, 2, 1)
                .add(2, 1, 1)
                .add(2, 2, -1)
                .assemble();
        for (String needsDiagonal : List.of("Gauss-Seidel", "damped Jacobi", "SPAI0", "ILU0")) {
            assertThatThrownBy(() -> ALL.get(needsDiagonal).on(zero, 1, Team.serial()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the diagonal entry of row 1 is zero");
        }
        assertThatThrownBy(() -> Chebyshev.of(zero, 1, Team.serial())).hasMessageContaining("that of row 1 is 0.0");
        CsrMatrix empty = new CsrAssembler(2, 2, 1).add(0, 0, 1).assemble();
        assertThatThrownBy(() -> JacobiL1.of(empty, 1, Team.serial())).hasMessageContaining("row 1 is zero");
        CsrMatrix singularBlock = new CsrAssembler(2, 2, 4)
                .add(0, 0, 1)
                .add(0, 1, 1)
                .add(1, 0, 1)
                .add(1, 1, 1)
                .assemble();
        assertThatThrownBy(() -> BlockGaussSeidel.of(singularBlock, 2, Team.serial()))
                .hasMessageContaining("that of rows 0 to 1 is singular");
        assertThatThrownBy(() -> Ilu0.of(singularBlock, 1, Team.serial())).hasMessageContaining("pivot of row 1");
        assertThatThrownBy(() -> BlockJacobi.of(empty, 3, Team.serial())).hasMessageContaining("blocks of 3");
        assertThatThrownBy(() -> DampedJacobi.weighted(2)).hasMessageContaining("weight");
        assertThatThrownBy(() -> new Chebyshev.Settings(0, 2, Chebyshev.Scaling.L1))
                .hasMessageContaining("order");
        assertThatThrownBy(() -> new Sweeps(JacobiL1.of(CsrMatrix.identity(1), 1, Team.serial()), 0, 1))
                .hasMessageContaining("at least one sweep");
    }
}

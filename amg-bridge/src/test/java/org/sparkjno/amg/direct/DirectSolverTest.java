// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.FiniteVolumes;
import org.sparkjno.amg.gallery.SaddlePoints;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;

class DirectSolverTest {
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

    private static double[] apply(Preconditioner solver, double[] b) {
        double[] x = random(b.length, 77);
        solver.begin(1).apply(b, x);
        return x;
    }

    private static double relativeResidual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        a.residual(b, x, r);
        return Math.sqrt(dot(r, r) / dot(b, b));
    }

    /** The graph Laplacian of some chains: singular, one null vector per chain. */
    private static CsrMatrix chains(int count, int length) {
        int n = count * length;
        CsrAssembler assembler = new CsrAssembler(n, n, 3 * n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 0);
            if (i % length > 0) {
                assembler.add(i, i, 1).add(i - 1, i - 1, 1).add(i, i - 1, -1).add(i - 1, i, -1);
            }
        }
        return assembler.assemble();
    }

    /** Diffusion and wind around a ring: nonsymmetric and singular. */
    private static CsrMatrix ring(int n) {
        CsrAssembler assembler = new CsrAssembler(n, n, 3 * n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 3).add(i, (i + 1) % n, -1).add(i, (i + n - 1) % n, -2);
        }
        return assembler.assemble();
    }

    /** A square grid without a boundary condition: singular. */
    private static CsrMatrix neumann(int points) {
        int n = points * points;
        CsrAssembler assembler = new CsrAssembler(n, n, 5 * n);
        for (int i = 0; i < n; i++) {
            for (int j : new int[] {i % points < points - 1 ? i + 1 : -1, i + points < n ? i + points : -1}) {
                if (j >= 0) {
                    assembler.add(i, i, 1).add(j, j, 1).add(i, j, -1).add(j, i, -1);
                }
            }
        }
        return assembler.assemble();
    }

    private static CsrMatrix nonsymmetric(int n, long seed) {
        Random random = new Random(seed);
        CsrAssembler assembler = new CsrAssembler(n, n, 6 * n);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 5; k++) {
                assembler.add(i, random.nextInt(n), random.nextGaussian() * Math.pow(10, i % 7));
            }
            assembler.add(i, (i + 1) % n, Math.pow(10, i % 7));
        }
        return assembler.assemble();
    }

    /** [[K, Bᵀ], [B, 0]]: symmetric and indefinite. */
    private static CsrMatrix saddle(int n, int m) {
        CsrAssembler assembler = new CsrAssembler(n + m, n + m, 5 * n);
        for (int i = 0; i < n; i++) {
            assembler.add(i, i, 2 + i % 3);
        }
        for (int k = 0; k < m; k++) {
            assembler
                    .add(n + k, 2 * k, 1)
                    .add(2 * k, n + k, 1)
                    .add(n + k, 2 * k + 1, -1)
                    .add(2 * k + 1, n + k, -1);
        }
        return assembler.assemble();
    }

    static Stream<Arguments> matrices() {
        Map<String, CsrMatrix> matrices = new LinkedHashMap<>();
        matrices.put("small Poisson", Stencils.laplacian(12, 1, 1));
        matrices.put("2-D Poisson", Stencils.laplacian(60, 1, 1));
        matrices.put("3-D Poisson", Stencils.laplacian(14, 1, 1, 1));
        matrices.put("jumps", FiniteVolumes.chequerboard(12, 1e8));
        matrices.put("lognormal", FiniteVolumes.lognormal(40, 3, 1));
        matrices.put("small Neumann", neumann(10));
        matrices.put("Neumann", neumann(40));
        matrices.put("few chains", chains(5, 20));
        matrices.put("many chains", chains(3000, 2));
        matrices.put("isolated unknowns", chains(5000, 1));
        matrices.put("nonsymmetric", nonsymmetric(150, 1));
        matrices.put("saddle point", saddle(60, 20));
        matrices.put(
                "negative definite",
                CsrMatrix.of(
                        Stencils.laplacian(9, 1, 1).pattern(),
                        Arrays.stream(Stencils.laplacian(9, 1, 1).values())
                                .map(v -> -v)
                                .toArray()));
        matrices.put(
                "singular nonsymmetric",
                new CsrAssembler(3, 3, 9)
                        .add(0, 0, 1)
                        .add(0, 1, 2)
                        .add(1, 0, 2)
                        .add(1, 1, 4)
                        .add(1, 2, 1)
                        .add(2, 2, 3)
                        .assemble());
        matrices.put("waves", Composites.shifted(Stencils.laplacian(40, 1, 1), 1, -0.7));
        matrices.put("small waves of zero diagonal", Composites.shifted(Stencils.laplacian(6, 1, 1), 1, -4));
        matrices.put("waves of zero diagonal", Composites.shifted(Stencils.laplacian(31, 1, 1), 1, -4));
        matrices.put("waves in space", Composites.shifted(Stencils.laplacian(11, 1, 1, 1), 1, -1.3));
        matrices.put("viscous flow", SaddlePoints.stokes(20, 1));
        matrices.put("thin viscous flow", SaddlePoints.stokes(20, 1e-4));
        matrices.put("large saddle point", saddle(900, 300));
        matrices.put("large nonsymmetric", nonsymmetric(1000, 2));
        matrices.put("wind", Convection.diagonal(35, 1e-3));
        matrices.put("wind around a ring", ring(1500));
        matrices.put(
                "saddle point with idle unknowns",
                Composites.disconnected(List.of(saddle(900, 300), new CsrAssembler(7, 7, 0).assemble(), ring(20))));
        matrices.put("zero", new CsrAssembler(4, 4, 0).assemble());
        return matrices.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrices")
    void consistentSystemsAreSolvedAlsoTransposed(String name, CsrMatrix a) {
        Preconditioner solver = DirectSolver.of(a).orElseThrow();
        assertSolves(a, solver);
        assertSolves(a.transpose(), solver.transposed());
        assertSolves(a, solver.transposed().transposed());
    }

    private static void assertSolves(CsrMatrix a, Preconditioner solver) {
        double[] b = new double[a.rows()];
        a.multiply(random(a.rows(), 1), b);
        double[] x = apply(solver, b);
        if (dot(b, b) > 0) {
            assertThat(relativeResidual(a, b, x)).as(solver.toString()).isLessThan(1e-10);
        } else {
            assertThat(x).containsOnly(0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrices")
    void transposedSolutionIsTheTransposedMapping(String name, CsrMatrix a) {
        Preconditioner solver = DirectSolver.of(a).orElseThrow();
        double[] u = random(a.rows(), 2);
        double[] v = random(a.rows(), 3);
        double[] su = apply(solver, u);
        double[] sv = apply(solver.transposed(), v);
        double bound = 1e-11 * Math.sqrt(dot(su, su) * dot(v, v)) + 1e-11 * Math.sqrt(dot(sv, sv) * dot(u, u));
        assertThat(dot(su, v)).isCloseTo(dot(u, sv), within(bound));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrices")
    void severalVectorsAtOnceHaveTheBitsOfOneByOne(String name, CsrMatrix a) {
        Preconditioner solver = DirectSolver.of(a).orElseThrow();
        int width = 3;
        double[] b = random(a.rows() * width, 4);
        double[] x = new double[b.length];
        solver.begin(width).apply(b, x);
        for (int j = 0; j < width; j++) {
            int column = j;
            double[] single = new double[a.rows()];
            Arrays.setAll(single, i -> b[i * width + column]);
            double[] together = new double[a.rows()];
            Arrays.setAll(together, i -> x[i * width + column]);
            assertThat(together).isEqualTo(apply(solver, single));
        }
    }

    @Test
    void theSparseFactorOfAGridIsSmall() {
        CsrMatrix a = Stencils.laplacian(128, 1, 1);
        assertThat(DirectSolver.of(a, 31L * 16384)).isPresent();
        assertThat(DirectSolver.of(a, 16384)).isEmpty();
    }

    @Test
    void factorsThatFillInAreLeftToOthers() {
        CsrMatrix a = nonsymmetric(2000, 1);
        assertThat(DirectSolver.of(a, 100_000)).isEmpty();
        // The symmetric count passes this bound, pivots off the diagonal do not.
        assertThat(DirectSolver.of(SaddlePoints.stokes(24, 1), 120_000)).isEmpty();
    }

    @Test
    void flowsAndWavesFillInLittle() {
        CsrMatrix flow = SaddlePoints.stokes(60, 1e-2);
        assertThat(DirectSolver.of(flow, 150L * flow.rows())).isPresent();
        CsrMatrix waves = Composites.shifted(Stencils.laplacian(100, 1, 1), 1, -0.3);
        assertThat(DirectSolver.of(waves, 70L * waves.rows())).isPresent();
    }

    /** Pivots that need not be on the diagonal, of equations whose units differ by ten orders of magnitude. */
    @Test
    void unitsDoNotMatter() {
        CsrMatrix a = SaddlePoints.stokes(20, 1);
        double[] values = a.values().clone();
        double[] units =
                new Random(5).doubles(a.rows(), -5, 5).map(e -> Math.pow(10, e)).toArray();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                values[k] *= units[i] * units[a.columns()[k]];
            }
        }
        CsrMatrix scaled = CsrMatrix.of(a.pattern(), values);
        double[] x = new double[a.rows()];
        Arrays.setAll(x, i -> 1 / units[i]);
        double[] b = new double[a.rows()];
        scaled.multiply(x, b);
        double[] solution = apply(DirectSolver.of(scaled).orElseThrow(), b);
        for (int i = 0; i < x.length; i++) {
            assertThat(solution[i] * units[i]).isCloseTo(1, within(1e-7));
        }
    }

    @Test
    void nestedDissectionIsAPermutation() {
        int[] order = NestedDissection.of(Stencils.laplacian(50, 1, 1).pattern());
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        assertThat(sorted).isEqualTo(IntStream.range(0, 2500).toArray());
    }
}

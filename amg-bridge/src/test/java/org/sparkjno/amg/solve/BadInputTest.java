// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.format.MatrixMarket;
import org.sparkjno.amg.gallery.Composites;
import org.sparkjno.amg.gallery.Convection;
import org.sparkjno.amg.gallery.Stencils;
import org.sparkjno.amg.krylov.BlockConjugateGradient;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.FlexibleConjugateGradient;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.PipelinedConjugateGradient;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/** What is wrong with a system is one clear sentence, or the answer is right: never a hang, never silence. */
class BadInputTest {
    private static final CsrMatrix LAPLACIAN = Stencils.laplacian(40, 1, 1);

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

    @Test
    void zeroRows() {
        int n = 1500;
        CsrAssembler without = new CsrAssembler(n, n, n);
        CsrAssembler stored = new CsrAssembler(n, n, n);
        for (int i = 0; i < n; i++) {
            if (i != 700) {
                without.add(i, i, 2);
            }
            stored.add(i, i, i == 700 ? 0 : 2);
        }
        for (CsrAssembler assembler : new CsrAssembler[] {without, stored}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Solver.auto().prepare(assembler.assemble()))
                    .withMessageContaining("Row 700")
                    .withMessageContaining("put 1 on its diagonal or leave the unknown out");
        }
    }

    /** A column of zeros makes the matrix as singular as a row of them: what has a solution is solved, the rest fails. */
    @Test
    void zeroColumns() {
        for (int n : new int[] {50, 1500}) {
            CsrAssembler assembler = new CsrAssembler(n, n, 2 * n);
            for (int i = 0; i < n; i++) {
                assembler.add(i, i == 7 ? 8 : i, 4).add(i, i % 5 == 0 && i != 5 ? (i + 10) % n : 0, -1);
            }
            CsrMatrix a = assembler.assemble();
            double[] b = new double[n];
            a.multiply(new Random(1).doubles(n).toArray(), b);
            assertThat(residual(a, b, Solver.auto().solve(a, b).values())).isLessThanOrEqualTo(1e-8);
            b[7] += 1;
            assertThatThrownBy(() -> Solver.auto().iterationLimit(30).solve(a, b))
                    .isInstanceOf(SolveException.class)
                    .hasMessageContaining("true relative residual");
        }
    }

    @Test
    void notANumber() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] values = LAPLACIAN.values().clone();
            values[10] = value;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CsrMatrix.of(LAPLACIAN.pattern(), values))
                    .withMessageContaining("Entry (")
                    .withMessageContaining(String.valueOf(value));
            double[] b = ones(LAPLACIAN.rows());
            b[7] = value;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Solver.auto().solve(LAPLACIAN, b))
                    .withMessageContaining("Value 7 of the right-hand side is " + value);
            PreparedSystem system = Solver.auto().prepare(LAPLACIAN);
            double[] guess = new double[b.length];
            guess[3] = value;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> system.solve(ones(b.length), guess, 1, false))
                    .withMessageContaining("Value 3 of the initial guess is " + value);
        }
    }

    /** Squares of these vanish or overflow, which must not pass for zero or for a solution. */
    @Test
    void numbersNearTheEndsOfDoublePrecision() {
        double[] tiny = ones(LAPLACIAN.rows());
        double[] huge = tiny.clone();
        Arrays.setAll(tiny, i -> 1e-200);
        Arrays.setAll(huge, i -> 1e200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solver.auto().solve(LAPLACIAN, tiny))
                .withMessageContaining("1.0E-200")
                .withMessageContaining("scale the system");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solver.auto().solve(LAPLACIAN, huge))
                .withMessageContaining("overflows");
    }

    @Test
    void notSquare() {
        CsrMatrix a = new CsrAssembler(3, 2, 2).add(0, 0, 1).add(2, 1, 1).assemble();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solver.auto().prepare(a))
                .withMessageContaining("3 x 2")
                .withMessageContaining("square");
        assertThatThrownBy(() -> SparseSolve.by(Solver.auto())
                        .solve(a.pattern(), Value.input("a", TensorType.f64(2)), Value.input("b", TensorType.f64(3))))
                .hasMessageContaining("needs a square matrix, but got a 3 x 2 pattern");
    }

    @Test
    void unsortedOrDuplicateColumns() {
        for (int[] columns : new int[][] {{1, 0, 1}, {0, 0, 1}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CsrMatrix.of(2, 2, new int[] {0, 2, 3}, columns, new double[] {1, 2, 3}))
                    .withMessageContaining("Row 0 has column 0 after column")
                    .withMessageContaining("sort the columns and sum duplicates, as CsrAssembler does");
        }
        // Formats that allow both are summed.
        CsrMatrix a = new CsrAssembler(2, 2, 4)
                .add(1, 1, 1)
                .add(0, 1, 1)
                .add(0, 0, 2)
                .add(1, 1, 3)
                .assemble();
        assertThat(a.columns()).containsExactly(0, 1, 1);
        assertThat(a.values()).containsExactly(2, 1, 4);
    }

    @Test
    void wrongSymmetricFlag() {
        CsrMatrix wind = Convection.diagonal(40, 1e-3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solver.auto().symmetric(true).prepare(wind))
                .withMessageContaining("was declared symmetric, but it is not; correct the assembly");
        // A flag of no symmetry is harmless: the matrix is looked at.
        double[] b = ones(LAPLACIAN.rows());
        assertThat(residual(
                        LAPLACIAN,
                        b,
                        Solver.auto().symmetric(false).solve(LAPLACIAN, b).values()))
                .isLessThanOrEqualTo(1e-8);
        // One entry of many, a little off.
        double[] values = LAPLACIAN.values().clone();
        values[1] *= 1 + 1e-6;
        CsrMatrix almost = CsrMatrix.of(LAPLACIAN.pattern(), values);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solver.auto().symmetric(true).prepare(almost))
                .withMessageContaining("declared symmetric");
    }

    static Stream<Arguments> conjugateGradients() {
        return Stream.of(
                        new ConjugateGradient(),
                        new FlexibleConjugateGradient(),
                        new PipelinedConjugateGradient(),
                        new BlockConjugateGradient())
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("conjugateGradients")
    void indefiniteWithConjugateGradients(KrylovMethod method) {
        CsrMatrix waves = Composites.shifted(LAPLACIAN, 1, -0.5);
        double[] b = ones(waves.rows());
        Solver set = Solver.auto().method(method).preconditioning(new Preconditioning.None());
        assertThatThrownBy(() -> set.solve(waves, b))
                .isInstanceOfSatisfying(
                        SolveException.class,
                        e -> assertThat(e.report().status()).isEqualTo(Status.INDEFINITE))
                .hasMessageContaining("use MINRES, GMRES or BiCGStab");
        // Left to choose, the solver goes on to other ways.
        Solver.Solution solution = Solver.auto().solve(waves, b);
        assertThat(residual(waves, b, solution.values())).isLessThanOrEqualTo(1e-8);
        assertThat(solution.report().notes().toString()).contains("INDEFINITE");
    }

    /** The shortest least-squares solution, and a report that says so. */
    @Test
    void rightHandSideOutsideTheRange() {
        CsrMatrix plate = Stencils.neumann(40, 1, 1);
        double[] b = new double[plate.rows()];
        b[3] = 1;
        Solver.Solution solution = Solver.auto().solve(plate, b);
        assertThat(solution.report().rhsInconsistency()).isBetween(0.02499, 0.02501);
        assertThat(solution.report().notes())
                .anyMatch(note -> note.contains("lies outside the range of the singular matrix"))
                .anyMatch(note -> note.contains("was not declared"));
        double[] projected = b.clone();
        Arrays.setAll(projected, i -> b[i] - 1.0 / b.length);
        assertThat(residual(plate, projected, solution.values())).isLessThanOrEqualTo(1e-8);
    }

    /** The null vector alternates, which nobody looks for: no solution is no success. */
    @Test
    void rightHandSideOutsideTheRangeOfANullSpaceThatIsNotFound() {
        int n = 1600;
        CsrAssembler ring = new CsrAssembler(n, n, 3 * n);
        for (int i = 0; i < n; i++) {
            ring.add(i, i, 2).add(i, (i + 1) % n, 1).add(i, (i + n - 1) % n, 1);
        }
        CsrMatrix a = ring.assemble();
        double[] b = new double[n];
        b[5] = 1;
        assertThatThrownBy(() -> Solver.auto().iterationLimit(30).solve(a, b)).isInstanceOf(SolveException.class);
    }

    @Test
    void moreEntriesThanAnIndexCounts() {
        String declared = "%%MatrixMarket matrix coordinate real general\n100000 100000 3000000000\n1 1 1\n";
        assertThatThrownBy(() -> MatrixMarket.readMatrix(
                        new ByteArrayInputStream(declared.getBytes(StandardCharsets.US_ASCII)), "a.mtx"))
                .hasMessageContaining("a.mtx, line 2")
                .hasMessageContaining("3000000000 entries are declared");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stencils.laplacian(1000, 1, 1, 1))
                .withMessageContaining("more couplings than a matrix can index");
        // A count of entries that has run over is negative.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsrMatrix.of(2, 2, new int[] {0, Integer.MIN_VALUE, 0}, new int[0], new double[0]))
                .withMessageContaining("rowStart must not decrease, but row 0 goes from 0 to -2147483648");
    }

    static Stream<Arguments> oddities() {
        int n = 1500;
        return Stream.of(
                odd("cyclic shift", n, (s, i, r) -> s.add(i, (i + 1) % n, 1)),
                odd("reversed", n, (s, i, r) -> s.add(i, n - 1 - i, 1 + i % 3)),
                odd(
                        "random",
                        n,
                        (s, i, r) ->
                                s.add(i, i, r.nextGaussian()).add(i, (i + 1 + r.nextInt(9)) % n, r.nextGaussian())),
                odd(
                        "skew",
                        n,
                        (s, i, r) -> s.add(i, i, 1).add(i, (i + 1) % n, 2).add((i + 1) % n, i, -2)),
                odd(
                        "positive couplings",
                        n,
                        (s, i, r) -> s.add(i, i, 2.5).add(i, (i + 1) % n, 1).add((i + 1) % n, i, 1)),
                odd("one dense row", n, (s, i, r) -> s.add(i, i, 4).add(0, i, 0.1)),
                odd(
                        "arrow",
                        n,
                        (s, i, r) -> s.add(i, i, i == 0 ? n : 2).add(0, i, 1).add(i, 0, 1)),
                odd("no diagonal", n, (s, i, r) -> s.add(i, i ^ 1, 1).add(i, (i + 2) % n, 0.2)),
                odd(
                        "vanishing diagonal",
                        n,
                        (s, i, r) -> s.add(i, i, Double.MIN_VALUE)
                                .add(i, (i + 1) % n, -1)
                                .add((i + 1) % n, i, -1)),
                odd("many units", n, (s, i, r) -> {
                    double unit = Math.pow(10, i % 21 - 10);
                    s.add(i, i, 3 * unit).add(i, (i + 1) % n, -unit);
                }));
    }

    private interface Row {
        void add(CsrAssembler assembler, int row, Random random);
    }

    private static Arguments odd(String name, int n, Row maker) {
        CsrAssembler assembler = new CsrAssembler(n, n, 4 * n);
        Random random = new Random(1);
        for (int i = 0; i < n; i++) {
            maker.add(assembler, i, random);
        }
        return Arguments.of(name, assembler.assemble());
    }

    /** A right-hand side that has a solution, for matrices that no method was made for. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("oddities")
    void oddMatricesAreSolvedOrRefused(String name, CsrMatrix a) {
        double[] b = new double[a.rows()];
        a.multiply(new Random(3).doubles(a.rows(), -1, 1).toArray(), b);
        try {
            Solver.Solution solution = Solver.auto().iterationLimit(50).solve(a, b);
            assertThat(residual(a, b, solution.values())).isLessThanOrEqualTo(1e-8);
        } catch (SolveException e) {
            assertThat(e.report().converged()).isFalse();
        }
    }
}

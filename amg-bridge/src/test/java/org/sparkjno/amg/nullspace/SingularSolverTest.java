// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.DenseReference;
import org.sparkjno.amg.aggregation.SmoothedAggregation;
import org.sparkjno.amg.cycle.Multigrid;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.krylov.ConjugateGradient;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.MinimalResidual;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveException;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrAssembler;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Solutions of singular systems against the pseudo-inverse by a singular value decomposition. */
class SingularSolverTest {
    private static final String METHODS = "org.sparkjno.amg.krylov.KrylovMethodTest#all";
    private static final String GENERAL = "org.sparkjno.amg.krylov.KrylovMethodTest#general";

    /**
     * Flow over a number of separate squares without boundary exchange: random conductances, and drifts that make it
     * nonsymmetric.
     *
     * @param drift 0 for a symmetric matrix; else rows or columns still sum to zero
     */
    private static CsrMatrix networks(int squares, int points, double drift, boolean rowsSumToZero, long seed) {
        Random random = new Random(seed);
        int size = points * points;
        CsrAssembler assembler = new CsrAssembler(squares * size, squares * size, 8 * squares * size);
        for (int s = 0; s < squares; s++) {
            for (int i = 0; i < size; i++) {
                for (int other :
                        new int[] {i % points < points - 1 ? i + 1 : -1, i + points < size ? i + points : -1}) {
                    if (other >= 0) {
                        int u = s * size + i;
                        int v = s * size + other;
                        double forth = 0.5 + random.nextDouble();
                        double back = forth + drift * random.nextDouble();
                        assembler.add(u, v, -forth).add(v, u, -back);
                        assembler.add(u, u, rowsSumToZero ? forth : back).add(v, v, rowsSumToZero ? back : forth);
                    }
                }
            }
        }
        return assembler.assemble();
    }

    private static double[] random(int n) {
        return new Random(n).doubles(n, -1, 1).toArray();
    }

    private static double size(double[] v) {
        return Math.sqrt(Arrays.stream(v).map(value -> value * value).sum());
    }

    private static void assertPseudoInverse(CsrMatrix a, double[] b, double[] x) {
        double[] expected = DenseReference.of(a).pseudoInverseTimes(b);
        assertThat(x).containsExactly(expected, within(1e-8 * size(expected)));
    }

    private static KrylovSolver precise(KrylovMethod method) {
        return KrylovSolver.of(method, 1e-11);
    }

    @ParameterizedTest
    @MethodSource(METHODS)
    void symmetricComponentsGiveThePseudoInverse(KrylovMethod method) {
        CsrMatrix a = networks(3, 6, 0, true, 1);
        double[] b = random(a.rows());
        NullSpaces declared = NullSpaces.symmetric(NullSpace.constantsPerComponent(a));
        assertThat(declared.right().dimension()).isEqualTo(3);
        for (Preconditioner preconditioner :
                List.of(Preconditioner.identity(), Multigrid.vCycle(Hierarchy.of(a, SmoothedAggregation.standard())))) {
            double[] x = random(a.rows());
            SolveReport report = new SingularSolver(precise(method), declared).solve(a, b, x, preconditioner);
            assertPseudoInverse(a, b, x);
            assertThat(report.rhsInconsistency()).isBetween(0.01, 1.0);
            assertThat(report.notes()).hasSize(1).first().asString().contains("outside the range");
        }
    }

    @ParameterizedTest
    @MethodSource(GENERAL)
    void nonsymmetricSystemsGiveThePseudoInverseAndSoDoTheirAdjoints(KrylovMethod method) {
        for (boolean rowsSumToZero : new boolean[] {true, false}) {
            CsrMatrix a = networks(2, 7, 2, rowsSumToZero, 5);
            NullSpaces found = NullSpaces.detect(a, Preconditioner.identity());
            assertThat(found.left().dimension()).isEqualTo(2);
            double[] b = random(a.rows());
            double[] x = new double[a.rows()];
            SolveReport report = new SingularSolver(precise(method), found).solve(a, b, x, Preconditioner.identity());
            assertPseudoInverse(a, b, x);
            assertThat(report.notes()).hasSize(2).first().asString().contains("was not declared");
            double[] adjoint = new double[a.rows()];
            CsrMatrix transposed = a.transpose();
            new SingularSolver(precise(method), found.transposed())
                    .solve(transposed, b, adjoint, Preconditioner.identity());
            assertPseudoInverse(transposed, b, adjoint);
        }
    }

    @Test
    void detectionTellsSingularComponentsFromOthers() {
        CsrMatrix singular = networks(2, 4, 0, true, 3);
        CsrAssembler mixed = new CsrAssembler(35, 35, 200);
        for (int i = 0; i < 32; i++) {
            for (int k = singular.rowStart()[i]; k < singular.rowStart()[i + 1]; k++) {
                mixed.add(i, singular.columns()[k], singular.values()[k]);
            }
        }
        mixed.add(20, 20, 1e-3); // the second square is fixed by a small exchange
        mixed.add(32, 32, 5); // an unknown of its own
        mixed.add(33, 33, 0); // an empty row
        mixed.add(34, 34, 1).add(0, 34, 0); // an explicit zero connects nothing
        CsrMatrix a = mixed.assemble();
        NullSpaces found = NullSpaces.detect(a, Preconditioner.identity());
        assertThat(found.right().dimension()).isEqualTo(2);
        assertThat(found.declared()).isFalse();
        double[] b = random(35);
        double[] x = new double[35];
        new SingularSolver(precise(new ConjugateGradient()), found).solve(a, b, x, Preconditioner.identity());
        assertPseudoInverse(a, b, x);
        CsrMatrix regular = CsrMatrix.identity(4);
        assertThat(NullSpaces.detect(regular, Preconditioner.identity()).isEmpty())
                .isTrue();
    }

    /** Springs between points on a line in the plane, free to move: translations and one rotation cost nothing. */
    @Test
    void userVectorsAreMadeOrthonormal() {
        int points = 9;
        double[][] positions = new double[points][];
        Random random = new Random(4);
        for (int i = 0; i < points; i++) {
            positions[i] = new double[] {i % 3 + 0.3 * random.nextDouble(), i / 3 + 0.3 * random.nextDouble()};
        }
        CsrAssembler assembler = new CsrAssembler(2 * points, 2 * points, 1000);
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < i; j++) {
                double[] d = {positions[i][0] - positions[j][0], positions[i][1] - positions[j][1]};
                for (int p = 0; p < 2; p++) {
                    for (int q = 0; q < 2; q++) {
                        double stiffness = d[p] * d[q];
                        assembler.add(2 * i + p, 2 * i + q, stiffness).add(2 * j + p, 2 * j + q, stiffness);
                        assembler.add(2 * i + p, 2 * j + q, -stiffness).add(2 * j + p, 2 * i + q, -stiffness);
                    }
                }
            }
        }
        CsrMatrix a = assembler.assemble();
        double[] right = new double[2 * points];
        double[] up = new double[2 * points];
        double[] turn = new double[2 * points];
        double[] both = new double[2 * points];
        for (int i = 0; i < points; i++) {
            right[2 * i] = 1;
            up[2 * i + 1] = 1;
            turn[2 * i] = -positions[i][1];
            turn[2 * i + 1] = positions[i][0];
            both[2 * i] = 1;
            both[2 * i + 1] = 1;
        }
        VectorSpace single = new LocalSpace(2 * points, 1, Team.serial());
        NullSpace rigid = NullSpace.spannedBy(single, List.of(right, up, turn, both));
        assertThat(rigid.dimension()).isEqualTo(3);
        double[] b = random(2 * points);
        double[] x = new double[2 * points];
        new SingularSolver(precise(new MinimalResidual()), NullSpaces.symmetric(rigid))
                .solve(a, b, x, Preconditioner.identity());
        assertPseudoInverse(a, b, x);
        assertThatThrownBy(() -> NullSpace.spannedBy(single, List.of(new double[2 * points])))
                .hasMessageContaining("norm 0.0");
    }

    @Test
    void multigridSolvesALargeNeumannProblemAsFastAsADirichletOne() {
        CsrMatrix a = networks(1, 80, 0, true, 9);
        double[] b = random(a.rows());
        double[] x = new double[a.rows()];
        SolveReport report = new SingularSolver(
                        KrylovSolver.of(new ConjugateGradient(), 1e-8),
                        NullSpaces.symmetric(NullSpace.constants(a.rows())))
                .solve(a, b, x, Multigrid.vCycle(Hierarchy.of(a, SmoothedAggregation.standard())));
        assertThat(report.iterations()).isLessThanOrEqualTo(15);
        assertThat(Math.abs(Arrays.stream(x).sum())).isLessThan(1e-10 * size(x));
    }

    @Test
    void severalRightHandSidesAreProjectedEach() {
        CsrMatrix a = networks(2, 5, 0, true, 2);
        int n = a.rows();
        double[] b = random(3 * n);
        for (int i = 0; i < n; i++) {
            b[3 * i + 1] = i < n / 2 ? 1 : -2; // wholly outside the range
        }
        double[] x = random(3 * n);
        List<SolveReport> reports = new SingularSolver(
                        precise(new ConjugateGradient()), NullSpaces.symmetric(NullSpace.constantsPerComponent(a)))
                .solve(
                        LinearMap.of(a, Team.serial()),
                        new LocalSpace(n, 3, Team.serial()),
                        b,
                        x,
                        Preconditioner.identity());
        for (int j = 0; j < 3; j++) {
            double[] column = new double[n];
            double[] solution = new double[n];
            for (int i = 0; i < n; i++) {
                column[i] = b[3 * i + j];
                solution[i] = x[3 * i + j];
            }
            if (j == 1) {
                assertThat(solution).containsOnly(0);
                assertThat(reports.get(j).rhsInconsistency()).isCloseTo(1, within(1e-12));
            } else {
                assertPseudoInverse(a, column, solution);
            }
        }
    }

    @Test
    void inconsistentRightHandSidesAreRefusedWhereAsked() {
        CsrMatrix a = networks(1, 5, 0, true, 2);
        SingularSolver strict = new SingularSolver(
                precise(new ConjugateGradient()),
                NullSpaces.symmetric(NullSpace.constants(25)),
                OnInconsistency.REFUSE);
        double[] x = random(25);
        double[] b = random(25);
        assertThatThrownBy(() -> strict.solve(a, b, x, Preconditioner.identity()))
                .isInstanceOfSatisfying(
                        SolveException.class,
                        failure -> assertThat(failure.report().status()).isEqualTo(Status.INCONSISTENT))
                .hasMessageContaining("Correct the right-hand side");
        assertThat(x).isEqualTo(random(25));
        double[] consistent = new double[25];
        a.multiply(random(25), consistent);
        assertThat(strict.solve(a, consistent, x, Preconditioner.identity()).converged())
                .isTrue();
    }

    @Test
    void wrongDeclarationsAreNoticed() {
        CsrMatrix regular = CsrMatrix.identity(10);
        assertThatThrownBy(() -> new SingularSolver(
                                precise(new ConjugateGradient()), NullSpaces.symmetric(NullSpace.constants(10)))
                        .solve(regular, random(10), new double[10], Preconditioner.identity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Declare the vectors that A maps to zero");
        CsrMatrix a = networks(1, 7, 2, true, 5);
        SingularSolver wrongLeft =
                new SingularSolver(precise(new Gmres()), NullSpaces.symmetric(NullSpace.constants(49)));
        assertThatThrownBy(() -> wrongLeft.solve(a, random(49), new double[49], Preconditioner.identity()))
                .isInstanceOf(SolveException.class);
        assertThatThrownBy(() -> NullSpaces.of(NullSpace.constants(4), NullSpace.none()))
                .hasMessageContaining("0 left and 1 right");
    }
}

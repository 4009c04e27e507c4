// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.Arrays;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Finds the null spaces of scalar differential operators without Dirichlet boundaries: constants on those connected
 * components where all rows (right null space) or all columns (left) sum to rounding. Where only one of the two is made of
 * constants, as for convection with diffusion, the other is computed.
 *
 * <p>Rigid motions and other null spaces are not found; declare them.
 */
final class NullSpaceDetection {
    /** Sums below this part of the sum of absolute values are rounding. */
    private static final double ROUNDING = 1e-12;
    /** A computed null vector must be mapped to less than this part of what constants are mapped to. */
    private static final double ACCEPTED = 1e-9;

    private static final StoppingCriterion CRITERION = new StoppingCriterion(1e-13, 0, 2000);
    private static final int RESTART = 60;

    private final CsrMatrix a;
    private final Components components;

    private NullSpaceDetection(CsrMatrix a) {
        this.a = a;
        components = Components.of(a);
    }

    static NullSpaces of(CsrMatrix a, boolean isSymmetric, Preconditioner preconditioner) {
        Sums rows = Sums.ofRows(a);
        Sums columns = isSymmetric ? rows : Sums.ofColumns(a);
        if (Grounding.reachesAll(a, rows.unbalanced())
                && (isSymmetric || Grounding.reachesAll(a, columns.unbalanced()))) {
            return NullSpaces.none();
        }
        return new NullSpaceDetection(a).find(rows, columns, preconditioner);
    }

    private NullSpaces find(Sums rows, Sums columns, Preconditioner preconditioner) {
        boolean[] right = rows.vanishing(components);
        boolean[] left = columns.vanishing(components);
        boolean[] either = right.clone();
        for (int c = 0; c < either.length; c++) {
            either[c] |= left[c];
        }
        return new NullSpaces(
                side(right, either, a, preconditioner),
                Arrays.equals(left, either)
                        ? side(left, either, a, preconditioner)
                        : side(left, either, a.transpose(), preconditioner.transposed()),
                false);
    }

    /** Sums of entries and of their absolute values. */
    private record Sums(double[] sum, double[] size) {
        static Sums ofRows(CsrMatrix a) {
            Sums sums = new Sums(new double[a.rows()], new double[a.rows()]);
            for (int i = 0; i < a.rows(); i++) {
                for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                    sums.add(i, a.values()[k]);
                }
            }
            return sums;
        }

        static Sums ofColumns(CsrMatrix a) {
            Sums sums = new Sums(new double[a.rows()], new double[a.rows()]);
            for (int k = 0; k < a.entries(); k++) {
                sums.add(a.columns()[k], a.values()[k]);
            }
            return sums;
        }

        private void add(int i, double value) {
            sum[i] += value;
            size[i] += Math.abs(value);
        }

        /** The rows whose sums are not zero. */
        boolean[] unbalanced() {
            boolean[] unbalanced = new boolean[sum.length];
            for (int i = 0; i < sum.length; i++) {
                unbalanced[i] = Math.abs(sum[i]) > ROUNDING * size[i];
            }
            return unbalanced;
        }

        /** The components on which every sum is zero. */
        boolean[] vanishing(Components components) {
            boolean[] vanishing = new boolean[components.count()];
            Arrays.fill(vanishing, true);
            for (int i = 0; i < sum.length; i++) {
                vanishing[components.label()[i]] &= Math.abs(sum[i]) <= ROUNDING * size[i];
            }
            return vanishing;
        }
    }

    /** The null space of a matrix that has one vector on each of the singular components, known where constant. */
    private NullSpace side(boolean[] constant, boolean[] singular, CsrMatrix matrix, Preconditioner preconditioner) {
        int[] number = new int[singular.length];
        int count = 0;
        for (int c = 0; c < singular.length; c++) {
            number[c] = singular[c] ? count++ : ComponentNullSpace.NONE;
        }
        int[] label = new int[matrix.rows()];
        double[] values = new double[matrix.rows()];
        double[] guess = new double[matrix.rows()];
        boolean known = true;
        for (int i = 0; i < label.length; i++) {
            int component = components.label()[i];
            label[i] = number[component];
            values[i] = singular[component] ? 1 : 0;
            guess[i] = singular[component] && !constant[component] ? 1 : 0;
            known &= guess[i] == 0;
        }
        if (count == 0) {
            return NullSpace.none();
        }
        if (!known) {
            correct(matrix, guess, label, count, preconditioner, values);
        }
        return new ComponentNullSpace(label, count, values);
    }

    /**
     * Solves A z = A g for constants g on the components where the vector is not known, with z orthogonal to them: n = g − z
     * is the null vector, and not zero, because its sum is that of g. The constants are the left null vectors there.
     */
    private static void correct(
            CsrMatrix matrix, double[] guess, int[] label, int count, Preconditioner preconditioner, double[] values) {
        int n = matrix.rows();
        double[] right = new double[n];
        matrix.multiply(guess, right);
        int[] unknown = label.clone();
        double[] ones = new double[n];
        for (int i = 0; i < n; i++) {
            unknown[i] = guess[i] == 0 ? ComponentNullSpace.NONE : label[i];
            ones[i] = 1;
        }
        NullSpace constants = new ComponentNullSpace(unknown, count, ones);
        VectorSpace space = new LocalSpace(n, 1, Team.serial());
        double[] z = new double[n];
        SolveReport report = new KrylovSolver(new Gmres(RESTART), CRITERION, OnFailure.RETURN)
                .solve(
                        LinearMap.of(matrix, Team.serial()),
                        space,
                        right,
                        z,
                        new ProjectedPreconditioner(preconditioner, new NullSpaces(constants, constants, false), space))
                .get(0);
        if (!(report.residual() <= ACCEPTED)) {
            throw new IllegalStateException(
                    "The matrix is singular, since constants vanish on one side, but its null space"
                            + " on the other side was not found (" + report + "); declare it.");
        }
        for (int i = 0; i < n; i++) {
            values[i] -= z[i];
        }
    }
}

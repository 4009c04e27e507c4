// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.Arrays;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Finds the null spaces of scalar differential operators without Dirichlet boundaries: constants on those connected
 * components where all rows (right null space) or all columns (left) sum to rounding. Where only one of the two is made of
 * constants, as for convection with diffusion, the other is computed.
 *
 * <p>Rigid motions and other null spaces are not found; declare them.
 *
 * @param a square
 * @param preconditioner of it
 */
record NullSpaceDetection(CsrMatrix a, Preconditioner preconditioner) implements SingularComponents.Sides {
    static NullSpaces of(CsrMatrix a, boolean isSymmetric, Preconditioner preconditioner) {
        Sums rows = Sums.ofRows(a);
        Sums columns = isSymmetric ? rows : Sums.ofColumns(a);
        if (Grounding.reachesAll(a, rows.unbalanced())
                && (isSymmetric || Grounding.reachesAll(a, columns.unbalanced()))) {
            return NullSpaces.none();
        }
        return singular(Components.of(a), rows, columns).nullSpaces(new NullSpaceDetection(a, preconditioner));
    }

    private static SingularComponents singular(Components components, Sums rows, Sums columns) {
        boolean[] right = rows.vanishing(components);
        boolean[] left = columns.vanishing(components);
        int[] number = new int[components.count()];
        int count = 0;
        for (int c = 0; c < number.length; c++) {
            number[c] = right[c] || left[c] ? count++ : SingularComponents.NONE;
        }
        int[] label = Arrays.stream(components.label()).map(c -> number[c]).toArray();
        boolean[] rightOfRow = new boolean[label.length];
        boolean[] leftOfRow = new boolean[label.length];
        for (int i = 0; i < label.length; i++) {
            rightOfRow[i] = right[components.label()[i]];
            leftOfRow[i] = left[components.label()[i]];
        }
        return new SingularComponents(label, count, rightOfRow, leftOfRow);
    }

    @Override
    public VectorSpace space() {
        return new LocalSpace(a.rows(), 1, Team.serial());
    }

    @Override
    public LinearMap map(boolean transposed) {
        return LinearMap.of(transposed ? a.transpose() : a, Team.serial());
    }

    @Override
    public Preconditioner preconditioner(boolean transposed) {
        return transposed ? preconditioner.transposed() : preconditioner;
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
                unbalanced[i] = !SingularComponents.vanishes(sum[i], size[i]);
            }
            return unbalanced;
        }

        /** The components on which every sum is zero. */
        boolean[] vanishing(Components components) {
            boolean[] vanishing = new boolean[components.count()];
            Arrays.fill(vanishing, true);
            for (int i = 0; i < sum.length; i++) {
                vanishing[components.label()[i]] &= SingularComponents.vanishes(sum[i], size[i]);
            }
            return vanishing;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.Arrays;
import org.sparkjno.amg.krylov.Gmres;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.krylov.VectorSpace;

/**
 * The connected components of a matrix on which constants are mapped to zero by it or by its transpose: each has one null
 * vector on either side. Rows may be divided over processes, each of which knows its own.
 *
 * @param label for every own row the number of its component, or {@link #NONE}
 * @param count number of such components, over all processes
 * @param right for every own row whether the matrix maps constants on its component to zero
 * @param left whether the transposed matrix does
 */
public record SingularComponents(int[] label, int count, boolean[] right, boolean[] left) {
    /** Label of a row of a regular component. */
    public static final int NONE = ComponentNullSpace.NONE;

    /** Sums below this part of the sum of absolute values are rounding. */
    private static final double ROUNDING = 1e-12;
    /** A computed null vector must be mapped to less than this part of what constants are mapped to. */
    private static final double ACCEPTED = 1e-9;

    private static final StoppingCriterion CRITERION = new StoppingCriterion(1e-13, 0, 2000);
    private static final int RESTART = 60;

    /** The two sides of a matrix with what helps to solve on each. */
    public interface Sides {
        /** The vectors of one column, over all processes. */
        VectorSpace space();

        /** Products with the matrix or its transpose. */
        LinearMap map(boolean transposed);

        /** For solves with the matrix or its transpose. */
        Preconditioner preconditioner(boolean transposed);
    }

    /**
     * Whether a sum of entries is zero up to rounding.
     *
     * @param size the sum of their absolute values
     */
    public static boolean vanishes(double sum, double size) {
        return Math.abs(sum) <= ROUNDING * size;
    }

    /**
     * The null spaces. Where only one side is made of constants the other is computed; made by all processes together.
     *
     * @throws IllegalStateException if that fails
     */
    public NullSpaces nullSpaces(Sides sides) {
        if (count == 0) {
            return NullSpaces.none();
        }
        return new NullSpaces(side(right, sides, false), side(left, sides, true), false);
    }

    private NullSpace side(boolean[] constant, Sides sides, boolean transposed) {
        double[] values = new double[label.length];
        double[] guess = new double[label.length];
        double unknown = 0;
        for (int i = 0; i < label.length; i++) {
            values[i] = label[i] == NONE ? 0 : 1;
            guess[i] = label[i] == NONE || constant[i] ? 0 : 1;
            unknown += guess[i];
        }
        if (sides.space().sum(new double[] {unknown})[0] > 0) {
            double[] correction = correction(sides, transposed, guess);
            for (int i = 0; i < values.length; i++) {
                values[i] -= correction[i];
            }
        }
        return new ComponentNullSpace(label, count, values);
    }

    /**
     * The z with A z = A g for constants g on the components where the vector is not known, orthogonal to them: n = g − z
     * is the null vector, and not zero, because its sum is that of g. The constants are the left null vectors there.
     */
    private double[] correction(Sides sides, boolean transposed, double[] guess) {
        VectorSpace space = sides.space();
        LinearMap matrix = sides.map(transposed);
        int[] unknown = label.clone();
        double[] ones = new double[label.length];
        Arrays.fill(ones, 1);
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = guess[i] == 0 ? NONE : label[i];
        }
        NullSpace constants = new ComponentNullSpace(unknown, count, ones);
        double[] rhs = space.zeros();
        matrix.apply(guess, rhs, 1);
        double[] z = space.zeros();
        SolveReport report = new KrylovSolver(new Gmres(RESTART), CRITERION, OnFailure.RETURN)
                .solve(
                        matrix,
                        space,
                        rhs,
                        z,
                        new ProjectedPreconditioner(
                                sides.preconditioner(transposed), new NullSpaces(constants, constants, false), space))
                .get(0);
        if (!(report.residual() <= ACCEPTED)) {
            throw new IllegalStateException(
                    "The matrix is singular, since constants vanish on one side, but its null space"
                            + " on the other side was not found (" + report + "); declare it.");
        }
        return z;
    }
}

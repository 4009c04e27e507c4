// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.nullspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.sparkjno.amg.krylov.KrylovSolver;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.krylov.SolveReport.Status;
import org.sparkjno.amg.krylov.VectorSpace;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Solves singular systems whose null spaces are known: the answer is A⁺b, the shortest of all least-squares solutions. The
 * right-hand side is projected onto the range of A, the iteration is kept out of the null space, and the solution is
 * freed of what is left there.
 *
 * <p>Bochev and Lehoucq, "On the finite element solution of the pure Neumann problem", SIAM Review 47 (2005). Nonsymmetric
 * methods need that no left null vector is orthogonal to all right ones (index 1), else they may break down: Brown and
 * Walker, "GMRES on (nearly) singular systems", SIAM J. Matrix Anal. Appl. 18 (1997).
 *
 * <p>The adjoint system is solved by the solver of {@code nullSpaces.transposed()}.
 *
 * @param solver method, tolerance (relative to the projected right-hand side) and policy
 * @param nullSpaces right and left null spaces; where empty, this solver is {@code solver}
 * @param onInconsistency what to do with right-hand sides outside the range
 */
public record SingularSolver(KrylovSolver solver, NullSpaces nullSpaces, OnInconsistency onInconsistency) {
    /** A removed part of this size relative to b is no rounding. */
    private static final double INCONSISTENT = 1e-10;
    /** A projected right-hand side of this size relative to b is nothing but rounding. */
    private static final double ROUNDING = 1e-14;
    /** A vector that A shrinks less than this, compared with a random one, is no null vector. */
    private static final double NULL = 1e-6;

    private static final long SEED = 17;

    public SingularSolver {
        Objects.requireNonNull(solver, "solver");
        Objects.requireNonNull(nullSpaces, "nullSpaces");
        Objects.requireNonNull(onInconsistency, "onInconsistency");
    }

    /** Projects right-hand sides outside the range and reports what was removed. */
    public SingularSolver(KrylovSolver solver, NullSpaces nullSpaces) {
        this(solver, nullSpaces, OnInconsistency.PROJECT);
    }

    /** Solves A x = b on one thread; see {@link #solve(LinearMap, VectorSpace, double[], double[], Preconditioner)}. */
    public SolveReport solve(CsrMatrix a, double[] b, double[] x, Preconditioner preconditioner) {
        LinearMap map = LinearMap.of(a, Team.serial());
        return solve(map, new LocalSpace(a.rows(), 1, Team.serial()), b, x, preconditioner)
                .get(0);
    }

    /**
     * Solves A X = B for as many right-hand sides as the space is wide.
     *
     * @param b right-hand sides, (rows x width)
     * @param x initial guesses on entry, A⁺B on return, (rows x width)
     * @param preconditioner M⁻¹ of the singular matrix
     * @return one report per right-hand side, with the part of it that was removed
     * @throws IllegalArgumentException if sizes differ, a value is not finite, or A does not vanish on the null space
     * @throws org.sparkjno.amg.krylov.SolveException if a tolerance is not reached and the policy is to throw
     */
    public List<SolveReport> solve(
            LinearMap a, VectorSpace space, double[] b, double[] x, Preconditioner preconditioner) {
        if (nullSpaces.isEmpty()) {
            return solver.solve(a, space, b, x, preconditioner);
        }
        solver.requireValid(a, space, b, x);
        requireNull(a, space.withWidth(1));
        double[] projected = b.clone();
        double[] inconsistency = project(projected, b, space);
        boolean[] refused = new boolean[space.width()];
        for (int j = 0; j < refused.length; j++) {
            refused[j] = onInconsistency == OnInconsistency.REFUSE && inconsistency[j] > INCONSISTENT;
            if (refused[j]) {
                copy(j, new double[b.length], projected, space.width());
            }
        }
        double[] guess = x.clone();
        nullSpaces.right().removeFrom(x, space);
        List<SolveReport> reports = new KrylovSolver(solver.method(), solver.criterion(), OnFailure.RETURN)
                .solve(a, space, projected, x, new ProjectedPreconditioner(preconditioner, nullSpaces, space));
        nullSpaces.right().removeFrom(x, space);
        List<SolveReport> results = new ArrayList<>();
        for (int j = 0; j < refused.length; j++) {
            if (refused[j]) {
                copy(j, guess, x, space.width());
            }
            results.add(result(reports.get(j), inconsistency[j], refused[j]));
        }
        solver.judge(a, results);
        return results;
    }

    private static void copy(int j, double[] from, double[] to, int width) {
        for (int i = j; i < to.length; i += width) {
            to[i] = from[i];
        }
    }

    /** Removes the left null space; returns ‖b − Pb‖ / ‖b‖, and sets to zero what is but rounding. */
    private double[] project(double[] projected, double[] b, VectorSpace space) {
        nullSpaces.left().removeFrom(projected, space);
        double[] removed = b.clone();
        space.axpy(space.scalars(-1), projected, removed);
        double[] norm = space.norm(b);
        double[] left = space.norm(projected);
        double[] inconsistency = space.norm(removed);
        for (int j = 0; j < norm.length; j++) {
            inconsistency[j] = norm[j] == 0 ? 0 : inconsistency[j] / norm[j];
            if (left[j] <= ROUNDING * norm[j]) {
                copy(j, new double[b.length], projected, space.width());
            }
        }
        return inconsistency;
    }

    /** Tries A on a random vector of the right null space: a wrong one would spoil the solution in silence. */
    private void requireNull(LinearMap a, VectorSpace single) {
        double[] random = single.random(SEED);
        double[] member = random.clone();
        nullSpaces.right().removeFrom(member, single);
        single.xpby(random, new double[] {-1}, member);
        double gain = gain(a, member, single);
        double usual = gain(a, random, single);
        if (gain > NULL * usual) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The %s is none of the %s: A v is %.1e times as long as v for a v in it, and %.1e times for a random"
                            + " one. Declare the vectors that A maps to zero.",
                    nullSpaces.right(),
                    a,
                    gain,
                    usual));
        }
    }

    private static double gain(LinearMap a, double[] vector, VectorSpace single) {
        double[] image = single.zeros();
        a.apply(vector, image, 1);
        return single.norm(image)[0] / single.norm(vector)[0];
    }

    private SolveReport result(SolveReport report, double inconsistency, boolean refused) {
        List<String> notes = new ArrayList<>();
        if (!nullSpaces.declared()) {
            notes.add("The matrix is singular and its null space, of dimension "
                    + nullSpaces.right().dimension()
                    + ", was not declared: the solution is the shortest one.");
        }
        if (inconsistency > INCONSISTENT) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.1e of the right-hand side lies outside the range of the singular matrix%s.",
                    inconsistency,
                    refused ? "" : " and was removed: the solution is that of least squares"));
        }
        if (refused) {
            return new SolveReport(0, inconsistency, Status.INCONSISTENT, new double[0], inconsistency, notes);
        }
        return report.withInconsistency(inconsistency, notes);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/**
 * Solves linear systems by a Krylov method and believes no recursion: a right-hand side has converged when its true
 * residual b − A x is small enough. Immutable; threads share it.
 *
 * @param method the method
 * @param criterion when to stop
 * @param onFailure what to do when the tolerance is not reached
 */
public record KrylovSolver(KrylovMethod method, StoppingCriterion criterion, OnFailure onFailure) {

    public KrylovSolver {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(criterion, "criterion");
        Objects.requireNonNull(onFailure, "onFailure");
    }

    /** A method with a relative tolerance and at most 500 iterations, throwing if they do not suffice. */
    public static KrylovSolver of(KrylovMethod method, double tolerance) {
        return new KrylovSolver(method, StoppingCriterion.relative(tolerance), OnFailure.THROW);
    }

    /**
     * Solves A x = b on one thread.
     *
     * @param a square, n x n
     * @param b right-hand side, n values
     * @param x initial guess on entry, solution on return, n values
     * @param preconditioner M⁻¹
     * @throws IllegalArgumentException if sizes differ or a value is not finite
     * @throws SolveException if the tolerance is not reached and the policy is to throw
     */
    public SolveReport solve(CsrMatrix a, double[] b, double[] x, Preconditioner preconditioner) {
        LinearMap map = LinearMap.of(a, Team.serial());
        return solve(map, new LocalSpace(a.rows(), 1, Team.serial()), b, x, preconditioner)
                .get(0);
    }

    /**
     * Solves A X = B for as many right-hand sides as the space is wide.
     *
     * @param b right-hand sides, (rows x width)
     * @param x initial guesses on entry, solutions on return, (rows x width); where a right-hand side fails, the iterate
     *     of the smallest true residual that was seen
     * @param preconditioner M⁻¹
     * @return one report per right-hand side
     * @throws IllegalArgumentException if sizes differ or a value is not finite
     * @throws SolveException if a tolerance is not reached and the policy is to throw
     */
    public List<SolveReport> solve(
            LinearMap a, VectorSpace space, double[] b, double[] x, Preconditioner preconditioner) {
        double[] scale = requireValid(a, space, b, x);
        List<SolveReport> reports = new RestartLoop(this, a, preconditioner, space, b, x, scale).solve();
        judge(a, reports);
        return reports;
    }

    /**
     * Does what the policy demands where a right-hand side has failed.
     *
     * @throws SolveException if the policy is to throw
     */
    public void judge(LinearMap a, List<SolveReport> reports) {
        Optional<SolveReport> failure =
                onFailure == OnFailure.RETURN ? Optional.empty() : SolveReport.firstFailure(reports);
        if (failure.isEmpty()) {
            return;
        }
        String message = method + " on a " + a + " did not reach " + criterion + ": " + failure.get() + ". "
                + failure.get().status().remedy();
        if (onFailure == OnFailure.THROW) {
            throw new SolveException(message, reports);
        }
        // The logging starts with the first logger, and slowly: only where there is something to say.
        LoggerFactory.getLogger(KrylovSolver.class).warn(message);
    }

    /**
     * Checks sizes and values of a system.
     *
     * @return the norms of the right-hand sides
     * @throws IllegalArgumentException if sizes differ or a value is not finite; one sentence names it
     */
    public double[] requireValid(LinearMap a, VectorSpace space, double[] b, double[] x) {
        if (a.rows() != space.rows()) {
            throw new IllegalArgumentException(
                    "The matrix has " + a.rows() + " rows, but the vectors have " + space.rows() + " components.");
        }
        double[] norms = finiteNorms("right-hand side", b, space);
        finiteNorms("initial guess", x, space);
        return norms;
    }

    /** The norms; every process takes part before any complains, so none waits for another. */
    private static double[] finiteNorms(String what, double[] vectors, VectorSpace space) {
        int length = space.rows() * space.width();
        if (vectors.length != length) {
            throw new IllegalArgumentException("The " + what + " has " + vectors.length + " values, but the matrix has "
                    + space.rows() + " rows"
                    + (space.width() == 1 ? "." : " and there are " + space.width() + " right-hand sides."));
        }
        double[] norms = space.norm(vectors);
        for (double norm : norms) {
            if (!Double.isFinite(norm)) {
                throw notFinite(what, vectors);
            }
        }
        return norms;
    }

    private static IllegalArgumentException notFinite(String what, double[] vectors) {
        for (int i = 0; i < vectors.length; i++) {
            if (!Double.isFinite(vectors[i])) {
                return new IllegalArgumentException("Value " + i + " of the " + what + " is " + vectors[i] + ".");
            }
        }
        return new IllegalArgumentException(
                "The norm of the " + what + " overflows, or another process holds a value that is not finite.");
    }
}

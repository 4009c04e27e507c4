// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the solve of one right-hand side ended.
 *
 * @param iterations iterations as the field counts them: one product with A and one preconditioner application each, two
 *     for BiCGStab(l)
 * @param residual the true relative residual ‖b − Ax‖₂ / ‖b‖₂, computed from x at the end, never by recursion; 0 for b = 0
 * @param status why the solve ended
 * @param history relative residuals: the true one of the initial guess, then the recursive one of every step (a step of
 *     BiCGStab(l) is l iterations)
 * @param rhsInconsistency ‖b − Pb‖₂ / ‖b‖₂ for the projection P onto the range of a singular matrix whose null space is
 *     known, else 0; {@code residual} then is that of the projected system, relative to ‖Pb‖₂
 * @param notes what the caller should know, one sentence each; mostly none
 */
public record SolveReport(
        int iterations, double residual, Status status, double[] history, double rhsInconsistency, List<String> notes)
        implements Serializable {
    public SolveReport {
        notes = List.copyOf(notes);
    }

    /** Why a solve ended. */
    public enum Status {
        /** The true residual is below the tolerance. */
        CONVERGED("Nothing need be done."),
        /** The iteration limit came first. */
        ITERATION_LIMIT("Allow more iterations or use a stronger preconditioner."),
        /** Restarts from the true residual no longer reduce it: the attainable accuracy is reached. */
        STALLED("Ask for a larger tolerance, this one may be beyond double precision for this matrix, or use a stronger"
                + " preconditioner."),
        /** A direction of non-positive energy was met: matrix or preconditioner is not positive definite. */
        INDEFINITE("The matrix or the preconditioner is not positive definite: use MINRES, GMRES or BiCGStab, or check"
                + " the assembly."),
        /** A division by zero in the recursion, from which no restart leads on. */
        BREAKDOWN(
                "Use GMRES with a longer restart or another preconditioner, or declare the null space if the matrix is"
                        + " singular."),
        /** The residual grew beyond bounds or was not a number. */
        DIVERGED("Check that the method suits the matrix and that the preconditioner is one of this matrix."),
        /** The right-hand side lies outside the range of the singular matrix, and the caller refuses such. */
        INCONSISTENT("Correct the right-hand side, or accept the least-squares solution.");

        private final String remedy;

        Status(String remedy) {
            this.remedy = remedy;
        }

        /** What to try next, one sentence. */
        public String remedy() {
            return remedy;
        }
    }

    public boolean converged() {
        return status == Status.CONVERGED;
    }

    /** The first of several right-hand sides that did not converge. */
    static Optional<SolveReport> firstFailure(List<SolveReport> reports) {
        return reports.stream().filter(report -> !report.converged()).findFirst();
    }

    /** This report with what is known of the right-hand side of a singular system. */
    public SolveReport withInconsistency(double inconsistency, List<String> moreNotes) {
        return new SolveReport(iterations, residual, status, history, inconsistency, moreNotes);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s after %d iterations, true relative residual %.3e", status, iterations, residual);
    }
}

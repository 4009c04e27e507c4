// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Locale;

/**
 * How a solve ended.
 *
 * @param iterations matrix products spent in Krylov steps
 * @param residual the true relative residual ‖b − Ax‖₂ / ‖b‖₂, computed from x at the end, never by recursion
 * @param status why the solve ended
 */
public record SolveReport(int iterations, double residual, Status status) {
    /** Why a solve ended. */
    public enum Status {
        /** The true residual is below the tolerance. */
        CONVERGED,
        /** The iteration limit came first. */
        ITERATION_LIMIT,
        /** Restarts from the true residual no longer reduce it: the attainable accuracy is reached. */
        STALLED,
        /** A direction of non-positive energy was met: matrix or preconditioner is not positive definite. */
        INDEFINITE
    }

    public boolean converged() {
        return status == Status.CONVERGED;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s after %d iterations, true relative residual %.3e", status, iterations, residual);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.krylov;

import java.util.Locale;

/**
 * When a solve has converged or has taken too long: ‖b − Ax‖₂ ≤ max(relative · ‖b‖₂, absolute).
 *
 * @param relative bound relative to the right-hand side (not to the initial residual: a good guess does not tighten it)
 * @param absolute bound in units of the right-hand side, 0 for none
 * @param iterationLimit most iterations of each right-hand side over all restarts
 */
public record StoppingCriterion(double relative, double absolute, int iterationLimit) {
    private static final int USUAL_LIMIT = 500;

    public StoppingCriterion {
        if (!(relative >= 0 && relative < 1)) {
            throw new IllegalArgumentException(
                    "The relative tolerance must lie between 0 and 1, but is " + relative + ".");
        }
        if (!(absolute >= 0 && Double.isFinite(absolute))) {
            throw new IllegalArgumentException(
                    "The absolute tolerance must be finite and not negative, but is " + absolute + ".");
        }
        if (relative == 0 && absolute == 0) {
            throw new IllegalArgumentException("One of the relative and the absolute tolerance must lie above 0.");
        }
        if (iterationLimit < 1) {
            throw new IllegalArgumentException("The iteration limit must be positive, but is " + iterationLimit + ".");
        }
    }

    /** A relative tolerance, at most 500 iterations. */
    public static StoppingCriterion relative(double tolerance) {
        return new StoppingCriterion(tolerance, 0, USUAL_LIMIT);
    }

    /** The same tolerances with another limit. */
    public StoppingCriterion atMost(int iterations) {
        return new StoppingCriterion(relative, absolute, iterations);
    }

    /** The largest residual norm that counts as converged. */
    double target(double rightHandSideNorm) {
        return Math.max(relative * rightHandSideNorm, absolute);
    }

    /** What is asked for, in words. */
    @Override
    public String toString() {
        String goal = relative > 0 ? String.format(Locale.ROOT, "relative residual %.1e", relative) : "";
        String floor = absolute > 0 ? String.format(Locale.ROOT, "residual %.1e", absolute) : "";
        return goal + (goal.isEmpty() || floor.isEmpty() ? "" : " or ") + floor + " within " + iterationLimit
                + " iterations";
    }
}

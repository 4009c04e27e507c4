// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.optim.descent.DescentState.Status;

/**
 * A quasi-Newton method: a direction from what gradients have told so far, and a line search along it. The method is a
 * plain value; what it remembers is in the {@link DescentState}.
 *
 * <p>Where a line search fails, what was learnt is forgotten and the next one goes along the negative gradient; where
 * this fails too, the descent ends.
 */
public sealed interface LineSearchMethod extends Serializable permits Lbfgs, SelfScaledBroyden {
    /** How lengths of steps are found. */
    StrongWolfe search();

    /** When a descent has converged. */
    Stopping stopping();

    /** The state of a descent from its arrays, see {@link DescentState#arrays}. */
    DescentState resume(Map<String, double[]> arrays);

    /** The state before the first step. */
    DescentState begin(double[] parameters);

    /** What to tell a user who computes losses in this precision. */
    default Optional<String> warning(DType precision) {
        return precision == DType.F64
                ? Optional.empty()
                : Optional.of(
                        "A line search in " + precision.text() + " ends as soon as differences of the loss drown in"
                                + " rounding, which may be very early; train in f64.");
    }

    /**
     * One step.
     *
     * @param state where it begins; it is used up and must not be continued again
     * @return where it ends; {@code state} itself when it is finished
     */
    default DescentState step(DescentState state, Objective objective) {
        if (state.finished()) {
            return state;
        }
        DescentState here = state.gradient().length == state.parameters().length
                ? state
                : state.evaluated(Point.evaluate(objective, state.parameters()));
        if (!Double.isFinite(here.value()) || !Double.isFinite(Vectors.absoluteSum(here.gradient()))) {
            throw new IllegalArgumentException("The loss at the start of a descent is " + here.value()
                    + " or has a gradient that is not finite; begin elsewhere.");
        }
        if (Vectors.largest(here.gradient()) <= stopping().gradient()) {
            return here.ended(Status.SMALL_GRADIENT);
        }
        DescentState next = Advance.of(search(), here, objective);
        if (next.finished() && !here.curvature().isEmpty()) {
            DescentState forgetful = here.stayed(
                    Math.toIntExact(next.evaluations() - here.evaluations()),
                    begin(here.parameters()).curvature());
            next = Advance.of(search(), forgetful, objective);
            if (!next.finished() && !(next.value() < here.value())) {
                next = next.ended(Status.NO_DESCENT);
            }
        }
        double decrease = (here.value() - next.value()) / Math.max(Math.abs(here.value()), Double.MIN_NORMAL);
        boolean settled = stopping().decrease() > 0 && decrease <= stopping().decrease();
        return settled && !next.finished() ? next.ended(Status.SETTLED) : next;
    }
}

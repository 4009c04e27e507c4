// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import org.sparkjno.optim.descent.DescentState.Status;

/** A move along the direction of a quasi-Newton method. */
final class Advance {
    private Advance() {}

    /** The next state; the same point, ended, where the line search fails. */
    static DescentState of(StrongWolfe search, DescentState here, Objective objective) {
        double[] direction = here.curvature().direction(here.gradient());
        Point start = here.point().along(direction);
        if (!(start.slope() < 0)) {
            return here.ended(Status.NO_DESCENT);
        }
        double first = here.curvature().isEmpty() ? Math.min(1, 1 / Vectors.absoluteSum(here.gradient())) : 1;
        StrongWolfe.Found found = search.search(objective, start, direction, first);
        if (found.point() == null) {
            return here.stayed(found.evaluations(), here.curvature()).ended(Status.NO_DESCENT);
        }
        Point there = found.point();
        double[] step = Vectors.difference(there.parameters(), here.parameters());
        double[] change = Vectors.difference(there.gradient(), here.gradient());
        // The direction is −H·g, so H⁻¹s is the gradient times minus the length.
        double metric = -there.length() * Vectors.dot(step, here.gradient());
        return here.moved(there, found.evaluations(), here.curvature().after(step, change, metric));
    }
}

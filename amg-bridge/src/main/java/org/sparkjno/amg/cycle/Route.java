// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.cycle;

import java.util.List;
import org.sparkjno.amg.hierarchy.Level;
import org.sparkjno.amg.parallel.Team;

/**
 * How a hierarchy is traversed.
 *
 * @param symmetric whether the matrices are, which decides the Krylov method of K-cycles
 * @param reversed whether the visits of one level come in the opposite order, as in the transposed cycle
 */
record Route(List<Level> levels, Cycle cycle, boolean symmetric, boolean reversed, Team team) {
    Route transposed(List<Level> transposedLevels) {
        return new Route(transposedLevels, cycle, symmetric, !reversed, team);
    }

    /** Whether level l is visited more than once each time. */
    boolean revisits(int l) {
        return cycle != Cycle.V && l > 0 && l + 1 < levels.size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import org.sparkjno.amg.krylov.SolveReport;

/** Hears of every solve that a graph makes, of those for derivatives too. Threads that run graphs call it at once. */
@FunctionalInterface
public interface SolveListener {
    /** Nobody listens. */
    SolveListener NONE = (kind, batch, column, report) -> {};

    /**
     * A solve has ended, whether it converged or not.
     *
     * @param kind what it is for
     * @param batch which matrix of a batch, from 0
     * @param column which right-hand side of this matrix, from 0
     * @param report iterations, true residual and status
     */
    void solved(SolveKind kind, int batch, int column, SolveReport report);
}

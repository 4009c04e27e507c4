// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.amg.krylov.SolveReport;

/** A listener that keeps what it hears, in the order in which solves end, until it is taken. Safe for many threads. */
public final class SolveLog implements SolveListener {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One solve.
     *
     * @param kind what it is for
     * @param batch which matrix of a batch, from 0
     * @param column which right-hand side of this matrix, from 0
     * @param report iterations, true residual and status
     */
    public record Entry(SolveKind kind, int batch, int column, SolveReport report) {}

    @Override
    public synchronized void solved(SolveKind kind, int batch, int column, SolveReport report) {
        entries.add(new Entry(kind, batch, column, report));
    }

    /** All solves since the last time they were taken. */
    public synchronized List<Entry> take() {
        List<Entry> all = List.copyOf(entries);
        entries.clear();
        return all;
    }
}

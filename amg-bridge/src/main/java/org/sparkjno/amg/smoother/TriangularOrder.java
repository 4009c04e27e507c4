// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.smoother;

import java.util.function.IntConsumer;
import org.sparkjno.amg.matrix.Pattern;
import org.sparkjno.amg.parallel.Team;

/**
 * The order in which the rows of a triangular system are solved: one after the other, or for a team in levels of rows that
 * do not wait for each other. Both give the same bits.
 */
final class TriangularOrder {
    /** Levels that are smaller on average do not pay for waking threads. */
    private static final int WORTHWHILE = 2048;

    private final int count;
    private final boolean forwards;
    /** Rows by level; null where one thread does all. */
    private final int[] rows;

    private final int[] levelStart;

    private TriangularOrder(int count, boolean forwards, int[] rows, int[] levelStart) {
        this.count = count;
        this.forwards = forwards;
        this.rows = rows;
        this.levelStart = levelStart;
    }

    /** For the part below the diagonal. */
    static TriangularOrder forwards(Pattern pattern, int[] diagonal, Team team) {
        int n = pattern.rows();
        int[] level = new int[n];
        for (int i = 0; i < n && team.size() > 1; i++) {
            for (int k = pattern.rowStart()[i]; k < diagonal[i]; k++) {
                level[i] = Math.max(level[i], level[pattern.columns()[k]] + 1);
            }
        }
        return of(level, true, team);
    }

    /** For the part above the diagonal. */
    static TriangularOrder backwards(Pattern pattern, int[] diagonal, Team team) {
        int n = pattern.rows();
        int[] level = new int[n];
        for (int i = n - 1; i >= 0 && team.size() > 1; i--) {
            for (int k = diagonal[i] + 1; k < pattern.rowStart()[i + 1]; k++) {
                level[i] = Math.max(level[i], level[pattern.columns()[k]] + 1);
            }
        }
        return of(level, false, team);
    }

    private static TriangularOrder of(int[] level, boolean forwards, Team team) {
        int n = level.length;
        int levels = 0;
        for (int l : level) {
            levels = Math.max(levels, l + 1);
        }
        if (team.size() == 1 || n < (long) levels * WORTHWHILE) {
            return new TriangularOrder(n, forwards, null, null);
        }
        int[] start = new int[levels + 1];
        for (int l : level) {
            start[l + 1]++;
        }
        for (int l = 0; l < levels; l++) {
            start[l + 1] += start[l];
        }
        int[] next = start.clone();
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[next[level[i]]++] = i;
        }
        return new TriangularOrder(n, forwards, rows, start);
    }

    /** Visits all rows, each after those it waits for. */
    void forEach(Team team, IntConsumer row) {
        if (rows != null) {
            for (int l = 0; l + 1 < levelStart.length; l++) {
                int first = levelStart[l];
                team.forRows(levelStart[l + 1] - first, (from, to) -> {
                    for (int k = from; k < to; k++) {
                        row.accept(rows[first + k]);
                    }
                });
            }
        } else if (forwards) {
            for (int i = 0; i < count; i++) {
                row.accept(i);
            }
        } else {
            for (int i = count - 1; i >= 0; i--) {
                row.accept(i);
            }
        }
    }
}

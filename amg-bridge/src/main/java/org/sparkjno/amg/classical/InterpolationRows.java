// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.classical;

import java.util.Arrays;
import java.util.function.Supplier;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.parallel.Team;

/** Puts interpolation together: coarse points are copied, fine ones follow a rule, isolated ones get nothing. */
final class InterpolationRows {
    private final CoarsePoints points;
    private final int rowElements;
    private int[] columns;
    private double[] values;
    private int size;

    private InterpolationRows(CoarsePoints points, int rowElements, int rows) {
        this.points = points;
        this.rowElements = rowElements;
        columns = new int[2 * rows + 64];
        values = new double[columns.length];
    }

    /** How a fine point is interpolated; each thread has a rule of its own. */
    @FunctionalInterface
    interface Rule {
        /** Fills the empty row with the weights of coarse points, named by their place on the fine level. */
        void interpolate(int point, InterpolationRow row);
    }

    /**
     * P, (fine x coarse).
     *
     * @param rowElements rows keep so many of their largest weights
     * @param rule makes a rule for each thread
     */
    static CsrMatrix assemble(CoarsePoints points, int rowElements, Team team, Supplier<Rule> rule) {
        int n = points.types().length;
        int[] start = new int[n + 1];
        InterpolationRows[] parts = new InterpolationRows[team.size()];
        team.forTasks(parts.length, part -> {
            int from = Team.cut(n, parts.length, part);
            int to = Team.cut(n, parts.length, part + 1);
            parts[part] = new InterpolationRows(points, rowElements, to - from);
            parts[part].fill(from, to, rule.get(), start);
        });
        for (int i = 0; i < n; i++) {
            start[i + 1] += start[i];
        }
        int[] columns = new int[start[n]];
        double[] values = new double[start[n]];
        team.forTasks(parts.length, part -> {
            int at = start[Team.cut(n, parts.length, part)];
            System.arraycopy(parts[part].columns, 0, columns, at, parts[part].size);
            System.arraycopy(parts[part].values, 0, values, at, parts[part].size);
        });
        return CsrMatrix.of(n, points.count(), start, columns, values);
    }

    /** Appends some rows; their lengths go to {@code length}, one place on. */
    private void fill(int from, int to, Rule rule, int[] length) {
        InterpolationRow row = new InterpolationRow(points);
        for (int i = from; i < to; i++) {
            int before = size;
            row.clear();
            if (points.isCoarse(i)) {
                append(points.index()[i], 1);
            } else if (points.types()[i] == PointType.FINE) {
                rule.interpolate(i, row);
                row.truncate(rowElements, i);
                for (int slot = 0; slot < row.size(); slot++) {
                    append(points.index()[row.point(slot)], row.weight(slot));
                }
            }
            length[i + 1] = size - before;
        }
    }

    private void append(int column, double value) {
        if (size == columns.length) {
            int capacity = size + (size >> 1);
            columns = Arrays.copyOf(columns, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        columns[size] = column;
        values[size++] = value;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.stream.IntStream;
import org.sparkjno.amg.compiled.BlockRows;
import org.sparkjno.amg.compiled.Real;
import org.sparkjno.amg.parallel.Team;

/** Block rows of a matrix in some precision: all of it, or the blocks on some side of a diagonal. */
public final class Blocking {
    /** Numbers stored per entry of the matrix, zeros that fill blocks among them, up to which blocks pay. */
    private static final double FILL = 1.25;

    private final CsrMatrix a;
    private final int height;
    private final int breadth;
    private final Selection selection;
    private final Team team;

    /**
     * Which blocks are taken, in which order of block rows.
     *
     * @param rows block rows
     * @param from first block column, for each of these
     * @param to block column after the last
     * @param inside whether it is those between that are taken, or the others
     */
    public record Selection(int[] rows, int[] from, int[] to, boolean inside) {
        static Selection whole(int rows, int columns) {
            int[] all = IntStream.range(0, rows).toArray();
            return new Selection(
                    all,
                    new int[rows],
                    IntStream.generate(() -> columns).limit(rows).toArray(),
                    true);
        }

        private boolean takes(int q, int column) {
            return (column >= from[q] && column < to[q]) == inside;
        }
    }

    private Blocking(CsrMatrix a, int height, int breadth, Selection selection, Team team) {
        this.a = a;
        this.height = height;
        this.breadth = breadth;
        this.selection = selection;
        this.team = team;
    }

    /**
     * The whole matrix, by blocks if its entries come in such. A scalar one shares the arrays of the pattern.
     *
     * @param height rows of a block, dividing those of the matrix
     * @param breadth columns of a block, dividing those of the matrix
     */
    public static <V> BlockRows<V> whole(CsrMatrix a, int height, int breadth, Real<V> real, Team team) {
        if (height * breadth > 1) {
            Selection all = Selection.whole(a.rows() / height, a.columnCount() / breadth);
            Blocking blocking = new Blocking(a, height, breadth, all, team);
            int[] start = blocking.count();
            if ((double) start[start.length - 1] * height * breadth <= FILL * a.entries()) {
                return blocking.fill(start, real);
            }
        }
        return new BlockRows<>(real, 1, 1, a.rowStart(), a.columns(), real.of(a.values()));
    }

    /**
     * Some square blocks; where a block has gaps, zeros fill it.
     *
     * @param size rows and columns of a block
     */
    public static <V> BlockRows<V> part(CsrMatrix a, int size, Selection selection, Real<V> real, Team team) {
        Blocking blocking = new Blocking(a, size, size, selection, team);
        return blocking.fill(blocking.count(), real);
    }

    private int[] count() {
        int[] start = new int[selection.rows().length + 1];
        team.forRows(selection.rows().length, (from, to) -> {
            int[] next = new int[height];
            for (int q = from; q < to; q++) {
                start[q + 1] = walk(q, next, null, null, 0);
            }
        });
        for (int q = 0; q + 1 < start.length; q++) {
            start[q + 1] += start[q];
        }
        return start;
    }

    private <V> BlockRows<V> fill(int[] start, Real<V> real) {
        int[] columns = new int[start[start.length - 1]];
        double[] values = new double[Math.multiplyExact(columns.length, height * breadth)];
        team.forRows(start.length - 1, (from, to) -> {
            int[] next = new int[height];
            for (int q = from; q < to; q++) {
                walk(q, next, columns, values, start[q]);
            }
        });
        return new BlockRows<>(real, height, breadth, start, columns, real.of(values));
    }

    /**
     * Appends the blocks of a block row.
     *
     * @param q number of the row within the selection
     * @param next room for a position in each row of the block row
     * @param columns null if blocks are only counted
     * @param position of the first block
     * @return the position after the last
     */
    private int walk(int q, int[] next, int[] columns, double[] values, int position) {
        int row = selection.rows()[q];
        if (height * breadth == 1) {
            return walkScalars(q, row, columns, values, position);
        }
        for (int r = 0; r < height; r++) {
            next[r] = a.rowStart()[row * height + r];
        }
        int at = position;
        for (int column = column(row, next); column < Integer.MAX_VALUE; column = column(row, next)) {
            boolean taken = selection.takes(q, column);
            passBlock(row, next, column, taken ? values : null, at);
            if (taken) {
                if (columns != null) {
                    columns[at] = column;
                }
                at++;
            }
        }
        return at;
    }

    private int walkScalars(int q, int row, int[] columns, double[] values, int position) {
        int at = position;
        for (int k = a.rowStart()[row]; k < a.rowStart()[row + 1]; k++) {
            if (selection.takes(q, a.columns()[k])) {
                if (columns != null) {
                    columns[at] = a.columns()[k];
                    values[at] = a.values()[k];
                }
                at++;
            }
        }
        return at;
    }

    /** The next block column of a block row, the largest integer at its end. */
    private int column(int row, int[] next) {
        int column = Integer.MAX_VALUE;
        for (int r = 0; r < height; r++) {
            if (next[r] < a.rowStart()[row * height + r + 1]) {
                column = Math.min(column, a.columns()[next[r]] / breadth);
            }
        }
        return column;
    }

    /** Goes past a block, whose values are copied unless there is nowhere to. */
    private void passBlock(int row, int[] next, int column, double[] values, int at) {
        for (int r = 0; r < height; r++) {
            int end = a.rowStart()[row * height + r + 1];
            for (; next[r] < end && a.columns()[next[r]] / breadth == column; next[r]++) {
                if (values != null) {
                    values[(at * height + r) * breadth + a.columns()[next[r]] % breadth] = a.values()[next[r]];
                }
            }
        }
    }
}

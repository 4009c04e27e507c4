// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;
import java.util.Optional;
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
                return blocking.fill(start, Optional.empty(), real);
            }
        }
        return new BlockRows<>(real, 1, 1, a.rowStart(), a.columns(), real.of(a.values()));
    }

    /**
     * Some square blocks; where a block has gaps, zeros fill it.
     *
     * @param size rows and columns of a block
     * @param known the same part of a matrix of the same pattern, whose arrays of positions then serve again
     */
    public static <V> BlockRows<V> part(
            CsrMatrix a, int size, Selection selection, Real<V> real, Team team, Optional<BlockRows<V>> known) {
        Blocking blocking = new Blocking(a, size, size, selection, team);
        if (known.isPresent()) {
            return blocking.fill(known.get().start(), Optional.of(known.get().columns()), real);
        }
        int[] start = blocking.count();
        return blocking.fill(start, Optional.empty(), real);
    }

    private int[] count() {
        int[] start = new int[selection.rows().length + 1];
        team.forRows(selection.rows().length, (from, to) -> {
            Walk walk = new Walk();
            for (int q = from; q < to; q++) {
                start[q + 1] = walk.count(q);
            }
        });
        for (int q = 0; q + 1 < start.length; q++) {
            start[q + 1] += start[q];
        }
        return start;
    }

    private <V> BlockRows<V> fill(int[] start, Optional<int[]> known, Real<V> real) {
        int[] columns = known.orElseGet(() -> new int[start[start.length - 1]]);
        V values = real.zeros(Math.multiplyExact(columns.length, height * breadth));
        team.forRows(start.length - 1, (from, to) -> {
            Walk walk = new Walk();
            for (int q = from; q < to; q++) {
                walk.fill(q, start[q], start[q + 1], values, real);
                if (known.isEmpty()) {
                    walk.fillColumns(q, start[q], columns);
                }
            }
        });
        return new BlockRows<>(real, height, breadth, start, columns, values);
    }

    /** Goes through block rows, whose scalar rows have a position each. */
    private final class Walk {
        private final int[] next = new int[height];
        /** The values of one block row. */
        private double[] blocks = new double[0];

        int count(int q) {
            if (height * breadth == 1) {
                return countScalars(q);
            }
            int count = 0;
            int row = begin(q);
            for (int column = column(row); column < Integer.MAX_VALUE; column = column(row)) {
                pass(row, column, -1);
                count += selection.takes(q, column) ? 1 : 0;
            }
            return count;
        }

        private int countScalars(int q) {
            int row = selection.rows()[q];
            int length = a.rowStart()[row + 1] - a.rowStart()[row];
            int between =
                    position(row, selection.to()[q]) - position(row, selection.from()[q]);
            return selection.inside() ? between : length - between;
        }

        /** The first entry of a row from a column on. */
        private int position(int row, int column) {
            int k = a.rowStart()[row];
            while (k < a.rowStart()[row + 1] && a.columns()[k] < column) {
                k++;
            }
            return k;
        }

        void fillColumns(int q, int start, int[] columns) {
            int at = start;
            if (height * breadth == 1) {
                int scalarRow = selection.rows()[q];
                for (int k = a.rowStart()[scalarRow]; k < a.rowStart()[scalarRow + 1]; k++) {
                    if (selection.takes(q, a.columns()[k])) {
                        columns[at++] = a.columns()[k];
                    }
                }
                return;
            }
            int row = begin(q);
            for (int column = column(row); column < Integer.MAX_VALUE; column = column(row)) {
                if (selection.takes(q, column)) {
                    columns[at++] = column;
                }
                pass(row, column, -1);
            }
        }

        <V> void fill(int q, int start, int end, V values, Real<V> real) {
            if (height * breadth == 1) {
                fillScalars(q, start, values, real);
                return;
            }
            int size = height * breadth;
            if (blocks.length < (end - start) * size) {
                blocks = new double[2 * (end - start) * size];
            }
            Arrays.fill(blocks, 0, (end - start) * size, 0);
            int place = 0;
            int row = begin(q);
            for (int column = column(row); column < Integer.MAX_VALUE; column = column(row)) {
                boolean taken = selection.takes(q, column);
                pass(row, column, taken ? place : -1);
                place += taken ? 1 : 0;
            }
            real.copy(blocks, 0, values, start * size, (end - start) * size);
        }

        private <V> void fillScalars(int q, int start, V values, Real<V> real) {
            int row = selection.rows()[q];
            int left = a.rowStart()[row];
            int first = position(row, selection.from()[q]);
            int last = position(row, selection.to()[q]);
            if (selection.inside()) {
                real.copy(a.values(), first, values, start, last - first);
            } else {
                real.copy(a.values(), left, values, start, first - left);
                real.copy(a.values(), last, values, start + first - left, a.rowStart()[row + 1] - last);
            }
        }

        private int begin(int q) {
            int row = selection.rows()[q];
            for (int r = 0; r < height; r++) {
                next[r] = a.rowStart()[row * height + r];
            }
            return row;
        }

        /** The next block column of a block row, the largest integer at its end. */
        private int column(int row) {
            int column = Integer.MAX_VALUE;
            for (int r = 0; r < height; r++) {
                if (next[r] < a.rowStart()[row * height + r + 1]) {
                    column = Math.min(column, a.columns()[next[r]] / breadth);
                }
            }
            return column;
        }

        /** Goes past a block, which is copied to a place among {@link #blocks} unless that is negative. */
        private void pass(int row, int column, int place) {
            for (int r = 0; r < height; r++) {
                int end = a.rowStart()[row * height + r + 1];
                for (; next[r] < end && a.columns()[next[r]] / breadth == column; next[r]++) {
                    if (place >= 0) {
                        blocks[(place * height + r) * breadth + a.columns()[next[r]] % breadth] = a.values()[next[r]];
                    }
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import java.util.Optional;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * One factorisation of {@link SparseLu} under way: column by column, each in time proportional to its arithmetic.
 *
 * <p>J. R. Gilbert and T. Peierls, "Sparse partial pivoting in time proportional to arithmetic operations", SIAM J. Sci.
 * Stat. Comput. 9, 1988; the search is shortened as by S. C. Eisenstat and J. W. H. Liu, "Exploiting structural symmetry in
 * unsymmetric sparse symbolic factorization", SIAM J. Matrix Anal. Appl. 13, 1992.
 */
final class LuFactorisation {
    /** The diagonal entry is the pivot if it is at least this part of the largest one: it keeps fill as it was planned. */
    private static final double THRESHOLD = 0.01;
    /** In larger matrices rounding errors do not add up beyond those of so many rows, since most rows are sparse. */
    private static final int ROWS = 2500;

    /** Multiplications that are worth a factorisation: some seconds. */
    static final double WORK = 2e10;

    private static final int NONE = -1;

    private final int n;
    private final Equilibration equilibration;
    /** Row j holds column j of the matrix. */
    private final CsrMatrix columns;

    private final long limit;
    private final double tolerance;
    /** Multipliers by pivots; rows are those of the matrix. */
    private final FactorColumns lower;
    /** Rows are numbers of pivots. */
    private final FactorColumns upper;

    private final double[] pivots;
    private final int[] rowOf;
    private final int[] columnOf;
    /** The number of the pivot in a row, or {@link #NONE}. */
    private final int[] place;
    /** How much of a column of L the search looks at: its first pivot found there reaches the rest. */
    private final int[] searched;

    private int rank;
    private double work;
    private final double[] x;
    private final int[] mark;
    private final int[] reach;
    private final int[] stack;
    private final int[] next;

    private LuFactorisation(CsrMatrix a, long limit) {
        n = a.rows();
        equilibration = Equilibration.of(a);
        columns = a.transpose();
        this.limit = Math.min(limit, Integer.MAX_VALUE - 8L - n);
        tolerance = 8 * Math.min(n, ROWS) * Math.ulp(1.0);
        int expected = (int) Math.min(this.limit, 4L * a.entries());
        lower = new FactorColumns(n, expected);
        upper = new FactorColumns(n, expected);
        pivots = new double[n];
        rowOf = new int[n];
        columnOf = new int[n];
        place = new int[n];
        Arrays.fill(place, NONE);
        searched = new int[n];
        x = new double[n];
        mark = new int[n];
        Arrays.fill(mark, NONE);
        reach = new int[n];
        stack = new int[n];
        next = new int[n];
    }

    /**
     * The factorisation.
     *
     * @param order the column eliminated as the k-th
     * @param limit most entries of both factors
     * @return empty if they have more, or take too long
     */
    static Optional<SparseLu> of(CsrMatrix a, int[] order, long limit) {
        return new LuFactorisation(a, limit).compute(order);
    }

    private Optional<SparseLu> compute(int[] order) {
        for (int j : order) {
            if ((long) lower.size() + upper.size() > limit || work > WORK) {
                return Optional.empty();
            }
            int top = solveWithLower(j);
            int pivot = pivot(j, top);
            if (pivot == NONE) {
                upper.dropColumn();
            } else {
                finish(j, pivot, top);
            }
            for (int p = top; p < n; p++) {
                x[reach[p]] = 0;
            }
        }
        lower.rename(place, rank);
        return Optional.of(new SparseLu(
                equilibration.factors(),
                Arrays.copyOf(rowOf, rank),
                Arrays.copyOf(columnOf, rank),
                lower.trimmed(rank),
                upper.trimmed(rank),
                Arrays.copyOf(pivots, rank)));
    }

    /**
     * Solves L x = column j; the entries in rows that have a pivot become a column of U.
     *
     * @return where in {@link #reach} the rows of x begin, each after those that it depends on
     */
    private int solveWithLower(int j) {
        int top = n;
        for (int k = columns.rowStart()[j]; k < columns.rowStart()[j + 1]; k++) {
            if (mark[columns.columns()[k]] != j) {
                top = search(columns.columns()[k], j, top);
            }
        }
        for (int k = columns.rowStart()[j]; k < columns.rowStart()[j + 1]; k++) {
            int i = columns.columns()[k];
            x[i] = equilibration.scaled(i, j, columns.values()[k]);
        }
        for (int p = top; p < n; p++) {
            int i = reach[p];
            int k = place[i];
            if (k != NONE) {
                upper.append(k, x[i]);
                lower.subtract(k, x[i], x);
                work += lower.start(k + 1) - lower.start(k);
            }
        }
        return top;
    }

    /** Depth first over the columns of L; puts a row before all that it reaches. */
    private int search(int start, int j, int top) {
        int depth = 0;
        int first = top;
        stack[0] = start;
        next[0] = place[start] == NONE ? 0 : lower.start(place[start]);
        mark[start] = j;
        while (depth >= 0) {
            int i = stack[depth];
            int end = place[i] == NONE ? next[depth] : searched[place[i]];
            int child = NONE;
            while (next[depth] < end && child == NONE) {
                int candidate = lower.row(next[depth]++);
                child = mark[candidate] == j ? NONE : candidate;
            }
            if (child == NONE) {
                reach[--first] = i;
                depth--;
            } else {
                mark[child] = j;
                stack[++depth] = child;
                next[depth] = place[child] == NONE ? 0 : lower.start(place[child]);
            }
        }
        return first;
    }

    /** The row of the pivot: that of the diagonal if it is large enough, or the largest; {@link #NONE} if all are rounding. */
    private int pivot(int j, int top) {
        double largest = 0;
        int row = NONE;
        for (int p = top; p < n; p++) {
            int i = reach[p];
            if (place[i] == NONE && Math.abs(x[i]) > largest) {
                largest = Math.abs(x[i]);
                row = i;
            }
        }
        double usual = 0;
        for (int k = columns.rowStart()[j]; k < columns.rowStart()[j + 1]; k++) {
            int i = columns.columns()[k];
            usual = Math.max(usual, Math.abs(equilibration.scaled(i, j, columns.values()[k])));
        }
        if (largest <= tolerance * usual) {
            return NONE;
        }
        boolean diagonal = mark[j] == j && place[j] == NONE && Math.abs(x[j]) >= THRESHOLD * largest;
        return diagonal ? j : row;
    }

    private void finish(int j, int row, int top) {
        double pivot = x[row];
        for (int p = top; p < n; p++) {
            int i = reach[p];
            if (place[i] == NONE && i != row) {
                lower.append(i, x[i] / pivot);
            }
        }
        lower.endColumn();
        searched[rank] = lower.size();
        pivots[rank] = pivot;
        rowOf[rank] = row;
        columnOf[rank] = j;
        place[row] = rank;
        int begin = upper.start(rank);
        upper.endColumn();
        rank++;
        for (int p = begin; p < upper.size(); p++) {
            int k = upper.row(p);
            if (searched[k] == lower.start(k + 1) && lower.holds(k, row)) {
                searched[k] = lower.pivotalFirst(k, place);
            }
        }
    }
}

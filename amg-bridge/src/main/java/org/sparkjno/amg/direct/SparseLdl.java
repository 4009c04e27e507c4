// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import java.util.Optional;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;

/**
 * A sparse L D Lᵀ factorisation of a semidefinite matrix, row by row of L, after a fill-reducing order.
 *
 * <p>T. A. Davis, "Direct Methods for Sparse Linear Systems", SIAM 2006, chapter 4, and "Algorithm 849: a concise sparse
 * Cholesky factorization package", ACM TOMS 31, 2005. Pivots at rounding level are skipped as in {@link DenseLdl}.
 */
final class SparseLdl implements Preconditioner {
    /** More rows are not even ordered. */
    private static final int ROW_LIMIT = 400_000;

    /** Row of the matrix that is eliminated as the k-th. */
    private final int[] order;
    /** Strictly lower triangle of L by columns. */
    private final int[] columnStart;

    private final int[] rows;
    private final double[] values;
    private final double[] inversePivots;

    private SparseLdl(int[] order, int[] columnStart, int[] rows, double[] values, double[] inversePivots) {
        this.order = order;
        this.columnStart = columnStart;
        this.rows = rows;
        this.values = values;
        this.inversePivots = inversePivots;
    }

    /**
     * The factorisation of a symmetric matrix.
     *
     * @param entryLimit most entries of L
     * @return empty if L has more entries or the pivots have both signs
     */
    static Optional<SparseLdl> of(CsrMatrix a, long entryLimit) {
        if (a.rows() > ROW_LIMIT) {
            return Optional.empty();
        }
        return new Factorisation(a).compute(entryLimit);
    }

    @Override
    public Application begin(int width) {
        double[] work = new double[Math.multiplyExact(order.length, width)];
        return (b, x) -> solve(b, x, work, width);
    }

    /** Symmetric: itself. */
    @Override
    public long bytes() {
        return (Integer.BYTES + Double.BYTES) * (long) values.length;
    }

    @Override
    public Preconditioner transposed() {
        return this;
    }

    private void solve(double[] b, double[] x, double[] y, int width) {
        int n = order.length;
        for (int k = 0; k < n; k++) {
            Vectors.copy(1, b, order[k], y, k, width);
        }
        for (int j = 0; j < n; j++) {
            for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
                Vectors.subtract(values[p], y, j, y, rows[p], width);
            }
        }
        for (int j = n - 1; j >= 0; j--) {
            Vectors.scale(inversePivots[j], y, j, width);
            for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
                Vectors.subtract(values[p], y, rows[p], y, j, width);
            }
        }
        for (int k = 0; k < n; k++) {
            Vectors.copy(1, y, k, x, order[k], width);
        }
    }

    @Override
    public String toString() {
        return "sparse LDL' of " + order.length + " rows, " + values.length + " entries";
    }

    /** One factorisation under way. */
    private static final class Factorisation {
        private final CsrMatrix a;
        private final int n;
        private final EliminationTree tree;
        private final int[] mark;

        Factorisation(CsrMatrix a) {
            this.a = a;
            n = a.rows();
            tree = EliminationTree.of(a.pattern(), NestedDissection.of(a.pattern()));
            mark = new int[n];
        }

        Optional<SparseLdl> compute(long entryLimit) {
            long total = tree.entries();
            if (total > Math.min(entryLimit, Integer.MAX_VALUE - 8)) {
                return Optional.empty();
            }
            int[] columnStart = new int[n + 1];
            for (int j = 0; j < n; j++) {
                columnStart[j + 1] = columnStart[j] + tree.counts()[j];
            }
            return factorise(columnStart, new int[(int) total], new double[(int) total]);
        }

        private Optional<SparseLdl> factorise(int[] columnStart, int[] rows, double[] values) {
            Pivots pivots = new Pivots(a);
            double[] inverse = new double[n];
            double[] y = new double[n];
            int[] next = Arrays.copyOf(columnStart, n);
            int[] reach = new int[n];
            Arrays.fill(mark, -1);
            for (int k = 0; k < n; k++) {
                int top = scatterRow(k, y, reach);
                double pivot = y[k];
                y[k] = 0;
                for (; top < n; top++) {
                    int i = reach[top];
                    double yi = y[i];
                    y[i] = 0;
                    int end = next[i];
                    for (int p = columnStart[i]; p < end; p++) {
                        y[rows[p]] -= values[p] * yi;
                    }
                    double entry = yi * inverse[i];
                    pivot -= entry * yi;
                    rows[end] = k;
                    values[end] = entry;
                    next[i] = end + 1;
                }
                inverse[k] = pivots.invert(tree.order()[k], pivot);
                if (!pivots.definite()) {
                    return Optional.empty();
                }
            }
            return Optional.of(new SparseLdl(tree.order(), columnStart, rows, values, inverse));
        }

        /** Scatters row k of the lower triangle of A in y; returns where in {@code reach} the pattern of row k of L begins. */
        private int scatterRow(int k, double[] y, int[] reach) {
            int top = n;
            mark[k] = k;
            int row = tree.order()[k];
            for (int p = a.rowStart()[row]; p < a.rowStart()[row + 1]; p++) {
                int i = tree.place()[a.columns()[p]];
                if (i > k) {
                    continue;
                }
                y[i] += a.values()[p];
                int length = 0;
                for (; mark[i] != k; i = tree.parent()[i]) {
                    reach[length++] = i;
                    mark[i] = k;
                }
                while (length > 0) {
                    reach[--top] = reach[--length];
                }
            }
            return top;
        }
    }
}

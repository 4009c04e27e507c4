// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.direct;

import java.util.Arrays;
import java.util.Optional;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.matrix.Pattern;

/**
 * A sparse factorisation P S A S Q = L U for matrices that are not symmetric or not definite, such as saddle points and
 * waves: columns in an order of little fill, rows by threshold pivoting, S scales entries to at most one.
 *
 * <p>T. A. Davis, "Direct Methods for Sparse Linear Systems", SIAM 2006, chapter 6. Columns that depend on earlier ones up to
 * rounding are left out, their unknowns are 0: a consistent singular system is solved.
 */
final class SparseLu implements Preconditioner {
    /** More rows are not even ordered. */
    private static final int ROW_LIMIT = 400_000;

    private final double[] scale;
    private final int[] rowOf;
    private final int[] columnOf;
    private final FactorColumns lower;
    private final FactorColumns upper;
    private final double[] pivots;

    /**
     * Takes the factors.
     *
     * @param scale of rows and columns of the matrix
     * @param rowOf row of each pivot
     * @param columnOf column of each pivot
     * @param lower L without its diagonal of ones, by columns
     * @param upper U without its diagonal, by columns
     * @param pivots the diagonal of U
     */
    SparseLu(double[] scale, int[] rowOf, int[] columnOf, FactorColumns lower, FactorColumns upper, double[] pivots) {
        this.scale = scale;
        this.rowOf = rowOf;
        this.columnOf = columnOf;
        this.lower = lower;
        this.upper = upper;
        this.pivots = pivots;
    }

    /**
     * The factorisation of a square matrix.
     *
     * @param entryLimit most entries of L and U
     * @return empty if they have more, or take too long
     */
    static Optional<SparseLu> of(CsrMatrix a, long entryLimit) {
        if (a.rows() > ROW_LIMIT) {
            return Optional.empty();
        }
        Pattern symmetric = SymmetricPattern.of(a.pattern());
        int[] order = NestedDissection.of(symmetric);
        // Pivots off the diagonal only add to what pivots on it would fill.
        EliminationTree tree = EliminationTree.of(symmetric, order);
        if (2 * tree.entries() > entryLimit || tree.work() > LuFactorisation.WORK) {
            return Optional.empty();
        }
        return LuFactorisation.of(a, SymmetricPattern.postponed(symmetric, order, a.diagonal()), entryLimit);
    }

    @Override
    public Application begin(int width) {
        double[] work = new double[Math.multiplyExact(pivots.length, width)];
        return (b, x) -> solve(b, x, work, width);
    }

    @Override
    public long bytes() {
        return (Integer.BYTES + Double.BYTES) * ((long) lower.size() + upper.size());
    }

    @Override
    public Preconditioner transposed() {
        return new TransposedLu(this, width -> {
            double[] work = new double[Math.multiplyExact(pivots.length, width)];
            return (b, x) -> solveTransposed(b, x, work, width);
        });
    }

    private void solve(double[] b, double[] x, double[] y, int width) {
        gather(b, rowOf, y, width);
        for (int k = 0; k < pivots.length; k++) {
            for (int p = lower.start(k); p < lower.start(k + 1); p++) {
                Vectors.subtract(lower.value(p), y, k, y, lower.row(p), width);
            }
        }
        for (int k = pivots.length - 1; k >= 0; k--) {
            Vectors.scale(1 / pivots[k], y, k, width);
            for (int p = upper.start(k); p < upper.start(k + 1); p++) {
                Vectors.subtract(upper.value(p), y, k, y, upper.row(p), width);
            }
        }
        scatter(y, columnOf, x, width);
    }

    private void solveTransposed(double[] b, double[] x, double[] y, int width) {
        gather(b, columnOf, y, width);
        for (int k = 0; k < pivots.length; k++) {
            for (int p = upper.start(k); p < upper.start(k + 1); p++) {
                Vectors.subtract(upper.value(p), y, upper.row(p), y, k, width);
            }
            Vectors.scale(1 / pivots[k], y, k, width);
        }
        for (int k = pivots.length - 1; k >= 0; k--) {
            for (int p = lower.start(k); p < lower.start(k + 1); p++) {
                Vectors.subtract(lower.value(p), y, lower.row(p), y, k, width);
            }
        }
        scatter(y, rowOf, x, width);
    }

    private void gather(double[] b, int[] order, double[] y, int width) {
        for (int k = 0; k < order.length; k++) {
            Vectors.copy(scale[order[k]], b, order[k], y, k, width);
        }
    }

    private void scatter(double[] y, int[] order, double[] x, int width) {
        Arrays.fill(x, 0);
        for (int k = 0; k < order.length; k++) {
            Vectors.copy(scale[order[k]], y, k, x, order[k], width);
        }
    }

    @Override
    public String toString() {
        return "sparse LU of " + scale.length + " rows, " + (lower.size() + upper.size()) + " entries, rank "
                + pivots.length;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.matrix;

import java.util.Arrays;
import java.util.Objects;
import org.sparkjno.amg.parallel.Team;

/**
 * An immutable sparse matrix of doubles in compressed row storage: a {@link Pattern} and one value per entry. Explicit
 * zeros are allowed and kept: they are part of the pattern.
 *
 * <p>The arrays are handed out as they are, because smoothers and products read them in their innermost loops. Readers
 * must not write to them.
 */
public final class CsrMatrix {
    private final Pattern pattern;
    private final double[] values;

    /** For callers in this package that have built valid arrays themselves. */
    CsrMatrix(Pattern pattern, double[] values) {
        this.pattern = pattern;
        this.values = values;
    }

    /** For callers in this package that have built valid arrays themselves. */
    CsrMatrix(int rows, int columnCount, int[] rowStart, int[] columns, double[] values) {
        this(new Pattern(rows, columnCount, rowStart, columns), values);
    }

    /**
     * Checks the arrays and wraps them; they are not copied, so the caller gives them away.
     *
     * @param rows number of rows
     * @param columnCount number of columns
     * @param rowStart {@code rows + 1} positions, starting with 0 and never decreasing
     * @param columns column of every entry, strictly increasing within a row
     * @param values value of every entry, finite
     * @throws IllegalArgumentException if the arrays do not describe a matrix; the message names the row
     */
    public static CsrMatrix of(int rows, int columnCount, int[] rowStart, int[] columns, double[] values) {
        return of(Pattern.of(rows, columnCount, rowStart, columns), values);
    }

    /**
     * A matrix of a known pattern; the values are not copied, so the caller gives them away.
     *
     * @param values value of every entry, finite
     * @throws IllegalArgumentException if there is not one finite value per entry; the message names the entry
     */
    public static CsrMatrix of(Pattern pattern, double[] values) {
        Objects.requireNonNull(values, "values");
        if (values.length != pattern.entries()) {
            throw new IllegalArgumentException(
                    "A " + pattern + " needs as many values, but there are " + values.length + ".");
        }
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw notFinite(pattern, k, values[k]);
            }
        }
        return new CsrMatrix(pattern, values);
    }

    /**
     * A matrix of a known pattern with values in single precision.
     *
     * @throws IllegalArgumentException if there is not one finite value per entry; the message names the entry
     */
    public static CsrMatrix of(Pattern pattern, float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, k -> values[k]);
        return of(pattern, wide);
    }

    private static IllegalArgumentException notFinite(Pattern pattern, int k, double value) {
        int i = Arrays.binarySearch(pattern.rowStart(), k);
        i = i < 0 ? -i - 2 : i;
        while (pattern.rowStart()[i + 1] <= k) {
            i++;
        }
        return new IllegalArgumentException("Entry (" + i + ", " + pattern.columns()[k] + ") is " + value + ".");
    }

    /**
     * The non-zero entries of a dense matrix.
     *
     * @param rows rows of one length
     * @throws IllegalArgumentException if the rows differ in length or a value is not finite
     */
    public static CsrMatrix ofDense(double[][] rows) {
        return Expansion.ofDense(rows);
    }

    /**
     * A matrix in block compressed row storage. All entries of its blocks are stored, zeros too, so that solvers find the
     * blocks again.
     *
     * @param columnBlocks number of block columns
     * @param rowStart per block row the position of its first block, and the number of blocks at the end
     * @param columns block column of every block, strictly increasing within a block row
     * @param blockSize rows and columns of a block
     * @param values block after block, each row after row
     * @throws IllegalArgumentException if the arrays do not describe a matrix
     */
    public static CsrMatrix ofBlocks(int columnBlocks, int[] rowStart, int[] columns, int blockSize, double[] values) {
        return Expansion.ofBlocks(Pattern.of(rowStart.length - 1, columnBlocks, rowStart, columns), blockSize, values);
    }

    /** The square matrix of ones on the diagonal. */
    public static CsrMatrix identity(int n) {
        int[] start = new int[n + 1];
        Arrays.setAll(start, i -> i);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return new CsrMatrix(n, n, start, Arrays.copyOf(start, n), ones);
    }

    /** Which entries are stored. */
    public Pattern pattern() {
        return pattern;
    }

    public int rows() {
        return pattern.rows();
    }

    public int columnCount() {
        return pattern.columnCount();
    }

    /** Number of stored entries, explicit zeros included. */
    public int entries() {
        return pattern.entries();
    }

    /** Memory of the arrays in bytes. */
    public long bytes() {
        return Integer.BYTES * (rows() + 1L) + (Integer.BYTES + Double.BYTES) * (long) entries();
    }

    /** The row positions themselves, to be read only. */
    public int[] rowStart() {
        return pattern.rowStart();
    }

    /** The column of every entry, to be read only. */
    public int[] columns() {
        return pattern.columns();
    }

    /** The value of every entry, to be read only. */
    public double[] values() {
        return values;
    }

    /** Entry (i, j), 0 where none is stored. Takes a binary search. */
    public double get(int i, int j) {
        int k = pattern.position(i, j);
        return k < 0 ? 0 : values[k];
    }

    /**
     * Returns this matrix if it is square.
     *
     * @throws IllegalArgumentException if it is not
     */
    public CsrMatrix requireSquare() {
        if (rows() != columnCount()) {
            throw new IllegalArgumentException(
                    "The matrix is " + rows() + " x " + columnCount() + ", but a linear system needs a square one.");
        }
        return this;
    }

    /** The diagonal, 0 where no entry is stored. */
    public double[] diagonal() {
        int[] position = pattern.diagonal();
        double[] diagonal = new double[position.length];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = position[i] < 0 ? 0 : values[position[i]];
        }
        return diagonal;
    }

    /** y = A x; x has {@code columnCount()} values and y {@code rows()}. */
    public void multiply(double[] x, double[] y) {
        multiply(x, y, 1, Team.serial());
    }

    /**
     * Y = A X for several vectors at once, which read the matrix once.
     *
     * @param x (columns x width), row after row
     * @param y (rows x width), overwritten
     */
    public void multiply(double[] x, double[] y, int width, Team team) {
        combine(null, 1, x, y, width, team);
    }

    /** Y = Y + A X. */
    public void multiplyAdd(double[] x, double[] y, int width, Team team) {
        combine(y, 1, x, y, width, team);
    }

    /**
     * Y = base + factor A X.
     *
     * @param base null for zero; may be {@code y}
     */
    public void combine(double[] base, double factor, double[] x, double[] y, int width, Team team) {
        team.forRows(rows(), (from, to) -> RowProduct.combine(this, base, factor, x, y, width, from, to));
    }

    /** r = b - A x. */
    public void residual(double[] b, double[] x, double[] r) {
        residual(b, x, r, 1, Team.serial());
    }

    /** R = B - A X. */
    public void residual(double[] b, double[] x, double[] r, int width, Team team) {
        combine(b, -1, x, r, width, team);
    }

    /** The transposed matrix, in time linear in the number of entries. */
    public CsrMatrix transpose() {
        Transposition transposition = Transposition.of(pattern);
        return new CsrMatrix(transposition.pattern(), transposition.apply(values));
    }

    /**
     * Whether {@code |a_ij − a_ji| ≤ tolerance max(|a_ij|, √|a_ii a_jj|)} for all entries; an entry that only one side
     * stores counts as 0 on the other. Differences count against the diagonal, since entries that cancel have no correct
     * digits of their own.
     */
    public boolean isSymmetric(double tolerance) {
        return Symmetry.holds(this, tolerance);
    }

    /**
     * The product A B by rows with a marker array.
     *
     * <p>F. G. Gustavson, "Two fast algorithms for sparse matrices: multiplication and permuted transposition", ACM
     * TOMS 4, 1978.
     *
     * @throws IllegalArgumentException if the inner sizes differ
     */
    public CsrMatrix times(CsrMatrix other) {
        if (columnCount() != other.rows()) {
            throw new IllegalArgumentException("A " + rows() + " x " + columnCount()
                    + " matrix cannot be multiplied by a " + other.rows() + " x " + other.columnCount() + " one.");
        }
        return SparseProduct.of(this, other);
    }

    /**
     * The Galerkin product R A P of this matrix A, the operator of a coarse level.
     *
     * @param restriction R, (coarse x rows)
     * @param interpolation P, (columns x coarse)
     */
    public CsrMatrix galerkin(CsrMatrix restriction, CsrMatrix interpolation, Team team) {
        return new GalerkinProduct(restriction, this, interpolation, team).compute();
    }

    /**
     * The Galerkin product of a matrix whose pattern is known, because that of A, R and P is what it was: new values in
     * a known structure.
     *
     * @param known the pattern of the product
     */
    public CsrMatrix galerkin(CsrMatrix restriction, CsrMatrix interpolation, Pattern known, Team team) {
        return new GalerkinProduct(restriction, this, interpolation, team).compute(known);
    }

    @Override
    public String toString() {
        return rows() + " x " + columnCount() + " matrix with " + entries() + " entries";
    }
}

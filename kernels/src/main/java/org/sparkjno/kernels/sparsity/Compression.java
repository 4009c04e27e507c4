// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.Arrays;

/**
 * Few directions whose images hold all entries of a sparse matrix: columns of one colour are added to one direction, and
 * each entry can be read in one row of one image. A. Gebremedhin, F. Manne, A. Pothen, "What Color Is Your Jacobian?
 * Graph Coloring for Computing Derivatives", SIAM Review 47, 2005.
 */
public final class Compression {
    /** Pairs of neighbours beyond which stars would take minutes to find. */
    private static final long MOST_WORK = 1 << 28;

    private final SparsityPattern pattern;
    private final int[] colourOf;
    private final int colours;
    private final int[] positions;

    /** @param positions of each entry in the images, one after another */
    private Compression(SparsityPattern pattern, int[] colourOf, int[] positions) {
        this.pattern = pattern;
        this.colourOf = colourOf;
        this.colours = Arrays.stream(colourOf).max().orElse(-1) + 1;
        this.positions = positions;
    }

    /** Of any matrix: columns of one colour share no row. */
    public static Compression ofColumns(SparsityPattern pattern) {
        int[] colourOf = ColumnColouring.of(pattern);
        int[] positions = new int[pattern.size()];
        for (int k = 0; k < positions.length; k++) {
            positions[k] = position(pattern, colourOf[pattern.column(k)], pattern.row(k));
        }
        return new Compression(pattern, colourOf, positions);
    }

    /**
     * Of a symmetric matrix, where an entry that is lost in its own row can be read as its mirror image. The numbers must be
     * symmetric, too: of an entry and its mirror image often only one is read.
     *
     * @throws IllegalArgumentException when the pattern is not symmetric
     */
    public static Compression ofSymmetric(SparsityPattern pattern) {
        if (!pattern.isSymmetric()) {
            throw new IllegalArgumentException(
                    "The " + pattern
                            + " is not symmetric; compress its columns, or keep its symmetric entries if the matrix is symmetric.");
        }
        Compression columns = ofColumns(pattern);
        if (StarColouring.work(pattern) > MOST_WORK) {
            return columns;
        }
        StarColouring stars = StarColouring.of(pattern);
        if (columns.colours() <= Arrays.stream(stars.colours()).max().orElse(-1) + 1) {
            return columns;
        }
        int[] positions = new int[pattern.size()];
        for (int k = 0; k < positions.length; k++) {
            int i = pattern.row(k);
            int j = pattern.column(k);
            positions[k] =
                    stars.isAlone(k) ? position(pattern, stars.colour(j), i) : position(pattern, stars.colour(i), j);
        }
        return new Compression(pattern, stars.colours(), positions);
    }

    private static int position(SparsityPattern pattern, int colour, int row) {
        long position = (long) colour * pattern.rows() + row;
        if (position > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The " + pattern + " needs more than " + colour
                    + " directions, whose images are more than an array can hold; it is not sparse enough.");
        }
        return (int) position;
    }

    /** The pattern whose entries are found. */
    public SparsityPattern pattern() {
        return pattern;
    }

    /** Number of directions. */
    public int colours() {
        return colours;
    }

    /** The direction that a column belongs to, from 0. */
    public int colour(int column) {
        return colourOf[column];
    }

    /** Where an entry of the pattern stands in the images of all directions, one after another: colour · rows + row. */
    public int position(int entry) {
        return positions[entry];
    }
}

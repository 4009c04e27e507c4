// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.gallery;

import java.util.Arrays;
import org.sparkjno.amg.matrix.CsrMatrix;

/** A grid of cells, axis 0 slowest, and the matrices that couple each cell with its neighbours across faces. */
final class Grid {
    private final int[] points;
    private final int[] step;
    private final int cells;

    /**
     * A grid.
     *
     * @param points cells per axis
     * @throws IllegalArgumentException if an axis is empty or there are too many cells for the indices of a matrix
     */
    Grid(int... points) {
        this.points = points.clone();
        step = new int[points.length];
        long product = 1;
        for (int d = points.length - 1; d >= 0; d--) {
            if (points[d] < 1) {
                throw new IllegalArgumentException("A grid cannot have " + points[d] + " points along an axis.");
            }
            step[d] = (int) product;
            product *= points[d];
            if (product * (2L * points.length + 1) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("A grid of " + Arrays.toString(points)
                        + " points has more couplings than a matrix can index (2^31).");
            }
        }
        cells = (int) product;
    }

    /** The grid of as many points along each of some axes. */
    static Grid cube(int points, int dimensions) {
        int[] all = new int[dimensions];
        Arrays.fill(all, points);
        return new Grid(all);
    }

    int cells() {
        return cells;
    }

    int dimensions() {
        return points.length;
    }

    /** Position of a cell along an axis. */
    int position(int cell, int axis) {
        return cell / step[axis] % points[axis];
    }

    /** How much of a cell's value flows through a face. */
    @FunctionalInterface
    interface Faces {
        /** Neighbour of a cell beyond the boundary. */
        int OUTSIDE = -1;

        /**
         * The coupling across one face, added to the diagonal and, for an inner face, subtracted at the neighbour.
         *
         * @param neighbour the cell beyond the face or {@link #OUTSIDE}
         * @param side -1 or 1: which of the two faces of that axis
         */
        double coupling(int cell, int neighbour, int axis, int side);
    }

    /** The (2d + 1)-point matrix whose rows sum to their boundary couplings. */
    CsrMatrix matrix(Faces faces) {
        int entries = cells;
        for (int points : this.points) {
            entries += 2 * (cells / points) * (points - 1);
        }
        int[] rowStart = new int[cells + 1];
        int[] columns = new int[entries];
        double[] values = new double[entries];
        int k = 0;
        for (int i = 0; i < cells; i++) {
            double diagonal = 0;
            for (int d = 0; d < points.length; d++) {
                boolean inner = position(i, d) > 0;
                double coupling = faces.coupling(i, inner ? i - step[d] : Faces.OUTSIDE, d, -1);
                diagonal += coupling;
                if (inner) {
                    columns[k] = i - step[d];
                    values[k++] = -coupling;
                }
            }
            int middle = k++;
            columns[middle] = i;
            for (int d = points.length - 1; d >= 0; d--) {
                boolean inner = position(i, d) < points[d] - 1;
                double coupling = faces.coupling(i, inner ? i + step[d] : Faces.OUTSIDE, d, 1);
                diagonal += coupling;
                if (inner) {
                    columns[k] = i + step[d];
                    values[k++] = -coupling;
                }
            }
            values[middle] = diagonal;
            rowStart[i + 1] = k;
        }
        return CsrMatrix.of(cells, cells, rowStart, columns, values);
    }

    /**
     * The matrix of one constant stencil over all neighbours that touch a cell, what lies outside left out.
     *
     * @param stencil 3^d weights, axis 0 slowest, offsets -1, 0, 1
     */
    CsrMatrix matrix(double[] stencil) {
        long entries = 1;
        for (int points : this.points) {
            entries *= 3L * points - 2;
        }
        if (entries > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A grid of " + cells + " points has more couplings than a matrix can index (2^31).");
        }
        int[] rowStart = new int[cells + 1];
        int[] columns = new int[(int) entries];
        double[] values = new double[(int) entries];
        int k = 0;
        for (int i = 0; i < cells; i++) {
            for (int s = 0; s < stencil.length; s++) {
                int j = neighbour(i, s);
                if (j >= 0) {
                    columns[k] = j;
                    values[k++] = stencil[s];
                }
            }
            rowStart[i + 1] = k;
        }
        return CsrMatrix.of(cells, cells, rowStart, columns, values);
    }

    /** The cell at place {@code s} of the 3^d cells around a cell, or {@link Faces#OUTSIDE}. */
    private int neighbour(int cell, int s) {
        int j = cell;
        int rest = s;
        for (int d = points.length - 1; d >= 0; d--) {
            int offset = rest % 3 - 1;
            rest /= 3;
            int position = position(cell, d) + offset;
            if (position < 0 || position >= points[d]) {
                return Faces.OUTSIDE;
            }
            j += offset * step[d];
        }
        return j;
    }
}

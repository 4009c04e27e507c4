// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.graph.DType;

/**
 * How a contraction's rows and columns are cut into tiles whose sums stay in registers.
 *
 * @param rowsPerTile rows of most tiles
 * @param rowTiles number of tiles with {@code rowsPerTile} rows
 * @param lastRows rows of one more tile, or 0
 * @param columnVectors widths of the vectors that make most blocks of columns
 * @param columnBlocks number of such blocks
 * @param lastVectors widths of the vectors of one more block, possibly none
 */
record Tiling(
        int rowsPerTile,
        int rowTiles,
        int lastRows,
        List<Integer> columnVectors,
        int columnBlocks,
        List<Integer> lastVectors) {
    private static final int MOST_VECTORS = 8;
    private static final int MOST_ROWS = 24;
    /** Sums that must be under way at once, lest each waits for its own last product. */
    private static final int SUMS_UNDER_WAY = 8;

    /**
     * A tiling for a number of rows and columns, of which each tile keeps that many sums in registers: of all widths the
     * one that costs least. Wide and low tiles load less per product than narrow and high ones; but what is left over at
     * the right edge counts too.
     */
    static Tiling of(int rows, int columns, DType dtype, Registers registers, int sums) {
        int lanes = registers.lanes(dtype);
        Tiling best = null;
        for (int vectors = Math.max(1, Math.min(MOST_VECTORS, columns / lanes)); vectors >= 1; vectors--) {
            Tiling tiling = of(rows, columns, vectors, lanes, registers.count(), sums);
            if (best == null || tiling.cost(sums) < best.cost(sums)) {
                best = tiling;
            }
        }
        return best;
    }

    private static Tiling of(int rows, int columns, int vectors, int lanes, int registers, int sums) {
        int width = vectors * lanes;
        List<Integer> last = powersOfTwo(columns % width, lanes);
        int most = Math.max(1, Math.min(MOST_ROWS, (registers - 1 - vectors) / (vectors * sums)));
        int tiles = (rows + most - 1) / most;
        int perTile = rows <= 8 * most ? (rows + tiles - 1) / tiles : most;
        return new Tiling(
                perTile, rows / perTile, rows % perTile, Collections.nCopies(vectors, lanes), columns / width, last);
    }

    /** What one point of the summed axes costs: two for a product, one for a vector or a scalar that is loaded. */
    private long cost(int sums) {
        return rowTiles * costOfRow(rowsPerTile * sums) + (lastRows > 0 ? costOfRow(lastRows * sums) : 0);
    }

    private long costOfRow(int scalars) {
        return (long) columnBlocks * costOfTile(scalars, columnVectors.size())
                + costOfTile(scalars, lastVectors.size());
    }

    private static long costOfTile(int scalars, int vectors) {
        return vectors == 0 ? 0 : 2L * Math.max(SUMS_UNDER_WAY, scalars * vectors) + scalars + vectors;
    }

    /** A tiling in which each tile is one vector wide. */
    static Tiling of(int rows, int columns, int lanes, int mostRows) {
        int perTile = Math.min(rows, mostRows);
        List<Integer> last = powersOfTwo(columns % lanes, lanes);
        return new Tiling(perTile, rows / perTile, rows % perTile, List.of(lanes), columns / lanes, last);
    }

    private static List<Integer> powersOfTwo(int columns, int lanes) {
        List<Integer> widths = new ArrayList<>();
        int left = columns;
        for (int width = lanes; width >= 1; width /= 2) {
            while (left >= width) {
                widths.add(width);
                left -= width;
            }
        }
        return widths;
    }

    static int width(List<Integer> vectors) {
        int width = 0;
        for (int lanes : vectors) {
            width += lanes;
        }
        return width;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
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
    private static final int SINGLE_ROW_VECTORS = 8;

    /** A tiling for a number of rows and columns, of which each tile keeps that many sums in registers. */
    static Tiling of(int rows, int columns, DType dtype, Registers registers, int sums) {
        int lanes = registers.lanes(dtype);
        int perRow = rows == 1 ? SINGLE_ROW_VECTORS : 2;
        while (perRow > 1 && perRow / 2 * lanes >= columns) {
            perRow /= 2;
        }
        int width = perRow * lanes;
        List<Integer> full = new ArrayList<>();
        for (int i = 0; i < perRow; i++) {
            full.add(lanes);
        }
        List<Integer> last = powersOfTwo(columns % width, lanes);
        int vectors = columns < width ? last.size() : perRow;
        int most = Math.max(1, Math.min(24, (registers.count() - 1 - vectors) / (vectors * sums)));
        int tiles = (rows + most - 1) / most;
        int perTile = rows <= 8 * most ? (rows + tiles - 1) / tiles : most;
        return new Tiling(perTile, rows / perTile, rows % perTile, full, columns / width, last);
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

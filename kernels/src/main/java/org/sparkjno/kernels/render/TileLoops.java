// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The loops over the tiles of a contraction. The first row of a tile is called {@code i}, its first column {@code j}; tiles
 * at the lower and at the right edge have texts of their own.
 *
 * @param tiling how rows and columns are cut
 * @param hasRows whether there is an axis of rows at all
 * @param text where the loops go
 */
record TileLoops(Tiling tiling, boolean hasRows, CText text) {
    private static final int ROW_BLOCK_BYTES = 192 * 1024;

    /** All tiles of rows, then the last one. */
    void rowTiles(IntConsumer inner) {
        int covered = tiling.rowTiles() * tiling.rowsPerTile();
        if (!hasRows) {
            inner.accept(1);
            return;
        }
        if (tiling.rowTiles() == 1) {
            text.open("");
            text.line("const long i = 0;");
        } else {
            text.open("for (long i = 0; i < %d; i += %d)", covered, tiling.rowsPerTile());
        }
        inner.accept(tiling.rowsPerTile());
        text.close();
        if (tiling.lastRows() > 0) {
            text.open("").line("const long i = %d;", covered);
            inner.accept(tiling.lastRows());
            text.close();
        }
    }

    /** All blocks of columns, then the last one. */
    void columnBlocks(Consumer<List<Integer>> inner) {
        int width = Tiling.width(tiling.columnVectors());
        int covered = tiling.columnBlocks() * width;
        if (tiling.columnBlocks() == 1) {
            text.open("").line("const long j = 0;");
        } else if (tiling.columnBlocks() > 1) {
            text.open("for (long j = 0; j < %d; j += %d)", covered, width);
        }
        if (tiling.columnBlocks() > 0) {
            inner.accept(tiling.columnVectors());
            text.close();
        }
        if (!tiling.lastVectors().isEmpty()) {
            text.open("").line("const long j = %d;", covered);
            inner.accept(tiling.lastVectors());
            text.close();
        }
    }

    /**
     * Blocks of rows whose scalars stay in the second cache while all blocks of columns pass; then the last tile.
     *
     * @param perRow bytes of the scalars of a row
     * @param inner writes, for a height of tiles, what is done with a block
     */
    void rowBlocks(long perRow, IntConsumer inner) {
        int covered = tiling.rowTiles() * tiling.rowsPerTile();
        long block = Math.max(1, ROW_BLOCK_BYTES / (perRow * tiling.rowsPerTile())) * tiling.rowsPerTile();
        text.open("for (long ib = 0; ib < %d; ib += %d)", covered, block);
        text.line("const long ie = ib + %d < %d ? ib + %d : %d;", block, covered, block, covered);
        inner.accept(tiling.rowsPerTile());
        text.close();
        if (tiling.lastRows() > 0) {
            text.open("").line("const long ib = %d, ie = ib + 1;", covered);
            inner.accept(tiling.lastRows());
            text.close();
        }
    }

    /** The tiles of a block of rows. */
    void rowTilesOfBlock(int height, Runnable tile) {
        text.open("for (long i = ib; i < ie; i += %d)", height);
        tile.run();
        text.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * The tiles of a contraction, shared among threads. A thread sums a tile from end to end, beside neighbours that read the
 * next vectors of the same rows. Where tiles are few and sums long, the threads of a block share a tile: each takes every
 * n-th point of its sums, and they are added up in the end, in an order that does not depend on when threads run.
 */
final class ThreadTiles {
    private static final int MANY_TILES = 1 << 14;
    private static final int THREADS_OF_A_TILE = 256;

    private final Kernel.Contraction kernel;
    private final TileText tiles;
    private final Tiling tiling;
    private final CText text;
    /** The axes beside rows and columns. */
    private final List<String> outerIndices = new ArrayList<>();

    private final List<Integer> outerExtents = new ArrayList<>();

    /**
     * A contraction to write.
     *
     * @param tiles writes what is done with one tile
     * @param indices of the kernel's axes, of which {@code i} and {@code j} are those of a tile's first row and column
     */
    ThreadTiles(Kernel.Contraction kernel, TileText tiles, Tiling tiling, List<String> indices, CText text) {
        this.kernel = kernel;
        this.tiles = tiles;
        this.tiling = tiling;
        this.text = text;
        for (int axis = 0; axis < indices.size() - 1; axis++) {
            if (axis != kernel.rowAxis()) {
                outerIndices.add(indices.get(axis));
                outerExtents.add(kernel.extents().get(axis));
            }
        }
    }

    /** Tiles at the lower and at the right edge have texts of their own. */
    void write() {
        int height = tiling.rowsPerTile();
        int width = Tiling.width(tiling.columnVectors());
        String below = String.valueOf(tiling.rowTiles() * height);
        String right = String.valueOf(tiling.columnBlocks() * width);
        columns(height, tiling.rowTiles(), "y * " + height, width, right);
        columns(tiling.lastRows(), 1, below, width, right);
    }

    private void columns(int height, int down, String row, int width, String right) {
        share(new Tile(height, tiling.columnVectors()), down, row, tiling.columnBlocks(), "x * " + width);
        share(new Tile(height, tiling.lastVectors()), down, row, 1, right);
    }

    private void share(Tile tile, int down, String row, int across, String column) {
        if (tile.rows() == 0 || tile.vectors().isEmpty() || down == 0 || across == 0) {
            return;
        }
        List<String> names = new ArrayList<>(outerIndices);
        names.addAll(List.of("y", "x"));
        List<Integer> counts = new ArrayList<>(outerExtents);
        counts.addAll(List.of(down, across));
        long count = counts.stream().mapToLong(Integer::intValue).reduce(1, (a, b) -> a * b);
        if (count < MANY_TILES && hasLongSums()) {
            text.dealt("block", "blockIdx.x", "gridDim.x", names, counts);
            text.threads(count * THREADS_OF_A_TILE);
            text.line("const long i = %s, j = %s;", row, column);
            sumsTogether(tile);
            text.open("if (threadIdx.x == 0)");
            tiles.finish(tile);
            text.close();
        } else {
            text.dialect().open(text, names, counts);
            text.line("const long i = %s, j = %s;", row, column);
            tiles.sums(tile);
            tiles.finish(tile);
        }
        text.close();
    }

    private boolean hasLongSums() {
        return kernel.terms().stream().anyMatch(term -> TileText.sumLength(term) >= ContractionText.LONG_SUM);
    }

    private void sumsTogether(Tile tile) {
        tiles.declareSums(tile);
        for (int at = 0; at < kernel.sums().get(0).terms().size(); at++) {
            Kernel.Term term = kernel.sums().get(0).terms().get(at);
            text.dealt("point", "threadIdx.x", "blockDim.x", TileText.sumIndices(term), term.sumExtents());
            tiles.multiply(at, tile);
            text.close();
        }
        for (int of = 0; of < kernel.sums().size(); of++) {
            for (int row = 0; row < tile.rows(); row++) {
                for (int v = 0; v < tile.vectors().size(); v++) {
                    String sum = TileText.sum(of, row, v);
                    text.line("%s = jno_block_sum(%s);", sum, sum);
                }
            }
        }
    }
}

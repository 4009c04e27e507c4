// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * A {@link Kernel.Contraction} as C: a register-tiled matrix product with constant extents and strides, whose epilogue
 * does the elementwise work while a tile is in the first cache.
 *
 * <p>Long sums are cut into blocks whose partial sums are added to a panel in a fixed order, which keeps both factors in
 * cache and the rounding error small.
 */
final class ContractionText {
    /** Points from which on a sum is cut in blocks. */
    static final int LONG_SUM = 1024;

    private static final int PANEL_BYTES = 64 * 1024;
    private static final int VECTORS_IN_CACHE = 24 * 1024;

    private final Kernel.Contraction kernel;
    private final CText text;
    private final DType dtype;
    private final List<String> indices = new ArrayList<>();
    private final int columnAxis;
    private final int rows;
    private final int columns;
    private final Tiling tiling;
    private final TileLoops loops;
    private final TileText tiles;

    ContractionText(Kernel.Contraction kernel, Signature signature, Reach reach, CText text) {
        this.kernel = kernel;
        this.text = text;
        this.dtype = kernel.sums().get(0).result().dtype();
        this.columnAxis = kernel.extents().size() - 1;
        for (int axis = 0; axis < kernel.extents().size(); axis++) {
            indices.add(axis == columnAxis ? "j" : axis == kernel.rowAxis() ? "i" : "i" + axis);
        }
        this.rows = kernel.rowAxis() < 0 ? 1 : kernel.extents().get(kernel.rowAxis());
        this.columns = kernel.extents().get(columnAxis);
        this.tiling = text.dialect().tiling(rows, columns, dtype, kernel.sums().size());
        this.loops = new TileLoops(tiling, kernel.rowAxis() >= 0, text);
        this.tiles = new TileText(kernel, signature, reach, indices, text);
    }

    void write() {
        if (text.dialect().isThreaded()) {
            new ThreadTiles(kernel, tiles, tiling, indices, text).write();
            return;
        }
        int outside = text.depth();
        for (int axis = 0; axis < columnAxis; axis++) {
            if (axis != kernel.rowAxis()) {
                text.loop(indices.get(axis), kernel.extents().get(axis));
            }
        }
        if (kernel.rowAxis() < 0) {
            text.line("const long i = 0;");
        }
        if (needsPanel()) {
            panel();
        } else if (packs()) {
            packed();
        } else {
            eachTile(tile -> {
                tiles.sums(tile);
                tiles.finish(tile);
            });
        }
        while (text.depth() > outside) {
            text.close();
        }
    }

    private boolean needsPanel() {
        return kernel.sums().size() == 1
                && (long) rows * columns * dtype.bytes() <= PANEL_BYTES
                && kernel.terms().stream().anyMatch(term -> TileText.sumLength(term) >= LONG_SUM);
    }

    /** Whether rows should pass outside, or columns: that of which fewer vectors come back to the first cache. */
    private boolean columnsOutside() {
        return points() * columns * dtype.bytes() > VECTORS_IN_CACHE;
    }

    private long points() {
        return kernel.terms().stream().mapToLong(TileText::sumLength).sum();
    }

    private void eachTile(Consumer<Tile> tile) {
        if (columnsOutside()) {
            loops.columnBlocks(vectors -> loops.rowTiles(height -> tile.accept(new Tile(height, vectors))));
        } else {
            loops.rowTiles(height -> loops.columnBlocks(vectors -> tile.accept(new Tile(height, vectors))));
        }
    }

    private boolean packs() {
        return kernel.rowAxis() >= 0
                && columnsOutside()
                && PackedVectors.pay(vectors(), tiling, (long) columns * dtype.bytes());
    }

    /** The terms of the first sum: all sums have the same vectors. */
    private List<Kernel.Term> vectors() {
        return kernel.sums().get(0).terms();
    }

    private void packed() {
        PackedVectors packed = new PackedVectors(vectors());
        for (int at = 0; at < vectors().size(); at++) {
            pack(at, packed);
        }
        loops.rowBlocks(
                points() * dtype.bytes(),
                height -> loops.columnBlocks(vectors -> loops.rowTilesOfBlock(height, () -> {
                    Tile tile = new Tile(height, vectors);
                    tiles.sums(tile, packed::address);
                    tiles.finish(tile);
                })));
    }

    private void pack(int at, PackedVectors packed) {
        Kernel.Term term = vectors().get(at);
        text.line(
                "%s w%d[%d] __attribute__((aligned(64)));",
                CType.memory(dtype), at, TileText.sumLength(term) * columns);
        loops.columnBlocks(vectors -> {
            int depth = text.depth();
            for (int axis = 0; axis < term.sumExtents().size(); axis++) {
                text.loop("k" + axis, term.sumExtents().get(axis));
            }
            tiles.copyVectors(at, vectors, packed.address(at, Tiling.width(vectors)));
            while (text.depth() > depth) {
                text.close();
            }
        });
    }

    /** Sums too long for one sweep go block by block into a panel, in a fixed order. */
    private void panel() {
        if (tiles.addsInPlace()) {
            for (int at = 0; at < kernel.terms().size(); at++) {
                blocks(at, tiles::addInPlace);
            }
            return;
        }
        text.line("%s panel[%d] __attribute__((aligned(64)));", CType.memory(dtype), rows * columns);
        text.vectorLoop("z", (long) rows * columns).line("panel[z] = 0;").close();
        for (int at = 0; at < kernel.terms().size(); at++) {
            blocks(at, tile -> tiles.add("panel + i * " + columns + " + j", columns, tile));
        }
        if (kernel.rowAxis() >= 0) {
            text.loop("i", rows);
        }
        text.vectorLoop("j", columns);
        tiles.pointwise(indices, List.of("panel[i * " + columns + " + j]"));
        text.close();
        if (kernel.rowAxis() >= 0) {
            text.close();
        }
    }

    /** Blocks of the innermost summed axis of a term, outer summed axes one by one. */
    private void blocks(int at, Consumer<Tile> add) {
        Kernel.Term term = kernel.terms().get(at);
        int block = TileText.SUM_BLOCK;
        int inner = term.sumExtents().size() - 1;
        long length = term.sumExtents().get(inner);
        while (inner > 0 && length * term.sumExtents().get(inner - 1) <= block) {
            length *= term.sumExtents().get(--inner);
        }
        int around = text.depth();
        for (int axis = 0; axis < inner; axis++) {
            text.loop("k" + axis, term.sumExtents().get(axis));
        }
        int blocked = term.sumExtents().get(inner);
        boolean cut = blocked > block;
        if (cut) {
            text.open("for (long kb = 0; kb < %d; kb += %d)", blocked, block);
            text.line(
                    "const long ke = %s;",
                    blocked % block == 0
                            ? "kb + " + block
                            : "kb + " + block + " < " + blocked + " ? kb + " + block + " : " + blocked);
        }
        int first = inner;
        eachTile(tile -> {
            tiles.declareSums(tile);
            int depth = text.depth();
            tiles.openSum("k" + first, cut ? "kb" : "0", cut ? "ke" : String.valueOf(blocked));
            for (int axis = first + 1; axis < term.sumExtents().size(); axis++) {
                tiles.openSum("k" + axis, "0", String.valueOf(term.sumExtents().get(axis)));
            }
            tiles.multiply(at, tile);
            while (text.depth() > depth) {
                text.close();
            }
            add.accept(tile);
        });
        while (text.depth() > around) {
            text.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
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
    private static final int SUM_BLOCK = 256;
    private static final int LONG_SUM = 1024;
    private static final int PANEL_BYTES = 64 * 1024;
    private static final int VECTORS_IN_CACHE = 24 * 1024;

    private final Kernel.Contraction kernel;
    private final Signature signature;
    private final Reach reach;
    private final CText text;
    private final int depth;
    private final DType dtype;
    private final List<String> indices = new ArrayList<>();
    private final int columnAxis;
    private final int rows;
    private final int columns;
    private final Tiling tiling;

    ContractionText(Kernel.Contraction kernel, Signature signature, Registers registers, Reach reach, CText text) {
        this.kernel = kernel;
        this.signature = signature;
        this.reach = reach;
        this.text = text;
        this.depth = text.depth();
        this.dtype = kernel.result().dtype();
        this.columnAxis = kernel.extents().size() - 1;
        for (int axis = 0; axis < kernel.extents().size(); axis++) {
            indices.add(axis == columnAxis ? "j" : axis == kernel.rowAxis() ? "i" : "i" + axis);
        }
        this.rows = kernel.rowAxis() < 0 ? 1 : kernel.extents().get(kernel.rowAxis());
        this.columns = kernel.extents().get(columnAxis);
        this.tiling = Tiling.of(rows, columns, dtype, registers);
    }

    void write() {
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
        } else {
            boolean direct = kernel.body().isEmpty()
                    && kernel.loads().isEmpty()
                    && kernel.stores().size() == 1
                    && kernel.stores().get(0).access().strides().get(columnAxis) == 1;
            tiles(this::sums, direct ? this::storeDirectly : this::epilogue);
        }
        while (text.depth() > depth) {
            text.close();
        }
    }

    private boolean needsPanel() {
        return kernel.terms().size() == 1
                && sumLength(kernel.terms().get(0)) >= LONG_SUM
                && (long) rows * columns * dtype.bytes() <= PANEL_BYTES;
    }

    private static long sumLength(Kernel.Term term) {
        return term.sumExtents().stream().mapToLong(Integer::intValue).reduce(1, (a, b) -> a * b);
    }

    /** A tile of the result: its number of rows and the widths of its vectors. */
    private record Tile(int rows, List<Integer> vectors) {
        int width() {
            return Tiling.width(vectors);
        }
    }

    /** Something that writes the text of one tile, whose first row is {@code i} and first column {@code j}. */
    private interface TileText {
        void write(Tile tile);
    }

    private void tiles(TileText sums, TileText finish) {
        boolean columnsOutside =
                kernel.terms().stream().mapToLong(ContractionText::sumLength).sum() * columns * dtype.bytes()
                        > VECTORS_IN_CACHE;
        TileText tile = shape -> {
            sums.write(shape);
            finish.write(shape);
        };
        if (columnsOutside) {
            columnBlocks(vectors -> rowTiles(height -> tile.write(new Tile(height, vectors))));
        } else {
            rowTiles(height -> columnBlocks(vectors -> tile.write(new Tile(height, vectors))));
        }
    }

    private void rowTiles(IntConsumer inner) {
        int covered = tiling.rowTiles() * tiling.rowsPerTile();
        if (kernel.rowAxis() < 0) {
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

    private void columnBlocks(Consumer<List<Integer>> inner) {
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

    private void sums(Tile tile) {
        declareSums(tile);
        for (Kernel.Term term : kernel.terms()) {
            int depth = text.depth();
            for (int axis = 0; axis < term.sumExtents().size(); axis++) {
                openSum("k" + axis, "0", String.valueOf(term.sumExtents().get(axis)));
            }
            multiply(term, tile);
            while (text.depth() > depth) {
                text.close();
            }
        }
    }

    private void declareSums(Tile tile) {
        for (int row = 0; row < tile.rows(); row++) {
            StringBuilder line = new StringBuilder();
            for (int v = 0; v < tile.vectors().size(); v++) {
                String type = vector(tile.vectors().get(v));
                line.append(type)
                        .append(' ')
                        .append(sum(row, v))
                        .append(" = ")
                        .append(tile.vectors().get(v) == 1 ? "0" : "{0}")
                        .append("; ");
            }
            text.line(line.toString().trim());
        }
    }

    private void openSum(String index, String from, String to) {
        text.line("#pragma clang loop unroll(disable) vectorize(disable)");
        text.open("for (long %s = %s; %s < %s; ++%s)", index, from, index, to, index);
    }

    /** The products of one point of the sum, added to all sums of a tile. */
    private void multiply(Kernel.Term term, Tile tile) {
        List<String> sumIndices = new ArrayList<>();
        for (int axis = 0; axis < term.sumExtents().size(); axis++) {
            sumIndices.add("k" + axis);
        }
        String scalars = signature.name(term.scalars()) + " + "
                + Body.index(term.scalars().strides(), indices) + " + "
                + Body.index(term.scalarSumStrides(), sumIndices);
        String vectors = signature.name(term.vectors()) + " + "
                + Body.index(term.vectors().strides(), indices) + " + "
                + Body.index(term.vectorSumStrides(), sumIndices);
        String memory = CType.memory(dtype);
        text.line("const %s* const a = %s;", memory, scalars);
        text.line("const %s* const b = %s;", memory, vectors);
        int at = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            text.line("const %s b%d = %s;", vector(lanes), v, load("b + " + at, lanes));
            at += lanes;
        }
        long rowStride = kernel.rowAxis() < 0 ? 0 : term.scalars().strides().get(kernel.rowAxis());
        for (int row = 0; row < tile.rows(); row++) {
            StringBuilder line = new StringBuilder();
            for (int v = 0; v < tile.vectors().size(); v++) {
                int lanes = tile.vectors().get(v);
                String element = "a[" + row * rowStride + "]";
                String repeated = lanes == 1 ? element : "(" + element + " - (" + vector(lanes) + "){0})";
                line.append(sum(row, v))
                        .append(term.negative() ? " -= " : " += ")
                        .append(repeated)
                        .append(" * b")
                        .append(v)
                        .append("; ");
            }
            text.line(line.toString().trim());
        }
    }

    private void storeDirectly(Tile tile) {
        Kernel.Store store = kernel.stores().get(0);
        long rowStride = kernel.rowAxis() < 0 ? 0 : store.access().strides().get(kernel.rowAxis());
        text.line(
                "%s* const o = %s + %s;",
                CType.memory(dtype),
                signature.name(store.access()),
                Body.index(store.access().strides(), indices));
        for (int row = 0; row < tile.rows(); row++) {
            store("o + " + row * rowStride, row, tile);
        }
    }

    private void store(String pointer, int row, Tile tile) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            line.append(load(pointer + " + " + at, lanes))
                    .append(" = ")
                    .append(sum(row, v))
                    .append("; ");
            at += lanes;
        }
        text.line(line.toString().trim());
    }

    /** Puts a tile into the first cache and does the elementwise work there. */
    private void epilogue(Tile tile) {
        text.line("%s t[%d] __attribute__((aligned(64)));", CType.memory(dtype), tile.rows() * tile.width());
        for (int row = 0; row < tile.rows(); row++) {
            store("t + " + row * tile.width(), row, tile);
        }
        text.loop("r", tile.rows());
        text.vectorLoop("c", tile.width());
        List<String> shifted = new ArrayList<>(indices);
        shifted.set(columnAxis, "(j + c)");
        if (kernel.rowAxis() >= 0) {
            shifted.set(kernel.rowAxis(), "(i + r)");
        }
        pointwise(shifted, "t[r * " + tile.width() + " + c]");
        text.close().close();
    }

    private void pointwise(List<String> at, String result) {
        Body body = new Body(signature, at, reach);
        body.declare(text, kernel.result(), result);
        kernel.loads().forEach(load -> body.load(text, load));
        kernel.body().forEach(value -> body.compute(text, value));
        kernel.stores().forEach(store -> body.store(text, store));
    }

    /** Sums too long for one sweep: blocks of the innermost summed axis, outer summed axes one by one. */
    private void panel() {
        Kernel.Term term = kernel.terms().get(0);
        text.line("%s panel[%d] __attribute__((aligned(64)));", CType.memory(dtype), rows * columns);
        text.vectorLoop("z", (long) rows * columns).line("panel[z] = 0;").close();
        int inner = term.sumExtents().size() - 1;
        long length = term.sumExtents().get(inner);
        while (inner > 0 && length * term.sumExtents().get(inner - 1) <= SUM_BLOCK) {
            length *= term.sumExtents().get(--inner);
        }
        for (int axis = 0; axis < inner; axis++) {
            text.loop("k" + axis, term.sumExtents().get(axis));
        }
        int blocked = term.sumExtents().get(inner);
        boolean cut = blocked > SUM_BLOCK;
        if (cut) {
            text.open("for (long kb = 0; kb < %d; kb += %d)", blocked, SUM_BLOCK);
            text.line("const long ke = kb + %d < %d ? kb + %d : %d;", SUM_BLOCK, blocked, SUM_BLOCK, blocked);
        }
        int first = inner;
        tiles(
                tile -> {
                    declareSums(tile);
                    int depth = text.depth();
                    openSum("k" + first, cut ? "kb" : "0", cut ? "ke" : String.valueOf(blocked));
                    for (int axis = first + 1; axis < term.sumExtents().size(); axis++) {
                        openSum(
                                "k" + axis,
                                "0",
                                String.valueOf(term.sumExtents().get(axis)));
                    }
                    multiply(term, tile);
                    while (text.depth() > depth) {
                        text.close();
                    }
                },
                tile -> {
                    text.line("%s* const o = panel + i * %d + j;", CType.memory(dtype), columns);
                    for (int row = 0; row < tile.rows(); row++) {
                        addToPanel(row, tile);
                    }
                });
        if (cut) {
            text.close();
        }
        for (int axis = 0; axis < inner; axis++) {
            text.close();
        }
        if (kernel.rowAxis() >= 0) {
            text.loop("i", rows);
        }
        text.vectorLoop("j", columns);
        pointwise(indices, "panel[i * " + columns + " + j]");
        text.close();
        if (kernel.rowAxis() >= 0) {
            text.close();
        }
    }

    private void addToPanel(int row, Tile tile) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            line.append(load("o + " + ((long) row * columns + at), lanes))
                    .append(" += ")
                    .append(sum(row, v))
                    .append("; ");
            at += lanes;
        }
        text.line(line.toString().trim());
    }

    private static String sum(int row, int v) {
        return "s" + row + "_" + v;
    }

    private String vector(int lanes) {
        return lanes == 1 ? CType.memory(dtype) : dtype.text() + "x" + lanes;
    }

    private String load(String pointer, int lanes) {
        return "*(" + (lanes == 1 ? CType.memory(dtype) : vector(lanes)) + "*)(" + pointer + ")";
    }

    /** Vector types for every width, aligned as their elements so that any address will do. */
    static String prelude(Registers registers) {
        StringBuilder types = new StringBuilder();
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            for (int lanes = 2; lanes <= registers.lanes(dtype); lanes *= 2) {
                types.append("typedef %s %sx%d __attribute__((vector_size(%d), aligned(%d), may_alias));%n"
                        .formatted(CType.memory(dtype), dtype.text(), lanes, lanes * dtype.bytes(), dtype.bytes()));
            }
        }
        return types.toString().replace("\r", "");
    }
}

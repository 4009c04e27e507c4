// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * A {@link Kernel.Contraction} as C: a register-tiled matrix product with constant extents and strides, whose epilogue
 * does the elementwise work while a tile is in the first cache.
 *
 * <p>Long sums are cut into blocks whose partial sums are added to a panel in a fixed order, which keeps both factors in
 * cache and the rounding error small.
 */
final class ContractionText {
    private static final int SUM_BLOCK = 256;
    static final int LONG_SUM = 1024;
    /** Points of a sum between the request for a line and its use. */
    private static final int POINTS_AHEAD = 8;

    private static final int PANEL_BYTES = 64 * 1024;
    /** Tiles of rows from which on a copy of the vectors pays. */
    private static final int PACKED_TILES = 256;


    private static final int PACKED_BYTES = 256 * 1024;
    private static final int ROW_BLOCK_BYTES = 192 * 1024;
    private static final int VECTORS_IN_CACHE = 24 * 1024;

    private final Kernel.Contraction kernel;
    private final Signature signature;
    private final Reach reach;
    private final CText text;
    private final Dialect dialect;
    private final int outside;
    private final DType dtype;
    private final List<String> indices = new ArrayList<>();
    private final int columnAxis;
    private final int rows;
    private final int columns;
    private final Tiling tiling;
    /** Whether the vectors have been copied side by side. */
    private boolean packed;

    ContractionText(Kernel.Contraction kernel, Signature signature, Reach reach, CText text) {
        this.kernel = kernel;
        this.signature = signature;
        this.reach = reach;
        this.text = text;
        this.outside = text.depth();
        this.dtype = kernel.sums().get(0).result().dtype();
        this.columnAxis = kernel.extents().size() - 1;
        for (int axis = 0; axis < kernel.extents().size(); axis++) {
            indices.add(axis == columnAxis ? "j" : axis == kernel.rowAxis() ? "i" : "i" + axis);
        }
        this.rows = kernel.rowAxis() < 0 ? 1 : kernel.extents().get(kernel.rowAxis());
        this.columns = kernel.extents().get(columnAxis);
        this.dialect = text.dialect();
        this.tiling = dialect.tiling(rows, columns, dtype, kernel.sums().size());
    }

    void write() {
        if (dialect.isThreaded()) {
            new ThreadTiles(kernel, this, tiling, indices, text).write();
            return;
        }
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
            tiles(this::sums, this::finish);
        }
        while (text.depth() > outside) {
            text.close();
        }
    }

    void finish(Tile tile) {
        boolean direct = kernel.body().isEmpty()
                && kernel.loads().isEmpty()
                && kernel.stores().size() == 1
                && kernel.stores().get(0).access().strides().get(columnAxis) == 1;
        if (direct) {
            storeDirectly(tile);
        } else {
            epilogue(tile);
        }
    }

    private boolean needsPanel() {
        return kernel.sums().size() == 1
                && (long) rows * columns * dtype.bytes() <= PANEL_BYTES
                && kernel.terms().stream().anyMatch(term -> sumLength(term) >= LONG_SUM);
    }

    /** Whether neighbouring scalars belong to neighbouring rows, so that a sweep over the sum jumps from row to row. */
    private boolean runsAlongRows(Kernel.Term term) {
        int inner = term.sumExtents().size() - 1;
        return kernel.rowAxis() >= 0
                && term.scalars().strides().get(kernel.rowAxis()) == 1
                && term.scalarSumStrides().get(inner) > 1;
    }

    static long sumLength(Kernel.Term term) {
        long length = 1;
        for (int extent : term.sumExtents()) {
            length *= extent;
        }
        return length;
    }

    /** A tile of the result: its number of rows and the widths of its vectors. */
    record Tile(int rows, List<Integer> vectors) {
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
        if (columnsOutside && packs()) {
            pack();
            rowBlocks(height ->
                    columnBlocks(vectors -> rowTilesOfBlock(height, () -> tile.write(new Tile(height, vectors)))));
        } else if (columnsOutside) {
            columnBlocks(vectors -> rowTiles(height -> tile.write(new Tile(height, vectors))));
        } else {
            rowTiles(height -> columnBlocks(vectors -> tile.write(new Tile(height, vectors))));
        }
        packed = false;
    }

    private boolean packs() {
        long bytes = kernel.sums().get(0).terms().stream()
                        .mapToLong(ContractionText::sumLength)
                        .sum()
                * columns
                * dtype.bytes();
        return tiling.rowTiles() >= PACKED_TILES && kernel.rowAxis() >= 0 && !needsPanel() && bytes <= PACKED_BYTES;
    }

    /**
     * Copies the vectors of each block of columns side by side: with rows a power of two apart they would fall into few
     * sets of the first cache.
     */
    private void pack() {
        packed = true;
        for (int at = 0; at < kernel.sums().get(0).terms().size(); at++) {
            Kernel.Term term = kernel.sums().get(0).terms().get(at);
            text.line("%s w%d[%d] __attribute__((aligned(64)));", CType.memory(dtype), at, sumLength(term) * columns);
            String name = "w" + at;
            columnBlocks(vectors -> {
                int depth = text.depth();
                for (int axis = 0; axis < term.sumExtents().size(); axis++) {
                    text.loop("k" + axis, term.sumExtents().get(axis));
                }
                text.line(
                        "const %s* const b = %s + %s + %s;",
                        CType.memory(dtype),
                        signature.name(term.vectors()),
                        Body.index(term.vectors().strides(), indices),
                        Body.index(term.vectorSumStrides(), sumIndices(term)));
                String target = packedVectors(name, term, Tiling.width(vectors));
                int column = 0;
                for (int lanes : vectors) {
                    text.line("%s = %s;", load(target + " + " + column, lanes), load("b + " + column, lanes));
                    column += lanes;
                }
                while (text.depth() > depth) {
                    text.close();
                }
            });
        }
    }

    /** Where the vectors of a point of the sum lie in the copy: block after block of columns. */
    private static String packedVectors(String name, Kernel.Term term, int width) {
        return name + " + j * " + sumLength(term) + " + (" + Body.index(packedStrides(term, width), sumIndices(term))
                + ")";
    }

    /** Blocks of rows whose scalars stay in the second cache while all blocks of columns pass; then the last tile. */
    private void rowBlocks(IntConsumer inner) {
        int covered = tiling.rowTiles() * tiling.rowsPerTile();
        long perTile =
                kernel.terms().stream().mapToLong(ContractionText::sumLength).sum()
                        * tiling.rowsPerTile()
                        * dtype.bytes();
        long block = Math.max(1, ROW_BLOCK_BYTES / perTile) * tiling.rowsPerTile();
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

    private void rowTilesOfBlock(int height, Runnable tile) {
        text.open("for (long i = ib; i < ie; i += %d)", height);
        tile.run();
        text.close();
    }

    private static List<Long> packedStrides(Kernel.Term term, int width) {
        List<Long> strides = new ArrayList<>();
        long stride = width;
        for (int axis = term.sumExtents().size() - 1; axis >= 0; axis--) {
            strides.add(0, stride);
            stride *= term.sumExtents().get(axis);
        }
        return strides;
    }

    static List<String> sumIndices(Kernel.Term term) {
        return CText.indices("k", term.sumExtents().size());
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

    void sums(Tile tile) {
        declareSums(tile);
        for (int i = 0; i < kernel.sums().get(0).terms().size(); i++) {
            int depth = text.depth();
            List<Integer> extents = kernel.sums().get(0).terms().get(i).sumExtents();
            for (int axis = 0; axis < extents.size(); axis++) {
                openSum("k" + axis, "0", String.valueOf(extents.get(axis)));
            }
            multiply(i, tile);
            while (text.depth() > depth) {
                text.close();
            }
        }
    }

    void declareSums(Tile tile) {
        for (int of = 0; of < kernel.sums().size(); of++) {
            for (int row = 0; row < tile.rows(); row++) {
                StringBuilder line = new StringBuilder();
                for (int v = 0; v < tile.vectors().size(); v++) {
                    String type = dialect.vector(dtype, tile.vectors().get(v));
                    line.append(type)
                            .append(' ')
                            .append(sum(of, row, v))
                            .append(" = ")
                            .append(tile.vectors().get(v) == 1 ? "0" : "{0}")
                            .append("; ");
                }
                text.line(line.toString().trim());
            }
        }
    }

    private void openSum(String index, String from, String to) {
        text.line("#pragma clang loop unroll(disable) vectorize(disable)");
        text.open("for (long %s = %s; %s < %s; ++%s)", index, from, index, to, index);
    }

    /** The products of one point of the summed axes, added to all accumulators of a tile. */
    void multiply(int at, Tile tile) {
        Kernel.Term first = kernel.sums().get(0).terms().get(at);
        for (int of = 0; of < kernel.sums().size(); of++) {
            Kernel.Term term = kernel.sums().get(of).terms().get(at);
            text.line(
                    "const %s* const a%d = %s + %s + %s;",
                    CType.memory(dtype),
                    of,
                    signature.name(term.scalars()),
                    Body.index(term.scalars().strides(), indices),
                    Body.index(term.scalarSumStrides(), sumIndices(term)));
        }
        if (packed) {
            text.line("const %s* const b = %s;", CType.memory(dtype), packedVectors("w" + at, first, tile.width()));
        } else {
            text.line(
                    "const %s* const b = %s + %s + %s;",
                    CType.memory(dtype),
                    signature.name(first.vectors()),
                    Body.index(first.vectors().strides(), indices),
                    Body.index(first.vectorSumStrides(), sumIndices(first)));
        }
        for (int of = 0; of < kernel.sums().size(); of++) {
            prefetch(of, kernel.sums().get(of).terms().get(at));
        }
        int column = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            boolean aligned =
                    !packed && signature.aligned(first.vectors(), columnAxis, first.vectorSumStrides(), lanes);
            text.line(
                    "const %s b%d = %s;",
                    dialect.vector(dtype, lanes), v, dialect.load(dtype, lanes, "b + " + column, aligned));
            column += lanes;
        }
        for (int of = 0; of < kernel.sums().size(); of++) {
            multiplyRows(of, kernel.sums().get(of).terms().get(at), tile);
        }
    }

    /** A sweep that finds a new line of scalars at each point would wait for every one of them. */
    private void prefetch(int of, Kernel.Term term) {
        if (!dialect.isThreaded() && runsAlongRows(term)) {
            int inner = term.sumExtents().size() - 1;
            text.line(
                    "__builtin_prefetch(a%d + %d);",
                    of, POINTS_AHEAD * term.scalarSumStrides().get(inner));
        }
    }

    private void multiplyRows(int of, Kernel.Term term, Tile tile) {
        long rowStride = kernel.rowAxis() < 0 ? 0 : term.scalars().strides().get(kernel.rowAxis());
        for (int row = 0; row < tile.rows(); row++) {
            StringBuilder line = new StringBuilder();
            for (int v = 0; v < tile.vectors().size(); v++) {
                int lanes = tile.vectors().get(v);
                String element = "a" + of + "[" + row * rowStride + "]";
                line.append(sum(of, row, v))
                        .append(term.negative() ? " -= " : " += ")
                        .append(dialect.repeated(dtype, lanes, element))
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
            store("o + " + row * rowStride, lanes -> aligned(store, lanes), 0, row, tile);
        }
    }

    private boolean aligned(Kernel.Store store, int lanes) {
        return signature.aligned(store.access(), columnAxis, List.of(), lanes);
    }

    private void store(String pointer, IntPredicate aligned, int of, int row, Tile tile) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            line.append(dialect.store(dtype, lanes, pointer + " + " + at, aligned.test(lanes), sum(of, row, v)))
                    .append(' ');
            at += lanes;
        }
        text.line(line.toString().trim());
    }

    /** Puts a tile into the first cache and does the elementwise work there. */
    private void epilogue(Tile tile) {
        List<String> results = new ArrayList<>();
        for (int of = 0; of < kernel.sums().size(); of++) {
            String name = "t" + of;
            text.line("%s %s[%d] __attribute__((aligned(64)));", CType.memory(dtype), name, tile.rows() * tile.width());
            for (int row = 0; row < tile.rows(); row++) {
                store(name + " + " + row * tile.width(), lanes -> tile.width() % lanes == 0, of, row, tile);
            }
            results.add(name + "[r * " + tile.width() + (dialect.isThreaded() && tile.width() == 1 ? "]" : " + c]"));
        }
        text.line(dialect.overRows());
        text.loop("r", tile.rows());
        if (dialect.isThreaded() && tile.vectors().size() == 1) {
            List<String> first = new ArrayList<>(indices);
            if (kernel.rowAxis() >= 0) {
                first.set(kernel.rowAxis(), "(i + r)");
            }
            new VectorPoints(signature, text, columnAxis, tile.width())
                    .write(first, kernel.loads(), kernel.body(), kernel.stores(), body -> declare(body, results));
            text.close();
            return;
        }
        text.vectorLoop("c", tile.width());
        List<String> shifted = new ArrayList<>(indices);
        shifted.set(columnAxis, "(j + c)");
        if (kernel.rowAxis() >= 0) {
            shifted.set(kernel.rowAxis(), "(i + r)");
        }
        pointwise(shifted, results);
        text.close().close();
    }

    private void pointwise(List<String> at, List<String> results) {
        Body body = new Body(signature, at, reach);
        declare(body, results);
        body.write(text, kernel.loads(), kernel.body(), kernel.stores());
    }

    private void declare(Body body, List<String> results) {
        for (int of = 0; of < results.size(); of++) {
            body.declare(text, kernel.sums().get(of).result(), results.get(of));
        }
    }

    /** Sums too long for one sweep go block by block into a panel, in a fixed order. */
    private void panel() {
        if (addsInPlace()) {
            for (int at = 0; at < kernel.terms().size(); at++) {
                blocks(at);
            }
            return;
        }
        text.line("%s panel[%d] __attribute__((aligned(64)));", CType.memory(dtype), rows * columns);
        text.vectorLoop("z", (long) rows * columns).line("panel[z] = 0;").close();
        for (int at = 0; at < kernel.terms().size(); at++) {
            blocks(at);
        }
        if (kernel.rowAxis() >= 0) {
            text.loop("i", rows);
        }
        text.vectorLoop("j", columns);
        pointwise(indices, List.of("panel[i * " + columns + " + j]"));
        text.close();
        if (kernel.rowAxis() >= 0) {
            text.close();
        }
    }

    /** Whether all the epilogue does is to add the sum to the memory that it is stored to, as a loop's accumulator is. */
    private boolean addsInPlace() {
        if (kernel.body().size() != 1
                || kernel.loads().size() != 1
                || kernel.stores().size() != 1) {
            return false;
        }
        Value value = kernel.body().get(0);
        Access from = kernel.loads().get(0).access();
        Access to = kernel.stores().get(0).access();
        return value.op() instanceof Op.Elementwise op
                && op.primitive() == Primitive.ADD
                && value.operands().contains(kernel.sums().get(0).result())
                && value.operands().contains(kernel.loads().get(0).value())
                && kernel.stores().get(0).value() == value
                && signature.name(from).equals(signature.name(to))
                && from.strides().equals(to.strides())
                && to.strides().get(columnAxis) == 1;
    }

    /** Blocks of the innermost summed axis of a term, outer summed axes one by one. */
    private void blocks(int at) {
        Kernel.Term term = kernel.terms().get(at);
        int inner = term.sumExtents().size() - 1;
        long length = term.sumExtents().get(inner);
        while (inner > 0 && length * term.sumExtents().get(inner - 1) <= SUM_BLOCK) {
            length *= term.sumExtents().get(--inner);
        }
        int around = text.depth();
        for (int axis = 0; axis < inner; axis++) {
            text.loop("k" + axis, term.sumExtents().get(axis));
        }
        int blocked = term.sumExtents().get(inner);
        boolean cut = blocked > SUM_BLOCK;
        if (cut) {
            text.open("for (long kb = 0; kb < %d; kb += %d)", blocked, SUM_BLOCK);
            text.line(
                    "const long ke = %s;",
                    blocked % SUM_BLOCK == 0
                            ? "kb + " + SUM_BLOCK
                            : "kb + " + SUM_BLOCK + " < " + blocked + " ? kb + " + SUM_BLOCK + " : " + blocked);
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
                    multiply(at, tile);
                    while (text.depth() > depth) {
                        text.close();
                    }
                },
                tile -> {
                    Access to = kernel.stores().get(0).access();
                    boolean inPlace = addsInPlace();
                    text.line(
                            "%s* const o = %s;",
                            CType.memory(dtype),
                            inPlace
                                    ? signature.name(to) + " + " + Body.index(to.strides(), indices)
                                    : "panel + i * " + columns + " + j");
                    long rowStride =
                            inPlace && kernel.rowAxis() >= 0 ? to.strides().get(kernel.rowAxis()) : columns;
                    for (int row = 0; row < tile.rows(); row++) {
                        add(row * rowStride, row, tile);
                    }
                });
        while (text.depth() > around) {
            text.close();
        }
    }

    private void add(long offset, int row, Tile tile) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            line.append(load("o + " + (offset + at), lanes))
                    .append(" += ")
                    .append(sum(0, row, v))
                    .append("; ");
            at += lanes;
        }
        text.line(line.toString().trim());
    }

    static String sum(int of, int row, int v) {
        return "s" + of + "_" + row + "_" + v;
    }

    private String load(String pointer, int lanes) {
        return dialect.load(dtype, lanes, pointer, false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * One tile of a contraction: sums in registers, products, and what is done with the sums in the end. {@code i} is the
 * tile's first row and {@code j} its first column.
 */
final class TileText {
    /** Tells where the vectors of a point of a term's sum begin, for a tile of some width. */
    interface Vectors {
        String address(int term, int width);
    }

    /** Points of a sum after which its scalars no longer count on the first cache. */
    static final int SUM_BLOCK = 256;
    /** Points of a sum between the request for a line and its use. */
    private static final int POINTS_AHEAD = 8;
    /** Bytes over which the processor does not look ahead by itself. */
    private static final int LONG_JUMP = 256;

    private static final int SCALARS_IN_CACHE = 24 * 1024;

    private final Kernel.Contraction kernel;
    private final Signature signature;
    private final Reach reach;
    private final CText text;
    private final Dialect dialect;
    private final DType dtype;
    private final List<String> indices;
    private final int columnAxis;

    /**
     * The tiles of a kernel.
     *
     * @param indices names of the indices of its axes
     */
    TileText(Kernel.Contraction kernel, Signature signature, Reach reach, List<String> indices, CText text) {
        this.kernel = kernel;
        this.signature = signature;
        this.reach = reach;
        this.text = text;
        this.dialect = text.dialect();
        this.dtype = kernel.sums().get(0).result().dtype();
        this.indices = List.copyOf(indices);
        this.columnAxis = indices.size() - 1;
    }

    /** Number of points that a term sums. */
    static long sumLength(Kernel.Term term) {
        long length = 1;
        for (int extent : term.sumExtents()) {
            length *= extent;
        }
        return length;
    }

    /** Names of the indices of the summed axes. */
    static List<String> sumIndices(Kernel.Term term) {
        return CText.indices("k", term.sumExtents().size());
    }

    /** Name of the register that sums for a row and a vector of a tile. */
    static String sum(int of, int row, int v) {
        return "s" + of + "_" + row + "_" + v;
    }

    private String vectors(int at) {
        Kernel.Term term = kernel.sums().get(0).terms().get(at);
        return "%s + %s + %s"
                .formatted(
                        signature.name(term.vectors()),
                        Body.index(term.vectors().strides(), indices),
                        Body.index(term.vectorSumStrides(), sumIndices(term)));
    }

    /** All sums of a tile, whose vectors are read where they are. */
    void sums(Tile tile) {
        sums(tile, (at, width) -> vectors(at));
    }

    /** All sums of a tile. */
    void sums(Tile tile, Vectors from) {
        declareSums(tile);
        for (int i = 0; i < kernel.sums().get(0).terms().size(); i++) {
            int depth = text.depth();
            List<Integer> extents = kernel.sums().get(0).terms().get(i).sumExtents();
            for (int axis = 0; axis < extents.size(); axis++) {
                openSum("k" + axis, "0", String.valueOf(extents.get(axis)));
            }
            multiply(i, tile, from);
            while (text.depth() > depth) {
                text.close();
            }
        }
    }

    /** Registers for the sums of a tile, which begin at zero. */
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

    /** Opens a loop over points of a sum. */
    void openSum(String index, String from, String to) {
        text.line("#pragma clang loop unroll(disable) vectorize(disable)");
        text.open("for (long %s = %s; %s < %s; ++%s)", index, from, index, to, index);
    }

    /** The products of one point of the summed axes of a term, whose vectors are read where they are. */
    void multiply(int at, Tile tile) {
        multiply(at, tile, (term, width) -> vectors(term));
    }

    /** The products of one point of the summed axes of a term, added to all accumulators of a tile. */
    private void multiply(int at, Tile tile, Vectors from) {
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
        text.line("const %s* const b = %s;", CType.memory(dtype), from.address(at, tile.width()));
        for (int of = 0; of < kernel.sums().size(); of++) {
            prefetch(of, kernel.sums().get(of).terms().get(at));
        }
        int column = 0;
        for (int v = 0; v < tile.vectors().size(); v++) {
            int lanes = tile.vectors().get(v);
            boolean aligned = signature.aligned(first.vectors(), columnAxis, first.vectorSumStrides(), lanes);
            text.line(
                    "const %s b%d = %s;",
                    dialect.vector(dtype, lanes), v, dialect.load(dtype, lanes, "b + " + column, aligned));
            column += lanes;
        }
        for (int of = 0; of < kernel.sums().size(); of++) {
            multiplyRows(of, kernel.sums().get(of).terms().get(at), tile);
        }
    }

    /**
     * A sweep that jumps over lines and finds a new one at each point would wait for every one of them, unless the first
     * cache keeps those of all rows.
     */
    private void prefetch(int of, Kernel.Term term) {
        if (!dialect.isThreaded() && runsAlongRows(term)) {
            long jump = term.scalarSumStrides().get(term.sumExtents().size() - 1);
            long scalars =
                    Math.min(SUM_BLOCK, sumLength(term)) * kernel.extents().get(kernel.rowAxis());
            if (jump * dtype.bytes() >= LONG_JUMP && scalars * dtype.bytes() > SCALARS_IN_CACHE) {
                text.line("__builtin_prefetch(a%d + %d);", of, POINTS_AHEAD * jump);
            }
        }
    }

    /** Whether neighbouring scalars belong to neighbouring rows, so that a sweep over the sum jumps from row to row. */
    private boolean runsAlongRows(Kernel.Term term) {
        return kernel.rowAxis() >= 0
                && !term.sumExtents().isEmpty()
                && term.scalars().strides().get(kernel.rowAxis()) == 1;
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

    /** What is done with the sums of a tile. */
    void finish(Tile tile) {
        boolean direct = kernel.body().isEmpty()
                && kernel.loads().isEmpty()
                && kernel.stores().size() == 1
                && kernel.stores().get(0).access().strides().get(columnAxis) == 1;
        if (direct) {
            storeDirectly(tile);
        } else if (addsInPlace()) {
            addInPlace(tile);
        } else {
            epilogue(tile);
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

    /** The elementwise work at one point, where these expressions are the sums. */
    void pointwise(List<String> at, List<String> results) {
        Body body = new Body(signature, at, reach);
        declare(body, results);
        body.write(text, kernel.loads(), kernel.body(), kernel.stores());
    }

    private void declare(Body body, List<String> results) {
        for (int of = 0; of < results.size(); of++) {
            body.declare(text, kernel.sums().get(of).result(), results.get(of));
        }
    }

    /** Copies the vectors of one point of a term's sum for a block of columns. */
    void copyVectors(int at, List<Integer> vectors, String target) {
        text.line("const %s* const b = %s;", CType.memory(dtype), vectors(at));
        int column = 0;
        for (int lanes : vectors) {
            text.line("%s = %s;", load(target + " + " + column, lanes), load("b + " + column, lanes));
            column += lanes;
        }
    }

    /** Whether all the epilogue does is to add the sum to the memory that it is stored to, as a loop's accumulator is. */
    boolean addsInPlace() {
        if (dialect.isThreaded()
                || kernel.sums().size() != 1
                || kernel.body().size() != 1
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

    /** Adds the sums of a tile to the memory that the kernel writes; requires that it {@link #addsInPlace}. */
    void addInPlace(Tile tile) {
        Access to = kernel.stores().get(0).access();
        add(
                signature.name(to) + " + " + Body.index(to.strides(), indices),
                kernel.rowAxis() < 0 ? 0 : to.strides().get(kernel.rowAxis()),
                tile);
    }

    /** Adds the sums of a tile to rows of memory, of which the first begins at {@code pointer}. */
    void add(String pointer, long rowStride, Tile tile) {
        text.line("%s* const o = %s;", CType.memory(dtype), pointer);
        for (int row = 0; row < tile.rows(); row++) {
            add(row * rowStride, row, tile);
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

    private String load(String pointer, int lanes) {
        return dialect.load(dtype, lanes, pointer, false);
    }
}

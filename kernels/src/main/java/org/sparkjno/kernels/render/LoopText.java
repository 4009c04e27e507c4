// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * A {@link Kernel.Loop} as C. Sums are formed in blocks whose partial sums are then added, in a fixed order: the error
 * grows with the number of blocks, not of elements (N. Higham, "The Accuracy of Floating Point Summation", 1993).
 */
final class LoopText {
    private static final int BLOCK = 256;
    private static final int ROW_LIMIT = 2048;
    private static final int ROWS_AT_ONCE = 4;
    /** Elements from which on arrays come from memory. */
    private static final int STREAM = 1 << 20;

    /** Bytes from which on a result is larger than the caches. */
    private static final long PAST_CACHES = 32 << 20;

    /** Elements between two requests for lines ahead. */
    static final int BURST = 64;

    private static final int PAGE = 4096;
    private static final int LINE = 64;

    private final Kernel.Loop kernel;
    private final Signature signature;
    private final List<String> indices;
    private final Reach reach;
    private final CText text;
    private final boolean ranged;
    private final int depth;

    /**
     * A loop to write.
     *
     * @param reach how far the arguments of periodic functions may lie
     * @param ranged whether the outermost axis runs over {@code from..to} only
     */
    LoopText(Kernel.Loop kernel, Signature signature, Reach reach, CText text, boolean ranged) {
        this.ranged = ranged;
        this.kernel = kernel;
        this.signature = signature;
        this.reach = reach;
        this.text = text;
        this.depth = text.depth();
        this.indices = CText.indices("i", kernel.extents().size());
    }

    void write() {
        int rank = kernel.extents().size();
        if (text.dialect().isThreaded()) {
            shared();
            closeLoops();
        } else if (text.dialect() instanceof CpuDialect cpu && TranspositionText.fits(kernel, cpu.registers())) {
            new TranspositionText(kernel, signature, indices, this, cpu, text).write();
        } else if (kernel.folds().isEmpty()) {
            if (streams()) {
                bursts();
            } else {
                nest(0, rank);
                body(null);
            }
            closeLoops();
        } else if (rank == 0 || isReduced(rank - 1)) {
            rows();
        } else {
            columns();
        }
    }

    /** Points, or targets of folds, are shared among threads. */
    private void shared() {
        if (!kernel.folds().isEmpty()) {
            new ThreadFold(kernel, signature, indices, this, text).write();
            return;
        }
        int last = kernel.extents().size() - 1;
        int lanes = VectorPoints.lanes(kernel);
        List<Integer> rows = new ArrayList<>(kernel.extents());
        List<String> first = new ArrayList<>(indices);
        if (lanes > 1) {
            rows.set(last, rows.get(last) / lanes);
            first.set(last, indices.get(last) + " * " + lanes);
        }
        text.dialect().open(text, indices, rows);
        new VectorPoints(signature, text, last, lanes)
                .write(first, kernel.loads(), kernel.body(), kernel.stores(), body -> {});
    }

    /** Whether it computes functions of long arrays: so slowly that the processor fetches too few lines ahead by itself. */
    private boolean streams() {
        boolean functions = false;
        for (Value value : kernel.body()) {
            functions |=
                    value.op() instanceof Op.Elementwise op && op.primitive().needsFloating();
        }
        return functions && kernel.extents().size() == 1 && kernel.extents().get(0) >= STREAM;
    }

    /** A loop over short bursts, each after asking for the lines one page ahead, where the processor's own guess ends. */
    private void bursts() {
        int extent = kernel.extents().get(0);
        text.open("for (long b = %s; b < %s; b += %d)", from(0), to(0), BURST);
        Set<String> asked = new HashSet<>();
        List<Kernel.Store> passing = new ArrayList<>();
        for (Kernel.Store store : kernel.stores()) {
            if (passesCaches(store)) {
                passing.add(store);
            } else {
                prefetch(store.access(), 1, asked);
            }
        }
        for (Access access : kernel.reads()) {
            prefetch(access, 0, asked);
        }
        if (!ranged && extent % BURST == 0) {
            text.line("const long e = b + %d;", BURST);
        } else {
            text.line("const long e = b + %d < %s ? b + %d : %s;", BURST, to(0), BURST, to(0));
        }
        for (int i = 0; i < passing.size(); i++) {
            DType dtype = passing.get(i).value().dtype();
            text.line("%s o%d[%d] __attribute__((aligned(%d)));", CType.memory(dtype), i, BURST, LINE);
        }
        text.line("#pragma clang loop vectorize(enable) interleave_count(1) unroll(disable)");
        text.open("for (long %s = b; %s < e; ++%s)", indices.get(0), indices.get(0), indices.get(0));
        Body body = new Body(signature, indices, reach);
        body.write(text, kernel.loads(), kernel.body(), List.of());
        for (Kernel.Store store : kernel.stores()) {
            int at = passing.indexOf(store);
            if (at < 0) {
                body.store(text, store);
            } else {
                text.line(
                        "o%d[%s - b] = %s;",
                        at, indices.get(0), CType.stored(store.value().dtype(), body.name(store.value())));
            }
        }
        text.close();
        for (int i = 0; i < passing.size(); i++) {
            pass(passing.get(i), "o" + i);
        }
    }

    /** Whether a result is too long for the caches to keep, so that it need not go through them. */
    private boolean passesCaches(Kernel.Store store) {
        Access access = store.access();
        return access.strides().get(0) == 1
                && store.value().dtype().isFloating()
                && access.base().type().bytes() >= PAST_CACHES
                && signature.isAligned(access, LINE);
    }

    /** Writes a burst around the caches, which saves reading the lines that it overwrites. */
    private void pass(Kernel.Store store, String burst) {
        DType dtype = store.value().dtype();
        String type = CType.memory(dtype);
        int lanes = LINE / dtype.bytes();
        String target = signature.name(store.access());
        // Slices that a loop walks along may start between lines.
        text.open("if (e - b == %d && ((unsigned long)(%s + b) & %d) == 0)", BURST, target, LINE - 1);
        text.line("typedef %s line __attribute__((vector_size(%d), may_alias));", type, LINE);
        text.line("#pragma clang loop unroll(full)");
        text.open("for (long q = 0; q < %d; q += %d)", BURST, lanes);
        text.line("__builtin_nontemporal_store(*(line*)(%s + q), (line*)(%s + b + q));", burst, target);
        text.close().close().open("else");
        text.open("for (long q = 0; q < e - b; ++q)").line("%s[b + q] = %s[q];", target, burst);
        text.close().close();
    }

    private void prefetch(Access access, int write, Set<String> asked) {
        String pointer = signature.name(access);
        if (access.strides().get(0) == 1 && asked.add(pointer)) {
            int bytes = access.base().dtype().bytes();
            text.line("for (long q = b + %d; q < b + %d; q += %d)", PAGE / bytes, PAGE / bytes + BURST, LINE / bytes);
            text.line("  __builtin_prefetch(%s + q, %d);", pointer, write);
        }
    }

    private void nest(int from, int to) {
        for (int axis = from; axis < to; axis++) {
            open(axis);
        }
    }

    private void open(int axis) {
        String from = from(axis);
        String to = to(axis);
        if (axis == kernel.extents().size() - 1) {
            text.line(
                    "#pragma clang loop vectorize(enable) %s",
                    kernel.isPeriodic() && kernel.folds().isEmpty() ? "interleave_count(1)" : "interleave(enable)");
            text.loop(indices.get(axis), from, to);
        } else {
            text.loop(indices.get(axis), from, to);
        }
    }

    String from(int axis) {
        return ranged && axis == 0 ? "from" : "0";
    }

    String to(int axis) {
        return ranged && axis == 0 ? "to" : String.valueOf(kernel.extents().get(axis));
    }

    private void closeLoops() {
        while (text.depth() > depth) {
            text.close();
        }
    }

    /** The statements at one point; folds go into accumulators with this prefix, or into memory when it is null. */
    void body(String accumulators) {
        Body body = new Body(signature, indices, reach);
        body.write(text, kernel.loads(), kernel.body(), kernel.stores());
        for (int i = 0; i < kernel.folds().size(); i++) {
            Kernel.Fold fold = kernel.folds().get(i);
            String target = accumulators == null ? body.element(fold.access()) : accumulators.replace("#", "" + i);
            combine(fold, target, body.name(fold.value()));
        }
    }

    void combine(Kernel.Fold fold, String target, String operand) {
        Primitive primitive = switch (fold.reduction()) {
            case SUM -> Primitive.ADD;
            case MAX -> Primitive.MAX;
            case MIN -> Primitive.MIN;
        };
        text.line("%s = %s;", target, Body.spell(primitive, fold.value().dtype(), List.of(target, operand)));
    }

    boolean isReduced(int axis) {
        return kernel.folds().get(0).access().strides().get(axis) == 0;
    }

    private static String identity(Kernel.Fold fold) {
        Reduction reduction = fold.reduction();
        return CType.number(fold.value().dtype(), reduction.identity());
    }

    /** The last axis is reduced: kept axes outside, scalar accumulators inside. */
    private void rows() {
        int rank = kernel.extents().size();
        List<Integer> kept = new ArrayList<>();
        List<Integer> reduced = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            (isReduced(axis) ? reduced : kept).add(axis);
        }
        for (int axis : kept) {
            text.loop(indices.get(axis), kernel.extents().get(axis));
        }
        int outside = text.depth();
        declareAccumulators("s");
        for (int axis : reduced.subList(0, Math.max(0, reduced.size() - 1))) {
            text.loop(indices.get(axis), kernel.extents().get(axis));
        }
        if (reduced.isEmpty()) {
            body("s#");
        } else {
            int last = reduced.get(reduced.size() - 1);
            int extent = kernel.extents().get(last);
            String index = indices.get(last);
            if (extent > 4 * BLOCK) {
                text.open("for (long b = 0; b < %d; b += %d)", extent, 4 * BLOCK);
                declareAccumulators("t");
                text.line("const long e = b + %d < %d ? b + %d : %d;", 4 * BLOCK, extent, 4 * BLOCK, extent);
                text.line("#pragma clang loop vectorize(enable) interleave(enable)");
                text.open("for (long %s = b; %s < e; ++%s)", index, index, index);
                body("t#");
                text.close();
                for (int i = 0; i < kernel.folds().size(); i++) {
                    combine(kernel.folds().get(i), "s" + i, "t" + i);
                }
            } else {
                open(last);
                body("s#");
            }
        }
        while (text.depth() > outside) {
            text.close();
        }
        Body targets = new Body(signature, indices, reach);
        for (int i = 0; i < kernel.folds().size(); i++) {
            text.line("%s = s%d;", targets.element(kernel.folds().get(i).access()), i);
        }
        closeLoops();
    }

    void declareAccumulators(String prefix) {
        for (int i = 0; i < kernel.folds().size(); i++) {
            Kernel.Fold fold = kernel.folds().get(i);
            text.line("%s %s%d = %s;", CType.memory(fold.value().dtype()), prefix, i, identity(fold));
        }
    }

    /** The last axis is kept: rows are added up, in blocks of local partial rows where they are short enough. */
    private void columns() {
        int rank = kernel.extents().size();
        clearTargets();
        int width = kernel.extents().get(rank - 1);
        boolean blocked = rank >= 2 && isReduced(rank - 2) && width <= ROW_LIMIT;
        if (!blocked) {
            nest(0, rank);
            body(null);
            closeLoops();
            return;
        }
        nest(0, rank - 2);
        String rowIndex = indices.get(rank - 2);
        String columnIndex = indices.get(rank - 1);
        int rows = kernel.extents().get(rank - 2);
        text.open("for (long b = 0; b < %d; b += %d)", rows, BLOCK);
        for (int i = 0; i < kernel.folds().size(); i++) {
            DType dtype = kernel.folds().get(i).value().dtype();
            text.line("%s s%d[%d] __attribute__((aligned(64)));", CType.memory(dtype), i, width);
        }
        text.vectorLoop(columnIndex, width);
        for (int i = 0; i < kernel.folds().size(); i++) {
            text.line("s%d[%s] = %s;", i, columnIndex, identity(kernel.folds().get(i)));
        }
        text.close();
        text.line("const long e = b + %d < %d ? b + %d : %d;", BLOCK, rows, BLOCK, rows);
        rowsAtOnce(rowIndex, columnIndex, rows % ROWS_AT_ONCE == 0 ? ROWS_AT_ONCE : 1, width);
        text.vectorLoop(columnIndex, width);
        Body targets = new Body(signature, indices, reach);
        for (int i = 0; i < kernel.folds().size(); i++) {
            Kernel.Fold fold = kernel.folds().get(i);
            combine(fold, targets.element(fold.access()), "s" + i + "[" + columnIndex + "]");
        }
        closeLoops();
    }

    /** Adds several rows in one sweep, since each sweep reads and writes the partial sums. */
    private void rowsAtOnce(String rowIndex, String columnIndex, int count, int width) {
        text.open("for (long row = b; row < e; row += %d)", count);
        text.vectorLoop(columnIndex, width);
        for (int i = 0; i < kernel.folds().size(); i++) {
            text.line(
                    "%s t%d = s%d[%s];",
                    CType.memory(kernel.folds().get(i).value().dtype()), i, i, columnIndex);
        }
        for (int q = 0; q < count; q++) {
            text.open("").line("const long %s = row + %d;", rowIndex, q);
            body("t#");
            text.close();
        }
        for (int i = 0; i < kernel.folds().size(); i++) {
            text.line("s%d[%s] = t%d;", i, columnIndex, i);
        }
        text.close().close();
    }

    private void clearTargets() {
        Body targets = new Body(signature, indices, reach);
        for (Kernel.Fold fold : kernel.folds()) {
            int outside = text.depth();
            for (int axis = 0; axis < kernel.extents().size(); axis++) {
                if (!isReduced(axis)) {
                    open(axis);
                }
            }
            text.line("%s = %s;", targets.element(fold.access()), identity(fold));
            while (text.depth() > outside) {
                text.close();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;

/** A {@link Kernel.Dedicated} as C. Every sum is formed in the order that its operation states. */
final class DedicatedText {
    private final Kernel.Dedicated kernel;
    private final Signature signature;
    private final CText text;
    private final Shape shape;

    DedicatedText(Kernel.Dedicated kernel, Signature signature, CText text) {
        this.kernel = kernel;
        this.signature = signature;
        this.text = text;
        this.shape = kernel.value().shape();
    }

    void write() {
        Op op = kernel.value().op();
        if (op instanceof IndexedOp.Gather) {
            gather();
        } else if (op instanceof IndexedOp.ScatterAdd scatter) {
            scatterAdd(scatter);
        } else if (op instanceof IndexedOp.ArgSort sort) {
            argSort(sort);
        } else if (op instanceof WindowedOp.OverlapAdd add) {
            overlapAdd(add);
        } else if (op instanceof WindowedOp.CumulativeSum sum) {
            cumulativeSum(sum);
        } else if (op instanceof RandomBits) {
            randomBits();
        } else {
            throw new IllegalStateException(kernel.value() + " has no kernel of its own.");
        }
        while (text.depth() > 1) {
            text.close();
        }
    }

    private void gather() {
        Shape from = operand(0);
        int lead = operand(1).rank();
        List<String> at = indices(shape.rank());
        open(at, shape, 0, lead);
        text.line("const long row = %s;", element(kernel.operands().get(1), at.subList(0, lead)));
        List<String> source = row(at, lead);
        text.open("if (row >= 0 && row < %d)", from.dim(0));
        sweep(
                at,
                shape,
                lead,
                "%s = %s;",
                element(kernel.result(), at),
                element(kernel.operands().get(0), source));
        text.close().open("else");
        sweep(at, shape, lead, "%s = 0;", element(kernel.result(), at));
    }

    private void scatterAdd(IndexedOp.ScatterAdd op) {
        Shape updates = operand(0);
        int lead = operand(1).rank();
        List<String> at = indices(updates.rank());
        String target = signature.name(kernel.result());
        text.line("__builtin_memset(%s, 0, %d);", target, kernel.value().type().bytes());
        open(at, updates, 0, lead);
        text.line("const long row = %s;", element(kernel.operands().get(1), at.subList(0, lead)));
        text.open("if (row >= 0 && row < %d)", op.rows());
        sweep(
                at,
                updates,
                lead,
                "%s += %s;",
                element(kernel.result(), row(at, lead)),
                element(kernel.operands().get(0), at));
    }

    /** An index whose leading axes are replaced by the row they lead to. */
    private static List<String> row(List<String> at, int lead) {
        List<String> row = new ArrayList<>(List.of("row"));
        row.addAll(at.subList(lead, at.size()));
        return row;
    }

    /**
     * Heap sort of positions by element, then by position, which makes the order total and the sort stable: J. W. J.
     * Williams, "Algorithm 232: Heapsort", CACM 1964. It needs no memory beside the result.
     */
    private void argSort(IndexedOp.ArgSort op) {
        List<String> at = indices(shape.rank());
        at.set(op.axis(), "0");
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (axis != op.axis()) {
                text.loop(at.get(axis), shape.dim(axis));
            }
        }
        String type = CType.memory(kernel.value().operands().get(0).dtype());
        text.line("const %s* const x = &%s;", type, element(kernel.operands().get(0), at));
        text.line("int* const r = &%s;", element(kernel.result(), at));
        long step = kernel.result().strides().get(op.axis());
        int extent = shape.dim(op.axis());
        text.loop("k", extent).line("r[k * %d] = (int)k;", step).close();
        text.line("long start = %d, end = %d;", extent / 2, extent);
        text.open("while (end > 1)");
        text.open("if (start > 0)").line("--start;").close();
        text.open("else").line("--end;");
        text.line("const int t = r[end * %d]; r[end * %d] = r[0]; r[0] = t;", step, step);
        text.close();
        text.line("long root = start;");
        text.open("for (long child; (child = 2 * root + 1) < end; root = child)");
        text.open("if (child + 1 < end)");
        before(op, "r[child * " + step + "]", "r[(child + 1) * " + step + "]");
        text.line("child += before;").close();
        before(op, "r[root * " + step + "]", "r[child * " + step + "]");
        text.line("if (!before) break;");
        text.line("r[root * %d] = b; r[child * %d] = a;", step, step);
    }

    /** Declares positions a and b, and whether the first comes before the second. */
    private void before(IndexedOp.ArgSort op, String first, String second) {
        long stride = kernel.operands().get(0).strides().get(op.axis());
        text.line("const int a = %s, b = %s;", first, second);
        DType dtype = kernel.value().operands().get(0).dtype();
        String type = CType.memory(dtype);
        text.line("const %s xa = x[a * %dL], xb = x[b * %dL];", type, stride, stride);
        String order = op.descending() ? "xa > xb" : "xa < xb";
        String numbers = "xa == xb ? a < b : " + order;
        text.line(
                "const int before = %s;",
                dtype.isFloating() ? "xa != xa ? xb != xb && a < b : xb != xb ? 1 : " + numbers : numbers);
    }

    /** Each element of the result collects from the windows that hold it. */
    private void overlapAdd(WindowedOp.OverlapAdd op) {
        int axis = op.axis();
        List<String> at = indices(shape.rank());
        open(at, shape, 0, axis + 1);
        sweep(at, shape, axis + 1, "%s = 0;", element(kernel.result(), at));
        text.loop("k", operand(0).dim(axis + 1));
        text.line("const long first = %s - k * %d, window = first / %d;", at.get(axis), op.dilation(), op.stride());
        text.open(
                "if (first >= 0 && first %s %d == 0 && window < %d)",
                "%", op.stride(), operand(0).dim(axis));
        List<String> source = new ArrayList<>(at);
        source.set(axis, "window");
        source.add(axis + 1, "k");
        sweep(
                at,
                shape,
                axis + 1,
                "%s += %s;",
                element(kernel.result(), at),
                element(kernel.operands().get(0), source));
    }

    private void cumulativeSum(WindowedOp.CumulativeSum op) {
        int axis = op.axis();
        int last = shape.dim(axis) - 1;
        List<String> at = indices(shape.rank());
        open(at, shape, 0, axis);
        at.set(axis, op.reverse() ? last + "L" : "0");
        sweep(
                at,
                shape,
                axis + 1,
                "%s = %s;",
                element(kernel.result(), at),
                element(kernel.operands().get(0), at));
        text.loop("n", last);
        text.line(
                "const long to = %s, from = %s;",
                op.reverse() ? last - 1 + " - n" : "n + 1", op.reverse() ? last + " - n" : "n");
        at.set(axis, "to");
        List<String> before = new ArrayList<>(at);
        before.set(axis, "from");
        sweep(
                at,
                shape,
                axis + 1,
                "%s = %s + %s;",
                element(kernel.result(), at),
                element(kernel.result(), before),
                element(kernel.operands().get(0), at));
    }

    private void randomBits() {
        Access state = kernel.operands().get(0);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            words.add("(unsigned)" + element(state, List.of(String.valueOf(i))));
        }
        text.line("const unsigned key0 = %s, key1 = %s;", words.get(0), words.get(1));
        text.line("const unsigned long counter = (unsigned long)%s << 32 | %s;", words.get(2), words.get(3));
        text.vectorLoop("i", shape.size());
        text.line("%s[i] = (int)jno_threefry(key0, key1, counter + i);", signature.name(kernel.result()));
    }

    private Shape operand(int i) {
        return kernel.value().operands().get(i).shape();
    }

    private static List<String> indices(int rank) {
        List<String> indices = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            indices.add("i" + axis);
        }
        return indices;
    }

    private void open(List<String> at, Shape space, int from, int to) {
        for (int axis = from; axis < to; axis++) {
            text.loop(at.get(axis), space.dim(axis));
        }
    }

    /** A statement at every point of the axes from one on. */
    private void sweep(List<String> at, Shape space, int from, String pattern, String... elements) {
        int depth = text.depth();
        int last = space.rank() - 1;
        if (from <= last) {
            open(at, space, from, last);
            text.vectorLoop(at.get(last), space.dim(last));
        }
        text.line(pattern, (Object[]) elements);
        while (text.depth() > depth) {
            text.close();
        }
    }

    private String element(Access access, List<String> at) {
        return signature.name(access) + "[" + Body.index(access.strides(), at) + "]";
    }
}

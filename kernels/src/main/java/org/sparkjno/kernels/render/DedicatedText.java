// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RandomBits;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.WindowedOp;
import org.sparkjno.kernels.optimize.Kernel;

/** A {@link Kernel.Dedicated} as C. Every sum is formed in the order that its operation states. */
final class DedicatedText {
    private final Kernel.Dedicated kernel;
    private final Signature signature;
    private final CText text;
    private final Shape shape;
    private final boolean threaded;

    DedicatedText(Kernel.Dedicated kernel, Signature signature, CText text) {
        this.kernel = kernel;
        this.signature = signature;
        this.text = text;
        this.shape = kernel.value().shape();
        this.threaded = text.dialect().isThreaded();
    }

    void write() {
        Op op = kernel.value().op();
        if (op instanceof IndexedOp.Gather) {
            gather();
        } else if (op instanceof IndexedOp.ScatterAdd scatter) {
            scatterAdd(scatter);
        } else if (op instanceof IndexedOp.ArgSort sort) {
            new SortText(kernel, sort, signature, text).write();
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
        Shape from = shape(0);
        int lead = shape(1).rank();
        List<String> at = indices(shape.rank());
        int rest = spread(at, shape, lead, lead);
        text.line("const long row = %s;", element(1, at.subList(0, lead)));
        List<String> source = row(at, lead);
        text.open("if (row >= 0 && row < %d)", from.dim(0));
        sweep(at, shape, rest, "%s = %s;", result(at), element(0, source));
        text.close().open("else");
        sweep(at, shape, rest, "%s = 0;", result(at));
    }

    private void scatterAdd(IndexedOp.ScatterAdd op) {
        Shape updates = shape(0);
        int lead = shape(1).rank();
        List<String> at = indices(updates.rank());
        String target = signature.name(kernel.result());
        if (threaded) {
            // Rows may come twice, so a thread keeps to its columns.
            spread(at.subList(lead, at.size()), new Shape(updates.dims().subList(lead, updates.rank())), 0, 0);
            text.loop("row", op.rows()).line("%s = 0;", result(row(at, lead))).close();
        } else {
            text.line(
                    "__builtin_memset(%s, 0, %d);",
                    target, kernel.value().type().bytes());
        }
        open(at, updates, 0, lead);
        text.line("const long row = %s;", element(1, at.subList(0, lead)));
        text.open("if (row >= 0 && row < %d)", op.rows());
        sweep(at, updates, threaded ? at.size() : lead, "%s += %s;", result(row(at, lead)), element(0, at));
    }

    /** An index whose leading axes are replaced by the row they lead to. */
    private static List<String> row(List<String> at, int lead) {
        List<String> row = new ArrayList<>(List.of("row"));
        row.addAll(at.subList(lead, at.size()));
        return row;
    }

    /** Each element of the result collects from the windows that hold it. */
    private void overlapAdd(WindowedOp.OverlapAdd op) {
        int axis = op.axis();
        List<String> at = indices(shape.rank());
        int rest = spread(at, shape, axis + 1, axis + 1);
        sweep(at, shape, rest, "%s = 0;", result(at));
        text.loop("k", shape(0).dim(axis + 1));
        text.line("const long first = %s - k * %d, window = first / %d;", at.get(axis), op.dilation(), op.stride());
        text.open("if (first >= 0 && first %s %d == 0 && window < %d)", "%", op.stride(), shape(0).dim(axis));
        List<String> source = new ArrayList<>(at);
        source.set(axis, "window");
        source.add(axis + 1, "k");
        sweep(at, shape, rest, "%s += %s;", result(at), element(0, source));
    }

    private void cumulativeSum(WindowedOp.CumulativeSum op) {
        int axis = op.axis();
        int last = shape.dim(axis) - 1;
        List<String> at = indices(shape.rank());
        int rest = spread(at, shape, axis, axis + 1);
        at.set(axis, op.reverse() ? last + "L" : "0");
        sweep(at, shape, rest, "%s = %s;", result(at), element(0, at));
        text.loop("n", last);
        text.line(
                "const long to = %s, from = %s;",
                op.reverse() ? last - 1 + " - n" : "n + 1", op.reverse() ? last + " - n" : "n");
        at.set(axis, "to");
        List<String> before = new ArrayList<>(at);
        before.set(axis, "from");
        sweep(at, shape, rest, "%s = %s + %s;", result(at), result(before), element(0, at));
    }

    private void randomBits() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            words.add("(unsigned)" + element(0, List.of(String.valueOf(i))));
        }
        text.line("const unsigned key0 = %s, key1 = %s;", words.get(0), words.get(1));
        text.line("const unsigned long counter = (unsigned long)%s << 32 | %s;", words.get(2), words.get(3));
        text.dialect().open(text, List.of("i"), List.of(Math.toIntExact(shape.size())));
        text.line("%s[i] = (int)jno_threefry(key0, key1, counter + i);", signature.name(kernel.result()));
    }

    private Shape shape(int operand) {
        return kernel.value().operands().get(operand).shape();
    }

    private String element(int operand, List<String> at) {
        return signature.element(kernel.operands().get(operand), at);
    }

    private String result(List<String> at) {
        return signature.element(kernel.result(), at);
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

    /**
     * Opens the axes before one; many threads share those from another one on too.
     *
     * @return the first axis that is left to sweep
     */
    private int spread(List<String> at, Shape space, int to, int from) {
        if (!threaded) {
            open(at, space, 0, to);
            return from;
        }
        List<String> indices = new ArrayList<>(at.subList(0, to));
        List<Integer> extents = new ArrayList<>(space.dims().subList(0, to));
        indices.addAll(at.subList(from, space.rank()));
        extents.addAll(space.dims().subList(from, space.rank()));
        text.dialect().open(text, indices, extents);
        return space.rank();
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
}

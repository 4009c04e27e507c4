// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * A stable sort of positions as C, line by line. Each number becomes a whole number of the same order, its key. Short
 * lines are sorted by insertion, others by counting one octet of the key after another, lowest first: D. Knuth, "The Art
 * of Computer Programming", volume 3, sections 5.2.1 and 5.2.5.
 */
final class SortText {
    private static final int SHORT_LINE = 32;

    private final IndexedOp.ArgSort op;
    private final DType dtype;
    private final Access operand;
    private final Access result;
    private final Shape shape;
    private final Signature signature;
    private final String scratch;
    private final CText text;

    SortText(Kernel.Dedicated kernel, IndexedOp.ArgSort op, Signature signature, CText text) {
        this.op = op;
        this.dtype = kernel.value().operands().get(0).dtype();
        this.operand = kernel.operands().get(0);
        this.result = kernel.result();
        this.shape = kernel.value().shape();
        this.signature = signature;
        this.scratch = signature.name(kernel.scratch().get(0));
        this.text = text;
    }

    /** Leaves the blocks over the lines open. */
    void write() {
        if (text.dialect().isThreaded()) {
            rank();
            return;
        }
        List<String> start = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            start.add(axis == op.axis() ? "0" : "i" + axis);
            if (axis != op.axis()) {
                text.loop(start.get(axis), shape.dim(axis));
            }
        }
        int extent = shape.dim(op.axis());
        text.line("const %s* const x = &%s;", CType.memory(dtype), signature.element(operand, start));
        text.line("int* const r = &%s;", signature.element(result, start));
        text.line("unsigned long* const key = (unsigned long*)%s;", scratch);
        if (extent <= SHORT_LINE) {
            insert(extent);
        } else {
            count(extent);
        }
    }

    /** Each element counts those before it, which needs neither memory nor other threads. */
    private void rank() {
        List<String> at = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            at.add(axis == op.axis() ? "k" : "i" + axis);
        }
        text.dialect().open(text, at, shape.dims());
        List<String> start = new ArrayList<>(at);
        start.set(op.axis(), "0");
        text.line("const %s* const x = &%s;", CType.memory(dtype), signature.element(operand, start));
        text.line("int* const r = &%s;", signature.element(result, start));
        key();
        text.line("const unsigned long own = u, at = k;").line("long p = 0;");
        text.loop("k", shape.dim(op.axis()));
        key();
        text.line("p += u < own || (u == own && k < at);").close();
        text.line("%s = (int)at;", position("p"));
    }

    private void insert(int extent) {
        text.loop("k", extent);
        key();
        text.line("long p = k;");
        text.open("for (; p > 0 && key[p - 1] > u; --p)");
        text.line("key[p] = key[p - 1];").line("%s = %s;", position("p"), position("(p - 1)"));
        text.close();
        text.line("key[p] = u;").line("%s = (int)k;", position("p"));
        text.close();
    }

    private void count(int extent) {
        int octets = dtype.bytes();
        text.line("long* from = %s + %d;", scratch, extent);
        text.line("long* to = from + %d;", extent);
        text.line("long count[%d][256] = {{0}};", octets);
        text.loop("k", extent);
        key();
        text.line("key[k] = u;").line("from[k] = k;");
        text.loop("d", octets).line("++count[d][u >> 8 * d & 255];").close();
        text.close();
        text.loop("d", octets);
        text.line("if (count[d][key[0] >> 8 * d & 255] == %d) continue;", extent);
        text.line("long before = 0;");
        text.loop("b", 256)
                .line("const long c = count[d][b]; count[d][b] = before; before += c;")
                .close();
        text.loop("k", extent)
                .line("to[count[d][key[from[k]] >> 8 * d & 255]++] = from[k];")
                .close();
        text.line("long* const t = from; from = to; to = t;");
        text.close();
        text.loop("k", extent).line("%s = (int)from[k];", position("k")).close();
    }

    private String position(String index) {
        return "r[" + index + " * " + result.strides().get(op.axis()) + "]";
    }

    /** Declares {@code u}, the key of element {@code k}: equal for both zeros, and largest for NaN. */
    private void key() {
        boolean wide = dtype.bytes() == Long.BYTES;
        String word = wide ? "unsigned long" : "unsigned";
        String sign = wide ? "0x8000000000000000ul" : "0x80000000u";
        text.line(
                "const %s e = x[k * %d];",
                CType.memory(dtype), operand.strides().get(op.axis()));
        text.line("%s u;", word).line("__builtin_memcpy(&u, &e, %d);", dtype.bytes());
        if (dtype.isFloating()) {
            text.line("u = e == 0 ? %s : u ^ (u & %s ? ~(%s)0 : %s);", sign, sign, word, sign);
            text.line("u = e != e ? ~(%s)0 : %s;", word, op.descending() ? "~u" : "u");
        } else {
            text.line("u = %s(u ^ %s);", op.descending() ? "~" : "", sign);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntUnaryOperator;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;

/**
 * A copy that makes columns of rows: neighbours in the source lie along one axis, neighbours in the result along another
 * one. It goes by square blocks of registers, of which each is loaded along the first axis, turned by exchanging ever
 * smaller quarters (J. O. Eklundh, "A Fast Computer Method for Matrix Transposing", 1972), and stored along the second.
 */
final class TranspositionText {
    private final Kernel.Loop kernel;
    private final Signature signature;
    private final List<String> indices;
    private final LoopText loop;
    private final CText text;
    private final String vector;
    private final int lanes;
    /** The axis along which the source is dense; the result is dense along the last one. */
    private final int from;

    private final int to;

    /**
     * A loop for which {@link #fits} holds.
     *
     * @param loop writes what is done at one point
     */
    TranspositionText(
            Kernel.Loop kernel,
            Signature signature,
            List<String> indices,
            LoopText loop,
            CpuDialect dialect,
            CText text) {
        DType dtype = kernel.loads().get(0).value().dtype();
        this.kernel = kernel;
        this.signature = signature;
        this.indices = indices;
        this.loop = loop;
        this.text = text;
        this.lanes = dialect.registers().lanes(dtype);
        this.vector = dialect.vector(dtype, lanes);
        this.from = denseAxis(kernel);
        this.to = kernel.extents().size() - 1;
    }

    /** Whether a loop does nothing but transpose, and has at least one whole block. */
    static boolean fits(Kernel.Loop kernel, Registers registers) {
        if (!kernel.body().isEmpty()
                || !kernel.folds().isEmpty()
                || kernel.loads().size() != 1
                || kernel.stores().size() != 1) {
            return false;
        }
        DType dtype = kernel.loads().get(0).value().dtype();
        int last = kernel.extents().size() - 1;
        int from = denseAxis(kernel);
        return (dtype == DType.F32 || dtype == DType.F64)
                && from >= 0
                && from < last
                && kernel.stores().get(0).access().strides().get(last) == 1
                && kernel.extents().get(from) >= registers.lanes(dtype)
                && kernel.extents().get(last) >= registers.lanes(dtype);
    }

    private static int denseAxis(Kernel.Loop kernel) {
        return kernel.loads().get(0).access().strides().indexOf(1L);
    }

    void write() {
        int outside = text.depth();
        for (int axis = 0; axis < to; axis++) {
            if (axis != from) {
                text.loop(indices.get(axis), loop.from(axis), loop.to(axis));
            }
        }
        String row = indices.get(from);
        String column = indices.get(to);
        text.line("long %s = %s;", row, loop.from(from));
        text.open("for (; %s + %d <= %s; %s += %d)", row, lanes, loop.to(from), row, lanes);
        text.line("long %s = 0;", column);
        text.open("for (; %s + %d <= %s; %s += %d)", column, lanes, loop.to(to), column, lanes);
        block();
        text.close();
        if (leavesRest(to)) {
            text.open("for (long first = %s; %s < %s; ++%s)", row, column, loop.to(to), column);
            text.loop(row, "first", "first + " + lanes);
            loop.body(null);
            text.close().close();
        }
        text.close();
        if (leavesRest(from)) {
            text.open("for (; %s < %s; ++%s)", row, loop.to(from), row);
            text.loop(column, "0", loop.to(to));
            loop.body(null);
        }
        while (text.depth() > outside) {
            text.close();
        }
    }

    /** Whether blocks do not cover an axis, or may not where threads share it. */
    private boolean leavesRest(int axis) {
        int extent = kernel.extents().get(axis);
        return extent % lanes != 0 || !loop.to(axis).equals(String.valueOf(extent));
    }

    private void block() {
        Access source = kernel.loads().get(0).access();
        Access target = kernel.stores().get(0).access();
        text.line("%s r[%d];", vector, lanes);
        rows("r[q] = *(%s*)(%s + %s + q * %d);", source, source.strides().get(to));
        for (int half = lanes / 2; half > 0; half /= 2) {
            int distance = half;
            text.line("#pragma clang loop unroll(full)").loop("q", lanes);
            text.open("if ((q & %d) == 0)", distance);
            text.line("const %s a = r[q], b = r[q + %d];", vector, distance);
            text.line("r[q] = %s;", shuffle(lane -> (lane & distance) == 0 ? lane : lanes + lane - distance));
            text.line(
                    "r[q + %d] = %s;",
                    distance, shuffle(lane -> (lane & distance) == 0 ? lane + distance : lanes + lane));
            text.close().close();
        }
        rows("*(%s*)(%s + %s + q * %d) = r[q];", target, target.strides().get(from));
    }

    private void rows(String statement, Access access, long stride) {
        text.line("#pragma clang loop unroll(full)").loop("q", lanes);
        text.line(statement, vector, signature.name(access), Body.index(access.strides(), indices), stride);
        text.close();
    }

    /** A vector of chosen elements of {@code a} and, counted on, of {@code b}. */
    private String shuffle(IntUnaryOperator chosen) {
        StringJoiner call = new StringJoiner(", ", "__builtin_shufflevector(a, b, ", ")");
        for (int lane = 0; lane < lanes; lane++) {
            call.add(String.valueOf(chosen.applyAsInt(lane)));
        }
        return call.toString();
    }
}

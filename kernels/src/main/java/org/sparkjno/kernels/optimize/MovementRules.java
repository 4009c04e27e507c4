// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/** Rewrites of operations on positions and neighbours into cheaper ones. */
final class MovementRules {
    private MovementRules() {}

    /**
     * An equal value: without reversals that undo each other, or without sums of windows that do not
     * overlap.
     */
    static Value shorten(Value value, WindowedOp op) {
        Value x = value.operands().get(0);
        if (op instanceof WindowedOp.Reverse reverse) {
            return reverse(value, reverse, x);
        }
        if (op instanceof WindowedOp.CumulativeSum sum) {
            return x.shape().dim(sum.axis()) <= 1 ? x : value;
        }
        if (op instanceof WindowedOp.OverlapAdd add) {
            return sideBySide(value, add, x);
        }
        return op instanceof WindowedOp.Window window && window.size() == 1 && window.stride() == 1
                ? x.reshape(value.shape())
                : value;
    }

    /** Windows that touch but do not overlap, one after another, and zeros where no window reaches. */
    private static Value sideBySide(Value value, WindowedOp.OverlapAdd op, Value x) {
        int size = x.shape().dim(op.axis() + 1);
        if (op.stride() != size || op.dilation() != 1 && size > 1) {
            return value;
        }
        List<Integer> dims = new ArrayList<>(value.shape().dims());
        int covered = x.shape().dim(op.axis()) * size;
        dims.set(op.axis(), covered);
        Value joined = x.reshape(new Shape(dims));
        return covered == op.length() ? joined : joined.pad(op.axis(), 0, op.length() - covered);
    }

    /** An equal value: without taking, or putting, all rows in their own order. */
    static Value shorten(Value value, IndexedOp op) {
        boolean moves = op instanceof IndexedOp.Gather || op instanceof IndexedOp.ScatterAdd;
        return moves
                        && value.operands().get(1).op() instanceof IndexedOp.Iota
                        && value.operands().get(1).shape().rank() == 1
                        && value.type().equals(value.operands().get(0).type())
                ? value.operands().get(0)
                : value;
    }

    private static Value reverse(Value value, WindowedOp.Reverse op, Value x) {
        boolean twice = x.op() instanceof WindowedOp.Reverse;
        List<Integer> inner = x.op() instanceof WindowedOp.Reverse before ? before.axes() : List.of();
        List<Integer> axes = IntStream.range(0, x.shape().rank())
                .filter(axis -> x.shape().dim(axis) > 1 && op.axes().contains(axis) != inner.contains(axis))
                .boxed()
                .toList();
        if (!twice && axes.equals(op.axes())) {
            return value;
        }
        Value source = twice ? x.operands().get(0) : x;
        return axes.isEmpty() ? source : value.instead(new WindowedOp.Reverse(axes), List.of(source));
    }

    /** The numbers along an axis as a constant, repeated along the others. */
    static Value table(IndexedOp.Iota op) {
        int extent = op.type().shape().dim(op.axis());
        TensorType line = op.type().with(Shape.of(extent));
        double[] numbers = IntStream.range(0, extent).asDoubleStream().toArray();
        return Value.constant(Literal.of(line, numbers)).broadcast(op.type().shape(), List.of(op.axis()));
    }
}

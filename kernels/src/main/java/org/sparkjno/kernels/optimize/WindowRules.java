// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/** Rewrites of operations along an axis into cheaper ones. */
final class WindowRules {
    private WindowRules() {}

    /** An equal value: without reversals that undo each other, or without windows of one element. */
    static Value shorten(Value value, WindowedOp op) {
        Value x = value.operands().get(0);
        if (op instanceof WindowedOp.Reverse reverse) {
            return reverse(value, reverse, x);
        }
        if (op instanceof WindowedOp.CumulativeSum sum) {
            return x.shape().dim(sum.axis()) <= 1 ? x : value;
        }
        return windowsOfOne(value, op) ? x.reshape(value.shape()) : value;
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

    private static boolean windowsOfOne(Value value, WindowedOp op) {
        return op instanceof WindowedOp.Window window && window.size() == 1 && window.stride() == 1
                || op instanceof WindowedOp.OverlapAdd add
                        && add.stride() == 1
                        && value.operands().get(0).shape().dim(add.axis() + 1) == 1;
    }

    /** The numbers along an axis as a constant, repeated along the others. */
    static Value table(IndexedOp.Iota op) {
        int extent = op.type().shape().dim(op.axis());
        TensorType line = op.type().with(Shape.of(extent));
        double[] numbers = IntStream.range(0, extent).asDoubleStream().toArray();
        return Value.constant(Literal.of(line, numbers)).broadcast(op.type().shape(), List.of(op.axis()));
    }
}

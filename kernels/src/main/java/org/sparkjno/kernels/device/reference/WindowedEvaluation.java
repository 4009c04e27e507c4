// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/** The elements of a value that is made from neighbours along an axis. */
final class WindowedEvaluation implements WindowedOp.Visitor<double[]> {
    private final Value value;
    private final Shape from;
    private final double[] operand;
    private final double[] result;

    WindowedEvaluation(Value value, double[] operand) {
        this.value = value;
        this.from = value.operands().get(0).shape();
        this.operand = operand;
        this.result = new double[Math.toIntExact(value.shape().size())];
    }

    @Override
    public double[] visit(WindowedOp.Reverse op) {
        for (int[] index : Indices.of(from)) {
            int[] source = index.clone();
            for (int axis : op.axes()) {
                source[axis] = from.dim(axis) - 1 - index[axis];
            }
            result[Indices.position(from, index)] = operand[Indices.position(from, source)];
        }
        return result;
    }

    @Override
    public double[] visit(WindowedOp.Window op) {
        for (int[] index : Indices.of(value.shape())) {
            int[] source = joined(index, op.axis(), op.stride(), op.dilation());
            result[Indices.position(value.shape(), index)] = operand[Indices.position(from, source)];
        }
        return result;
    }

    @Override
    public double[] visit(WindowedOp.OverlapAdd op) {
        for (int[] index : Indices.of(from)) {
            int[] target = joined(index, op.axis(), op.stride(), op.dilation());
            result[Indices.position(value.shape(), target)] += operand[Indices.position(from, index)];
        }
        return result;
    }

    @Override
    public double[] visit(WindowedOp.CumulativeSum op) {
        int last = from.rank() == 0 ? 0 : from.dim(op.axis()) - 1;
        for (int[] index : Indices.of(from)) {
            double sum = 0;
            int[] source = index.clone();
            int end = index[op.axis()];
            for (int i = op.reverse() ? last : 0; op.reverse() ? i >= end : i <= end; i += op.reverse() ? -1 : 1) {
                source[op.axis()] = i;
                sum += operand[Indices.position(from, source)];
            }
            result[Indices.position(from, index)] = sum;
        }
        return result;
    }

    /** The index with the axes of windows and their elements joined to the axis that they were cut from. */
    private static int[] joined(int[] index, int axis, int stride, int dilation) {
        int[] joined = new int[index.length - 1];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = index[i <= axis ? i : i + 1];
        }
        joined[axis] = index[axis] * stride + index[axis + 1] * dilation;
        return joined;
    }
}

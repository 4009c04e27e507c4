// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.WindowedOp;

/**
 * How elements move: {@code sources} gives, for each element of a result, the element of the operand that it is;
 * {@code targets} gives, for each element of an operand, the element of the result that it goes into.
 */
final class Movements {
    private Movements() {}

    static int[] sources(Op.Broadcast op, Shape from) {
        Positions positions = Positions.within(op.shape());
        for (int axis = 0; axis < from.rank(); axis++) {
            positions = positions.step(op.axes().get(axis), from.strides()[axis], 0);
        }
        return positions.all();
    }

    static int[] sources(Op.Transpose op, Shape from, Shape to) {
        Positions positions = Positions.within(to);
        for (int axis = 0; axis < to.rank(); axis++) {
            positions = positions.step(axis, from.strides()[op.permutation().get(axis)], 0);
        }
        return positions.all();
    }

    static int[] sources(Op.Slice op, Shape from, Shape to) {
        Positions positions = Positions.within(to);
        for (int axis = 0; axis < to.rank(); axis++) {
            long stride = from.strides()[axis];
            positions = positions.step(
                    axis, op.stride().get(axis) * stride, op.start().get(axis) * stride);
        }
        return positions.all();
    }

    static int[] sources(WindowedOp.Reverse op, Shape shape) {
        Positions positions = whole(shape, shape);
        for (int axis : op.axes()) {
            long stride = shape.strides()[axis];
            positions = positions.step(axis, -stride, (shape.dim(axis) - 1) * stride);
        }
        return positions.all();
    }

    static int[] sources(WindowedOp.Window op, Shape from, Shape to) {
        return windows(to, from, op.axis(), op.stride(), op.dilation());
    }

    static int[] targets(WindowedOp.OverlapAdd op, Shape from, Shape to) {
        return windows(from, to, op.axis(), op.stride(), op.dilation());
    }

    private static int[] windows(Shape windows, Shape line, int axis, int stride, int dilation) {
        Positions positions = Positions.within(windows);
        for (int i = 0; i < line.rank(); i++) {
            long step = line.strides()[i];
            if (i == axis) {
                positions = positions.step(i, step * stride, 0).step(i + 1, step * dilation, 0);
            } else {
                positions = positions.step(i < axis ? i : i + 1, step, 0);
            }
        }
        return positions.all();
    }

    static int[] targets(Op.Pad op, Shape from, Shape to) {
        Positions positions = Positions.within(from);
        for (int axis = 0; axis < from.rank(); axis++) {
            long stride = to.strides()[axis];
            positions = positions.step(
                    axis, (op.interior().get(axis) + 1) * stride, op.low().get(axis) * stride);
        }
        return positions.all();
    }

    /** @param before elements of the operands before this one along the axis */
    static int[] targets(Op.Concat op, int before, Shape from, Shape to) {
        Positions positions = whole(from, to);
        long stride = to.strides()[op.axis()];
        return positions.step(op.axis(), stride, before * stride).all();
    }

    static int[] targets(Op.Reduce op, Shape from, Shape to) {
        Positions positions = Positions.within(from);
        int kept = 0;
        for (int axis = 0; axis < from.rank(); axis++) {
            if (!op.axes().contains(axis)) {
                positions = positions.step(axis, to.strides()[kept++], 0);
            }
        }
        return positions.all();
    }

    /** Rows by their numbers: the positions of all their elements, −1 for those of rows that do not exist. */
    static int[] rows(double[] numbers, int rows, int width) {
        int[] positions = new int[numbers.length * width];
        for (int i = 0; i < numbers.length; i++) {
            int row = numbers[i] >= 0 && numbers[i] < rows ? (int) numbers[i] : -1;
            for (int k = 0; k < width; k++) {
                positions[i * width + k] = row < 0 ? -1 : row * width + k;
            }
        }
        return positions;
    }

    private static Positions whole(Shape shape, Shape within) {
        List<Integer> dims = shape.dims();
        Positions positions = Positions.within(shape);
        for (int axis = 0; axis < dims.size(); axis++) {
            positions = positions.step(axis, within.strides()[axis], 0);
        }
        return positions;
    }
}

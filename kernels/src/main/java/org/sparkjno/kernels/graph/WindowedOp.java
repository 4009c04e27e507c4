// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/** Linear operations on neighbours along an axis. */
public sealed interface WindowedOp extends Op {
    /** Calls the method of {@code visitor} for this operation. */
    <R> R dispatch(Visitor<R> visitor);

    @Override
    default <R> R accept(Op.Visitor<R> visitor) {
        return visitor.visit(this);
    }

    /** One method per operation of this family. */
    interface Visitor<R> {
        R visit(Reverse op);

        R visit(Window op);

        R visit(OverlapAdd op);

        R visit(CumulativeSum op);
    }

    /**
     * The elements in opposite order along some axes. Its own transpose.
     *
     * @param axes strictly increasing
     */
    record Reverse(List<Integer> axes) implements WindowedOp {
        public Reverse {
            axes = List.copyOf(axes);
        }

        @Override
        public String text() {
            return "reverse";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireAxes(this, axes, operands.get(0));
            return operands.get(0);
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Overlapping windows along an axis: {@code [.., n, ..]} becomes {@code [.., out, size, ..]}, whose element {@code (o,
     * k)} is element {@code o·stride + k·dilation}, and {@code out} is the number of windows that fit. A convolution is a
     * contraction of windows with weights.
     *
     * @param axis the axis of the operand
     * @param size elements of one window
     * @param stride distance from one window to the next
     * @param dilation distance between neighbours within a window
     */
    record Window(int axis, int size, int stride, int dilation) implements WindowedOp {
        @Override
        public String text() {
            return "window";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireAxis(this, axis, operands.get(0));
            if (size < 1 || stride < 1 || dilation < 1) {
                throw new ShapeException("window needs a positive size, stride and dilation, but got " + size + ", "
                        + stride + " and " + dilation + " for " + operands.get(0) + ".");
            }
            List<Integer> dims = new ArrayList<>(operands.get(0).shape().dims());
            dims.set(axis, count(dims.get(axis), size, stride, dilation));
            dims.add(axis + 1, size);
            return operands.get(0).with(new Shape(dims));
        }

        /** The number of windows that fit into an axis. */
        static int count(int length, int size, int stride, int dilation) {
            long covered = (size - 1L) * dilation + 1;
            return length < covered ? 0 : (int) ((length - covered) / stride) + 1;
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Windows added where they overlap, the transpose of {@link Window}: {@code [.., out, size, ..]} becomes {@code [..,
     * length, ..]}, whose element {@code i} is the sum of the elements {@code (o, k)} with {@code o·stride + k·dilation =
     * i}, in the order of {@code k}.
     *
     * @param axis the axis of the windows, before that of their elements
     * @param length extent of the axis in the result
     * @param stride distance from one window to the next
     * @param dilation distance between neighbours within a window
     */
    record OverlapAdd(int axis, int length, int stride, int dilation) implements WindowedOp {
        @Override
        public String text() {
            return "overlap_add";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireNumbers(this, operands);
            Types.requireAxis(this, axis, operands.get(0));
            Types.requireAxis(this, axis + 1, operands.get(0));
            List<Integer> dims = new ArrayList<>(operands.get(0).shape().dims());
            int size = dims.remove(axis + 1);
            if (length < 0
                    || size < 1
                    || stride < 1
                    || dilation < 1
                    || dims.get(axis) != Window.count(length, size, stride, dilation)) {
                throw new ShapeException("overlap_add to length " + length + " with stride " + stride + " and dilation "
                        + dilation + " along axis " + axis + " does not take the windows " + operands.get(0) + ".");
            }
            dims.set(axis, length);
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Running sums along an axis: element {@code i} of the result is the sum of the elements up to and including {@code
     * i}, or from {@code i} on. Each is the transpose of the other.
     *
     * @param axis the axis
     * @param reverse whether sums run from the last element
     */
    record CumulativeSum(int axis, boolean reverse) implements WindowedOp {
        @Override
        public String text() {
            return "cumulative_sum";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireNumbers(this, operands);
            Types.requireAxis(this, axis, operands.get(0));
            return operands.get(0);
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/**
 * The elements of one tensor read from the memory of another: index {@code i} lies at {@code offset + Σ strides·i}.
 *
 * @param base the value that is stored
 * @param offset elements before the first one
 * @param strides elements between neighbours, one per axis of the viewing tensor; 0 repeats
 */
record View(Value base, long offset, List<Long> strides) {
    View {
        strides = List.copyOf(strides);
    }

    /** A stored value seen as itself. */
    static View whole(Value base) {
        return new View(base, 0, contiguous(base.shape()));
    }

    static List<Long> contiguous(Shape shape) {
        List<Long> strides = new ArrayList<>();
        for (long stride : shape.strides()) {
            strides.add(stride);
        }
        return strides;
    }

    /** Whether an operation only shows elements of its operand, so that strides may express it. */
    static boolean isShapeOp(Op op) {
        return op instanceof Op.Broadcast
                || op instanceof Op.Reshape
                || op instanceof Op.Transpose
                || op instanceof Op.Slice
                || op instanceof WindowedOp.Reverse
                || op instanceof WindowedOp.Window
                || op instanceof RuledOp.Barrier;
    }

    /** This view of {@code from}, seen through a shape operation; null when a reshape needs a copy. */
    View through(Value from, Value to) {
        if (to.op() instanceof Op.Broadcast op) {
            return broadcast(op);
        }
        if (to.op() instanceof Op.Transpose op) {
            List<Long> permuted = new ArrayList<>(strides.size());
            for (int axis : op.permutation()) {
                permuted.add(strides.get(axis));
            }
            return new View(base, offset, permuted);
        }
        if (to.op() instanceof Op.Slice op) {
            return slice(op);
        }
        if (to.op() instanceof WindowedOp.Reverse op) {
            return reverse(op, from.shape());
        }
        if (to.op() instanceof WindowedOp.Window op) {
            return window(op);
        }
        List<Long> reshaped = reshape(from.shape(), to.shape());
        return reshaped == null ? null : new View(base, offset, reshaped);
    }

    private View broadcast(Op.Broadcast op) {
        List<Long> spread = new ArrayList<>();
        for (int axis = 0; axis < op.shape().rank(); axis++) {
            int from = op.axes().indexOf(axis);
            spread.add(from < 0 ? 0L : strides.get(from));
        }
        return new View(base, offset, spread);
    }

    private View slice(Op.Slice op) {
        long start = offset;
        List<Long> stepped = new ArrayList<>();
        for (int axis = 0; axis < strides.size(); axis++) {
            start += strides.get(axis) * op.start().get(axis);
            stepped.add(strides.get(axis) * op.stride().get(axis));
        }
        return new View(base, start, stepped);
    }

    private View reverse(WindowedOp.Reverse op, Shape from) {
        long last = offset;
        List<Long> opposite = new ArrayList<>(strides);
        for (int axis : op.axes()) {
            last += strides.get(axis) * Math.max(0, from.dim(axis) - 1);
            opposite.set(axis, -strides.get(axis));
        }
        return new View(base, last, opposite);
    }

    private View window(WindowedOp.Window op) {
        List<Long> stepped = new ArrayList<>(strides);
        long neighbour = strides.get(op.axis());
        stepped.set(op.axis(), neighbour * op.stride());
        stepped.add(op.axis() + 1, neighbour * op.dilation());
        return new View(base, offset, stepped);
    }

    /**
     * Strides of the same elements under another shape, or null when no strides describe them. Runs of axes that are
     * contiguous among themselves are merged and split again.
     */
    private List<Long> reshape(Shape from, Shape to) {
        if (to.size() <= 1) {
            return contiguous(to);
        }
        Long[] result = new Long[to.rank()];
        int i = 0;
        int j = 0;
        while (j < to.rank()) {
            if (to.dim(j) == 1) {
                result[j++] = 0L;
                continue;
            }
            int firstOld = i;
            int firstNew = j;
            long old = 1;
            long split = to.dim(j++);
            while (old != split) {
                if (old < split) {
                    old *= from.dim(i++);
                } else {
                    split *= to.dim(j++);
                }
            }
            Long stride = mergedStride(from, firstOld, i);
            if (stride == null) {
                return null;
            }
            for (int axis = j - 1; axis >= firstNew; axis--) {
                result[axis] = stride;
                stride *= to.dim(axis);
            }
        }
        return List.of(result);
    }

    /** The stride of axes {@code from..to} seen as one, or null when they are not contiguous among themselves. */
    private Long mergedStride(Shape shape, int from, int to) {
        long inner = 0;
        Long expected = null;
        for (int axis = to - 1; axis >= from; axis--) {
            if (shape.dim(axis) == 1) {
                continue;
            }
            if (expected == null) {
                inner = strides.get(axis);
            } else if (!strides.get(axis).equals(expected)) {
                return null;
            }
            expected = strides.get(axis) * shape.dim(axis);
        }
        return inner;
    }

    /** Whether the elements are those of the base, in order and without gaps. */
    boolean isWhole(Shape shape) {
        return offset == 0 && shape.size() == base.shape().size() && isDense(shape);
    }

    /** Whether the elements follow one another without gaps. */
    boolean isDense(Shape shape) {
        Long stride = mergedStride(shape, 0, shape.rank());
        return stride != null && (stride == 1 || shape.size() <= 1);
    }
}

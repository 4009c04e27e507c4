// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.IdentityHashMap;
import java.util.Map;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/**
 * Which axes of a graph are one and the same: index i of one stands for index i of the other all through the
 * computation, as the samples of a batch do.
 */
final class AxisClasses {
    private final Map<Value, Integer> first = new IdentityHashMap<>();
    private final int[] parent;
    private final int[] extents;

    AxisClasses(Graph graph) {
        int count = 0;
        for (Value value : graph.order()) {
            first.put(value, count);
            count += value.shape().rank();
        }
        parent = new int[count];
        extents = new int[count];
        int axis = 0;
        for (Value value : graph.order()) {
            for (int extent : value.shape().dims()) {
                parent[axis] = axis;
                extents[axis++] = extent;
            }
            unite(value);
        }
    }

    /** The class of an axis. */
    int of(Value value, int axis) {
        return find(first.get(value) + axis);
    }

    /** The axis of a value that belongs to a class; −1 if there is none, −2 if there are several. */
    int axis(Value value, int axisClass) {
        int found = -1;
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            if (of(value, axis) == axisClass) {
                found = found == -1 ? axis : -2;
            }
        }
        return found;
    }

    int extent(int axisClass) {
        return extents[axisClass];
    }

    private int find(int axis) {
        int root = axis;
        while (parent[root] != root) {
            root = parent[root];
        }
        parent[axis] = root;
        return root;
    }

    private void same(Value a, int axisOfA, Value b, int axisOfB) {
        parent[of(a, axisOfA)] = of(b, axisOfB);
    }

    private void unite(Value value) {
        for (int k = 0; k < value.operands().size(); k++) {
            for (int axis = 0; axis < value.shape().rank(); axis++) {
                int source = source(value, k, axis);
                if (source >= 0) {
                    same(value, axis, value.operands().get(k), source);
                }
            }
        }
        if (value.op() instanceof Op.Contract op) {
            for (int axis = 0; axis < op.lhs().length(); axis++) {
                int other = op.rhs().indexOf(op.lhs().charAt(axis));
                if (other >= 0) {
                    same(value.operands().get(0), axis, value.operands().get(1), other);
                }
            }
        }
    }

    /** The axis of an operand whose index i alone decides what lies at index i of an axis of the value; −1 if none. */
    static int source(Value value, int operand, int axis) {
        Op op = value.op();
        Value from = value.operands().get(operand);
        if (op instanceof Op.Elementwise || op instanceof Op.Cast) {
            return axis;
        }
        if (op instanceof RuledOp.Barrier) {
            return operand == 0 ? axis : -1;
        }
        if (op instanceof Op.Contract contract) {
            return (operand == 0 ? contract.lhs() : contract.rhs())
                    .indexOf(contract.out().charAt(axis));
        }
        if (op instanceof Op.Broadcast broadcast) {
            return broadcast.axes().indexOf(axis);
        }
        if (op instanceof Op.Transpose transpose) {
            return transpose.permutation().get(axis);
        }
        if (op instanceof Op.Concat concat) {
            return axis == concat.axis() ? -1 : axis;
        }
        if (op instanceof Op.Slice || op instanceof Op.Pad) {
            return value.shape().dim(axis) == from.shape().dim(axis) ? axis : -1;
        }
        if (op instanceof Op.Reduce reduce) {
            return kept(reduce, axis);
        }
        return op instanceof Op.Reshape ? reshaped(value, from, axis) : -1;
    }

    private static int kept(Op.Reduce op, int axis) {
        int source = axis;
        for (int reduced : op.axes()) {
            if (reduced <= source) {
                source++;
            }
        }
        return source;
    }

    /** An axis of equal extent behind which, and so before which, equally many elements lie. */
    private static int reshaped(Value value, Value from, int axis) {
        if (value.shape().size() == 0 || value.shape().dim(axis) == 1) {
            return -1;
        }
        long stride = value.shape().strides()[axis];
        long[] strides = from.shape().strides();
        for (int other = 0; other < strides.length; other++) {
            if (strides[other] == stride
                    && from.shape().dim(other) == value.shape().dim(axis)) {
                return other;
            }
        }
        return -1;
    }
}

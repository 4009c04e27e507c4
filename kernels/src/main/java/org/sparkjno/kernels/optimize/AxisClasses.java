// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * Which axes of a graph are one and the same: index i of one stands for index i of the other all through the
 * computation, as the samples of a batch do.
 */
final class AxisClasses {
    private final Map<Value, Integer> first = new IdentityHashMap<>();
    private final List<Integer> parent = new ArrayList<>();
    private final List<Integer> extents = new ArrayList<>();

    AxisClasses(Graph graph) {
        for (Value value : graph.order()) {
            first.put(value, parent.size());
            for (int extent : value.shape().dims()) {
                parent.add(parent.size());
                extents.add(extent);
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
        return extents.get(axisClass);
    }

    private int find(int axis) {
        int root = axis;
        while (parent.get(root) != root) {
            root = parent.get(root);
        }
        parent.set(axis, root);
        return root;
    }

    private void same(Value a, int axisOfA, Value b, int axisOfB) {
        parent.set(of(a, axisOfA), of(b, axisOfB));
    }

    private void unite(Value value) {
        Op op = value.op();
        if (op instanceof Op.Elementwise || op instanceof Op.Cast) {
            value.operands().forEach(operand -> all(value, operand));
        } else if (op instanceof Op.Contract contract) {
            contract(value, contract);
        } else if (value.operands().isEmpty()) {
            return;
        } else if (op instanceof Op.Concat concat) {
            value.operands().forEach(operand -> concat(value, operand, concat.axis()));
        } else {
            shape(value, value.operands().get(0));
        }
    }

    private void all(Value value, Value operand) {
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            same(value, axis, operand, axis);
        }
    }

    private void concat(Value value, Value operand, int along) {
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            if (axis != along) {
                same(value, axis, operand, axis);
            }
        }
    }

    private void contract(Value value, Op.Contract op) {
        Map<Character, Integer> axisInLhs = new HashMap<>();
        Value lhs = value.operands().get(0);
        Value rhs = value.operands().get(1);
        for (int axis = 0; axis < op.lhs().length(); axis++) {
            axisInLhs.put(op.lhs().charAt(axis), axis);
        }
        for (int axis = 0; axis < op.rhs().length(); axis++) {
            Integer left = axisInLhs.get(op.rhs().charAt(axis));
            if (left != null) {
                same(lhs, left, rhs, axis);
            }
        }
        for (int axis = 0; axis < op.out().length(); axis++) {
            char label = op.out().charAt(axis);
            Integer left = axisInLhs.get(label);
            if (left != null) {
                same(value, axis, lhs, left);
            } else {
                same(value, axis, rhs, op.rhs().indexOf(label));
            }
        }
    }

    private void shape(Value value, Value operand) {
        Shape from = operand.shape();
        if (value.op() instanceof Op.Broadcast op) {
            for (int axis = 0; axis < from.rank(); axis++) {
                same(value, op.axes().get(axis), operand, axis);
            }
        } else if (value.op() instanceof Op.Transpose op) {
            for (int axis = 0; axis < from.rank(); axis++) {
                same(value, axis, operand, op.permutation().get(axis));
            }
        } else if (value.op() instanceof Op.Reduce op) {
            int kept = 0;
            for (int axis = 0; axis < from.rank(); axis++) {
                if (!op.axes().contains(axis)) {
                    same(value, kept++, operand, axis);
                }
            }
        } else if (value.op() instanceof Op.Slice || value.op() instanceof Op.Pad) {
            for (int axis = 0; axis < from.rank(); axis++) {
                if (value.shape().dim(axis) == from.dim(axis)) {
                    same(value, axis, operand, axis);
                }
            }
        } else if (value.op() instanceof Op.Reshape) {
            reshape(value, operand);
        }
    }

    /** Axes of equal extent before and behind which equally many elements lie. */
    private void reshape(Value value, Value operand) {
        long[] here = value.shape().strides();
        long[] there = operand.shape().strides();
        for (int axis = 0; axis < here.length; axis++) {
            for (int other = 0; other < there.length; other++) {
                if (here[axis] == there[other]
                        && value.shape().dim(axis) == operand.shape().dim(other)
                        && value.shape().dim(axis) > 1) {
                    same(value, axis, operand, other);
                }
            }
        }
    }
}

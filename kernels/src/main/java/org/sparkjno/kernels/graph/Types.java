// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.sparkjno.kernels.scalar.Primitive;

/** Type rules shared by several operations. */
final class Types {
    private Types() {}

    static void count(Op op, List<TensorType> operands, int expected) {
        if (operands.size() != expected) {
            throw new ShapeException(op.text() + " takes " + expected + " operands, but got " + operands.size() + ".");
        }
    }

    static void sameDType(Op op, List<TensorType> operands) {
        for (TensorType type : operands) {
            if (type.dtype() != operands.get(0).dtype()) {
                throw new ShapeException(
                        op.text() + " needs operands of one element type, but got " + operands + "; cast one of them.");
            }
        }
    }

    static boolean within(Collection<Integer> axes, int rank) {
        for (int axis : axes) {
            if (axis < 0 || axis >= rank) {
                return false;
            }
        }
        return true;
    }

    static boolean increasing(List<Integer> axes) {
        for (int i = 1; i < axes.size(); i++) {
            if (axes.get(i) <= axes.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    static void requireAxes(Op op, List<Integer> axes, TensorType type) {
        if (!within(axes, type.shape().rank()) || !increasing(axes)) {
            throw new ShapeException(op.text() + " needs increasing axes of " + type + ", but got " + axes + ".");
        }
    }

    static void requireAxis(Op op, int axis, TensorType type) {
        if (axis < 0 || axis >= type.shape().rank()) {
            throw new ShapeException(op.text() + " along axis " + axis + " does not exist in " + type + ".");
        }
    }

    /** Floating-point numbers that one may compute with. */
    static void requireArithmetic(Op op, TensorType type) {
        if (!type.dtype().isFloating() || type.dtype().isStorageOnly()) {
            throw new ShapeException(op.text() + " works on f32 or f64, but got " + type + "; cast it first.");
        }
    }

    /** Numbers that one may compute with: neither truth values nor a type that is for storage alone. */
    static void requireNumbers(Op op, List<TensorType> operands) {
        refuseStorageOnly(op, operands);
        for (TensorType type : operands) {
            if (type.dtype() == DType.BOOL) {
                throw new ShapeException(op.text() + " works on numbers, but got " + type + "; cast the bool first.");
            }
        }
    }

    static void refuseStorageOnly(Op op, List<TensorType> operands) {
        for (TensorType type : operands) {
            if (type.dtype().isStorageOnly()) {
                throw new ShapeException(op.text() + " does not compute on " + type + "; cast it to f32.");
            }
        }
    }

    static void requireIndices(Op op, TensorType type) {
        if (type.dtype() != DType.I32 && type.dtype() != DType.I64) {
            throw new ShapeException(op.text() + " needs i32 or i64 indices, but got " + type + "; cast them.");
        }
    }

    static TensorType elementwise(Op.Elementwise op, List<TensorType> operands) {
        Primitive primitive = op.primitive();
        count(op, operands, primitive.arity());
        Shape shape = operands.get(0).shape();
        for (TensorType type : operands) {
            if (!type.shape().equals(shape)) {
                throw new ShapeException(op.text() + " needs operands of one shape, but got " + operands
                        + "; broadcast one of them explicitly.");
            }
        }
        List<TensorType> numbers = operands;
        if (primitive == Primitive.SELECT) {
            requireBool(op, operands.subList(0, 1));
            numbers = operands.subList(1, 3);
        } else if (primitive.isLogical()) {
            requireBool(op, operands);
        }
        sameDType(op, numbers);
        DType dtype = numbers.get(0).dtype();
        if (primitive != Primitive.SELECT) {
            refuseStorageOnly(op, numbers);
        }
        if (dtype == DType.BOOL
                && !primitive.isLogical()
                && !primitive.isComparison()
                && primitive != Primitive.SELECT) {
            throw new ShapeException(op.text() + " works on numbers, but got " + operands + "; cast the bool first.");
        }
        if (!dtype.isFloating() && primitive.needsFloating()) {
            throw new ShapeException(op.text() + " works on f32 or f64, but got " + operands + "; cast it first.");
        }
        return new TensorType(primitive.isComparison() ? DType.BOOL : dtype, shape);
    }

    private static void requireBool(Op op, List<TensorType> operands) {
        for (TensorType type : operands) {
            if (type.dtype() != DType.BOOL) {
                throw new ShapeException(op.text() + " needs a bool operand, but got " + type + ".");
            }
        }
    }

    static TensorType concat(Op.Concat op, List<TensorType> operands) {
        if (operands.isEmpty()) {
            throw new ShapeException("concat needs at least one operand.");
        }
        sameDType(op, operands);
        Shape first = operands.get(0).shape();
        if (op.axis() < 0 || op.axis() >= first.rank()) {
            throw new ShapeException("concat along axis " + op.axis() + " does not exist in " + operands.get(0) + ".");
        }
        int extent = 0;
        for (TensorType type : operands) {
            boolean fits = type.shape().rank() == first.rank();
            for (int axis = 0; fits && axis < first.rank(); axis++) {
                fits = axis == op.axis() || type.shape().dim(axis) == first.dim(axis);
            }
            if (!fits) {
                throw new ShapeException(
                        "concat along axis " + op.axis() + " needs equal other extents, but got " + operands + ".");
            }
            extent += type.shape().dim(op.axis());
        }
        List<Integer> dims = new ArrayList<>(first.dims());
        dims.set(op.axis(), extent);
        return operands.get(0).with(new Shape(dims));
    }

    static TensorType contract(Op.Contract op, List<TensorType> operands) {
        count(op, operands, 2);
        sameDType(op, operands);
        refuseStorageOnly(op, operands);
        if (!operands.get(0).dtype().isFloating()) {
            throw new ShapeException("contract multiplies floating-point tensors, but got " + operands + ".");
        }
        Shape lhs = labelled(op, op.lhs(), operands.get(0));
        Shape rhs = labelled(op, op.rhs(), operands.get(1));
        List<Integer> dims = new ArrayList<>(op.out().length());
        for (int axis = 0; axis < op.out().length(); axis++) {
            char label = op.out().charAt(axis);
            int inLhs = op.lhs().indexOf(label);
            int inRhs = op.rhs().indexOf(label);
            if (op.out().indexOf(label) < axis || inLhs < 0 && inRhs < 0) {
                throw new ShapeException(
                        "contract " + op.notation() + " has a stray or repeated label '" + label + "' in its result.");
            }
            dims.add(inLhs >= 0 ? lhs.dim(inLhs) : rhs.dim(inRhs));
        }
        for (int axis = 0; axis < op.lhs().length(); axis++) {
            char label = op.lhs().charAt(axis);
            int inRhs = op.rhs().indexOf(label);
            requireUse(op, label, inRhs >= 0);
            if (inRhs >= 0 && lhs.dim(axis) != rhs.dim(inRhs)) {
                throw new ShapeException("contract " + op.notation() + " binds label '" + label + "' to both "
                        + lhs.dim(axis) + " and " + rhs.dim(inRhs) + ".");
            }
        }
        for (int axis = 0; axis < op.rhs().length(); axis++) {
            char label = op.rhs().charAt(axis);
            requireUse(op, label, op.lhs().indexOf(label) >= 0);
        }
        return operands.get(0).with(new Shape(dims));
    }

    /** The shape of an operand with one label per axis. */
    private static Shape labelled(Op.Contract op, String labels, TensorType type) {
        boolean fits = labels.length() == type.shape().rank();
        for (int axis = 0; fits && axis < labels.length(); axis++) {
            fits = labels.indexOf(labels.charAt(axis)) == axis;
        }
        if (!fits) {
            throw new ShapeException("contract " + op.notation() + " needs one distinct label per axis of " + type
                    + ", but got '" + labels + "'.");
        }
        return type.shape();
    }

    private static void requireUse(Op.Contract op, char label, boolean inBoth) {
        if (!inBoth && op.out().indexOf(label) < 0) {
            throw new ShapeException(
                    "contract " + op.notation() + " drops label '" + label + "' of one operand; sum over it first.");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * A tensor operation with its attributes, apart from its operands.
 *
 * <p>The set is closed: everything that can be traced is written in terms of these. Each brings its
 * type rule, and has one row in the linearisation, one in the transposition if it is linear, and one in each device.
 */
public sealed interface Op
        permits IndexedOp,
                WindowedOp,
                RandomBits,
                CollectiveOp,
                LoopOp,
                RuledOp,
                HostOp,
                Op.Input,
                Op.Constant,
                Op.Elementwise,
                Op.Cast,
                Op.Broadcast,
                Op.Reshape,
                Op.Transpose,
                Op.Slice,
                Op.Pad,
                Op.Concat,
                Op.Reduce,
                Op.Contract {
    /** Spelling in printed graphs. */
    String text();

    /**
     * The type of the result.
     *
     * @param operands types of the operands, in order
     * @throws ShapeException with one sentence when the operands do not fit
     */
    TensorType infer(List<TensorType> operands);

    /** Calls the method of {@code visitor} for this operation. */
    <R> R accept(Visitor<R> visitor);

    /** One method per operation or family of operations; a missing one does not compile. */
    interface Visitor<R> {
        R visit(Input op);

        R visit(Constant op);

        R visit(Elementwise op);

        R visit(Cast op);

        R visit(Broadcast op);

        R visit(Reshape op);

        R visit(Transpose op);

        R visit(Slice op);

        R visit(Pad op);

        R visit(Concat op);

        R visit(Reduce op);

        R visit(Contract op);

        R visit(IndexedOp op);

        R visit(WindowedOp op);

        R visit(RandomBits op);

        R visit(CollectiveOp op);

        R visit(LoopOp.Scan op);

        R visit(LoopOp.Result op);

        R visit(RuledOp.Custom op);

        R visit(RuledOp.Barrier op);

        R visit(HostOp op);
    }

    /**
     * An argument of the graph.
     *
     * @param name for people; need not be unique
     * @param type its type
     */
    record Input(String name, TensorType type) implements Op {
        @Override
        public String text() {
            return "input";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 0);
            return type;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Numbers known when the graph is built.
     *
     * @param literal the numbers
     */
    record Constant(Literal literal) implements Op {
        @Override
        public String text() {
            return "constant";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 0);
            return literal.type();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A scalar primitive applied to every element of operands of one shape.
     *
     * @param primitive row of the scalar table
     */
    record Elementwise(Primitive primitive) implements Op {
        @Override
        public String text() {
            return primitive.text();
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            return Types.elementwise(this, operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Conversion of the element type; to bool: different from zero.
     *
     * @param to new element type
     */
    record Cast(DType to) implements Op {
        @Override
        public String text() {
            return "cast";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            return operands.get(0).with(to);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Repetition along new axes: axis {@code i} of the operand becomes axis {@code axes[i]} of the result.
     *
     * @param shape shape of the result
     * @param axes strictly increasing axes of the result, one per axis of the operand, with equal extents
     */
    record Broadcast(Shape shape, List<Integer> axes) implements Op {
        public Broadcast {
            axes = List.copyOf(axes);
        }

        @Override
        public String text() {
            return "broadcast";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Shape from = operands.get(0).shape();
            boolean fits = axes.size() == from.rank();
            for (int i = 0; fits && i < axes.size(); i++) {
                int axis = axes.get(i);
                fits = axis >= 0
                        && axis < shape.rank()
                        && (i == 0 || axis > axes.get(i - 1))
                        && shape.dim(axis) == from.dim(i);
            }
            if (!fits) {
                throw new ShapeException("broadcast cannot put " + operands.get(0) + " on axes " + axes + " of " + shape
                        + "; each axis of the operand needs its own axis of equal extent, in order.");
            }
            return operands.get(0).with(shape);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The same elements in row-major order under another shape of equal size.
     *
     * @param shape shape of the result
     */
    record Reshape(Shape shape) implements Op {
        @Override
        public String text() {
            return "reshape";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            if (operands.get(0).shape().size() != shape.size()) {
                throw new ShapeException("reshape keeps the number of elements, but " + operands.get(0) + " has "
                        + operands.get(0).shape().size() + " and " + shape + " has " + shape.size() + ".");
            }
            return operands.get(0).with(shape);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A permutation of axes: axis {@code i} of the result is axis {@code permutation[i]} of the operand.
     *
     * @param permutation each axis once
     */
    record Transpose(List<Integer> permutation) implements Op {
        public Transpose {
            permutation = List.copyOf(permutation);
        }

        @Override
        public String text() {
            return "transpose";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Shape from = operands.get(0).shape();
            Set<Integer> seen = new HashSet<>(permutation);
            if (permutation.size() != from.rank() || seen.size() != from.rank() || !Types.within(seen, from.rank())) {
                throw new ShapeException(
                        "transpose needs each axis of " + operands.get(0) + " once, but got " + permutation + ".");
            }
            List<Integer> dims = new ArrayList<>();
            for (int axis : permutation) {
                dims.add(from.dim(axis));
            }
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The elements {@code start, start + stride, …} below {@code limit} along each axis.
     *
     * @param start first index per axis
     * @param limit exclusive bound per axis
     * @param stride positive step per axis
     */
    record Slice(List<Integer> start, List<Integer> limit, List<Integer> stride) implements Op {
        public Slice {
            start = List.copyOf(start);
            limit = List.copyOf(limit);
            stride = List.copyOf(stride);
        }

        @Override
        public String text() {
            return "slice";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Shape from = operands.get(0).shape();
            boolean fits = start.size() == from.rank() && limit.size() == from.rank() && stride.size() == from.rank();
            List<Integer> dims = new ArrayList<>();
            for (int i = 0; fits && i < from.rank(); i++) {
                fits = 0 <= start.get(i)
                        && start.get(i) <= limit.get(i)
                        && limit.get(i) <= from.dim(i)
                        && stride.get(i) > 0;
                dims.add(fits ? (limit.get(i) - start.get(i) + stride.get(i) - 1) / stride.get(i) : 0);
            }
            if (!fits) {
                throw new ShapeException("slice from " + start + " to " + limit + " by " + stride
                        + " does not lie within " + operands.get(0) + ".");
            }
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Zeros around, and between, the elements of each axis. The transpose of {@link Slice}.
     *
     * @param low zeros before the first element
     * @param high zeros after the last element
     * @param interior zeros between two neighbours
     */
    record Pad(List<Integer> low, List<Integer> high, List<Integer> interior) implements Op {
        public Pad {
            low = List.copyOf(low);
            high = List.copyOf(high);
            interior = List.copyOf(interior);
        }

        @Override
        public String text() {
            return "pad";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Shape from = operands.get(0).shape();
            boolean fits = low.size() == from.rank() && high.size() == from.rank() && interior.size() == from.rank();
            List<Integer> dims = new ArrayList<>();
            for (int i = 0; fits && i < from.rank(); i++) {
                fits = low.get(i) >= 0 && high.get(i) >= 0 && interior.get(i) >= 0;
                dims.add(low.get(i) + high.get(i) + from.dim(i) + Math.max(0, from.dim(i) - 1) * interior.get(i));
            }
            if (!fits) {
                throw new ShapeException("pad needs one non-negative width per axis of " + operands.get(0)
                        + ", but got low " + low + ", high " + high + ", interior " + interior + ".");
            }
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Operands one after another along an axis.
     *
     * @param axis the axis
     */
    record Concat(int axis) implements Op {
        @Override
        public String text() {
            return "concat";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            return Types.concat(this, operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Combination of all elements along some axes, which disappear.
     *
     * @param reduction how
     * @param axes strictly increasing
     */
    record Reduce(Reduction reduction, List<Integer> axes) implements Op {
        public Reduce {
            axes = List.copyOf(axes);
        }

        @Override
        public String text() {
            return "reduce_" + reduction.text();
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Shape from = operands.get(0).shape();
            if (reduction == Reduction.SUM && operands.get(0).dtype() == DType.BOOL) {
                throw new ShapeException(
                        text() + " works on numbers, but got " + operands.get(0) + "; cast it to i32 to count.");
            }
            Types.refuseStorageOnly(this, operands);
            Types.requireAxes(this, axes, operands.get(0));
            List<Integer> dims = new ArrayList<>();
            for (int axis = 0; axis < from.rank(); axis++) {
                if (!axes.contains(axis)) {
                    dims.add(from.dim(axis));
                }
            }
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A sum of products in index notation: {@code bik,kj->bij}. Labels of both operands that are missing in the result
     * are summed over; every label of one operand occurs in the other or in the result, and once per tensor.
     *
     * @param lhs labels of the first operand
     * @param rhs labels of the second operand
     * @param out labels of the result
     */
    record Contract(String lhs, String rhs, String out) implements Op {
        @Override
        public String text() {
            return "contract";
        }

        /**
         * The contraction that a notation like {@code ik,kj->ij} means.
         *
         * @throws ShapeException when it has no comma or no arrow
         */
        public static Contract of(String notation) {
            int comma = notation.indexOf(',');
            int arrow = notation.indexOf("->");
            if (comma < 0 || arrow < comma) {
                throw new ShapeException("contract needs a notation like 'ik,kj->ij', but got '" + notation + "'.");
            }
            return new Contract(
                    notation.substring(0, comma), notation.substring(comma + 1, arrow), notation.substring(arrow + 2));
        }

        /** The notation {@code lhs,rhs->out}. */
        public String notation() {
            return lhs + "," + rhs + "->" + out;
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            return Types.contract(this, operands);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}

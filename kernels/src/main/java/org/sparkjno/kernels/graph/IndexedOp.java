// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/** Operations on positions: they make indices, or read and write where indices say. */
public sealed interface IndexedOp extends Op {
    /** Calls the method of {@code visitor} for this operation. */
    <R> R dispatch(Visitor<R> visitor);

    @Override
    default <R> R accept(Op.Visitor<R> visitor) {
        return visitor.visit(this);
    }

    /** One method per operation of this family. */
    interface Visitor<R> {
        R visit(Iota op);

        R visit(Gather op);

        R visit(ScatterAdd op);

        R visit(ArgSort op);
    }

    /**
     * The numbers 0, 1, 2, … along an axis, the same along all others.
     *
     * @param type type of the result: i32, i64, f32 or f64
     * @param axis the axis
     */
    record Iota(TensorType type, int axis) implements IndexedOp {
        @Override
        public String text() {
            return "iota";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 0);
            Types.requireNumbers(this, List.of(type));
            Types.requireAxis(this, axis, type);
            return type;
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Rows of a tensor: operands {@code x[N, rest…]} and indices {@code [I…]} give {@code [I…, rest…]}. An index outside
     * 0…N−1 gives a row of zeros.
     */
    record Gather() implements IndexedOp {
        @Override
        public String text() {
            return "gather";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 2);
            Types.requireIndices(this, operands.get(1));
            Shape from = operands.get(0).shape();
            if (from.rank() == 0) {
                throw new ShapeException(
                        "gather takes rows along the first axis, but " + operands.get(0) + " has none.");
            }
            List<Integer> dims = new ArrayList<>(operands.get(1).shape().dims());
            dims.addAll(from.dims().subList(1, from.rank()));
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Sums of rows, the transpose of {@link Gather}: operands updates {@code [I…, rest…]} and indices {@code [I…]} give
     * {@code [rows, rest…]}, whose row {@code r} is the sum of the updates with index {@code r}, added in their row-major
     * order. Updates with an index outside 0…rows−1 are dropped.
     *
     * @param rows extent of the first axis of the result
     */
    record ScatterAdd(int rows) implements IndexedOp {
        @Override
        public String text() {
            return "scatter_add";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 2);
            Types.requireNumbers(this, operands.subList(0, 1));
            Types.requireIndices(this, operands.get(1));
            List<Integer> updates = operands.get(0).shape().dims();
            List<Integer> indices = operands.get(1).shape().dims();
            if (rows < 0
                    || updates.size() < indices.size()
                    || !updates.subList(0, indices.size()).equals(indices)) {
                throw new ShapeException("scatter_add to " + rows + " rows needs one index per row of updates, but got "
                        + operands + ".");
            }
            List<Integer> dims = new ArrayList<>(List.of(rows));
            dims.addAll(updates.subList(indices.size(), updates.size()));
            return operands.get(0).with(new Shape(dims));
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The positions, as i32, of the elements along an axis in increasing or decreasing order. Equal elements keep their
     * order, and so do NaNs, which come last either way.
     *
     * @param axis the axis
     * @param descending whether the largest comes first
     */
    record ArgSort(int axis, boolean descending) implements IndexedOp {
        @Override
        public String text() {
            return "argsort";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireNumbers(this, operands);
            Types.requireAxis(this, axis, operands.get(0));
            return operands.get(0).with(DType.I32);
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}

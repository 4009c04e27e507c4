// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Operations across the ranks of a world, which all run the same graph on values of their own. On f32 and f64; sums have a
 * fixed order, so all ranks and all runs get the same bits.
 *
 * <p>A derivative is that of the sum over all ranks of their outputs: {@code Σ⟨v, J u⟩ = Σ⟨Jᵀ v, u⟩} over the ranks. The
 * gradient of a loss that ranks share by parts is therefore the all-reduced gradient of the parts.
 */
public sealed interface CollectiveOp extends Op {
    /** Calls the method of {@code visitor} for this operation. */
    <R> R dispatch(Visitor<R> visitor);

    /**
     * Checks that the operation means a world of this size.
     *
     * @throws IllegalArgumentException if it was made for another one
     */
    void requireWorld(int size);

    @Override
    default <R> R accept(Op.Visitor<R> visitor) {
        return visitor.visit(this);
    }

    /** One method per operation of this family. */
    interface Visitor<R> {
        R visit(AllReduce op);

        R visit(AllGather op);

        R visit(ReduceScatter op);
    }

    /**
     * Each element combined with those of all ranks at its place.
     *
     * @param reduction sum or largest; NaN where one rank has it
     */
    record AllReduce(Reduction reduction) implements CollectiveOp {
        @Override
        public String text() {
            return "all_reduce_" + reduction.text();
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireArithmetic(this, operands.get(0));
            if (reduction == Reduction.MIN) {
                throw new ShapeException(
                        "all_reduce takes sums and largest elements; negate before and after for the smallest ones.");
            }
            return operands.get(0);
        }

        @Override
        public void requireWorld(int size) {}

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The values of all ranks one after another along the first axis: {@code [k, rest…]} gives {@code [ranks·k, rest…]}.
     *
     * @param ranks size of the world
     */
    record AllGather(int ranks) implements CollectiveOp {
        @Override
        public String text() {
            return "all_gather";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireArithmetic(this, operands.get(0));
            if (ranks < 1 || operands.get(0).shape().rank() == 0) {
                throw new ShapeException("all_gather over " + ranks
                        + " ranks needs at least one rank and one axis, but " + "got " + operands.get(0) + ".");
            }
            return withFirst(operands.get(0), operands.get(0).shape().dim(0) * ranks);
        }

        @Override
        public void requireWorld(int size) {
            requireRanks(this, ranks, size);
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The sum over all ranks, of which each keeps its own part of the first axis: {@code [ranks·k, rest…]} gives {@code [k,
     * rest…]}. The transpose of {@link AllGather}.
     *
     * @param ranks size of the world
     */
    record ReduceScatter(int ranks) implements CollectiveOp {
        @Override
        public String text() {
            return "reduce_scatter";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            Types.requireArithmetic(this, operands.get(0));
            Shape from = operands.get(0).shape();
            if (ranks < 1 || from.rank() == 0 || from.dim(0) % ranks != 0) {
                throw new ShapeException(
                        "reduce_scatter over " + ranks + " ranks needs a first axis that they can share "
                                + "equally, but got " + operands.get(0) + ".");
            }
            return withFirst(operands.get(0), from.dim(0) / ranks);
        }

        @Override
        public void requireWorld(int size) {
            requireRanks(this, ranks, size);
        }

        @Override
        public <R> R dispatch(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    private static TensorType withFirst(TensorType type, int extent) {
        List<Integer> dims = new ArrayList<>(type.shape().dims());
        dims.set(0, extent);
        return type.with(new Shape(dims));
    }

    private static void requireRanks(CollectiveOp op, int ranks, int size) {
        if (ranks != size) {
            throw new IllegalArgumentException(
                    "The graph has a " + op.text() + " over " + ranks + " ranks, but the world " + "has " + size
                            + "; build the graph for the size of the world that runs it.");
        }
    }
}

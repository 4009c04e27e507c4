// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/** Repetition of a graph: the only control flow there is. Traced by {@link Recurrence}. */
public sealed interface LoopOp extends Op {
    /** The type of a loop itself, which has no elements: its results are taken out by {@link Result}. */
    TensorType TOKEN = new TensorType(DType.BOOL, Shape.of(0));

    /**
     * A body applied {@code length} times. Operands: the first carries, the sequences (with a leading axis of extent
     * {@code length}), then what stays the same in all iterations.
     *
     * @param body from carries, one slice of each sequence and the constants, to the next carries and one slice of each
     *     stacked result
     * @param length number of iterations
     * @param carries number of values handed from one iteration to the next
     * @param sequences number of sequences
     * @param backwards whether slices are taken, and put, from the last to the first
     */
    record Scan(Graph body, int length, int carries, int sequences, boolean backwards) implements LoopOp {
        @Override
        public String text() {
            return "scan";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, body.inputs().size());
            if (length < 0
                    || carries < 0
                    || sequences < 0
                    || carries + sequences > operands.size()
                    || carries > body.outputs().size()) {
                throw new ShapeException("scan of length " + length + " with " + carries + " carries and " + sequences
                        + " sequences does not fit a body from " + operands.size() + " values to "
                        + body.outputs().size() + ".");
            }
            for (int i = 0; i < operands.size(); i++) {
                TensorType inside = body.inputs().get(i).type();
                TensorType expected = isSequence(i) ? stacked(inside) : inside;
                if (!operands.get(i).equals(expected)) {
                    throw new ShapeException(
                            "scan needs operand " + i + " to be " + expected + ", but got " + operands.get(i) + ".");
                }
                if (i < carries && !body.outputs().get(i).type().equals(inside)) {
                    throw new ShapeException("scan hands carry " + i + " on as "
                            + body.outputs().get(i).type() + ", but it starts as " + inside
                            + "; the body must return carries as it takes them.");
                }
            }
            return TOKEN;
        }

        /** Whether an operand is cut into slices. */
        public boolean isSequence(int operand) {
            return operand >= carries && operand < carries + sequences;
        }

        /** The type of a result: a carry after the last iteration, or all slices of an output. */
        public TensorType result(int index) {
            TensorType inside = body.outputs().get(index).type();
            return index < carries ? inside : stacked(inside);
        }

        private TensorType stacked(TensorType slice) {
            List<Integer> dims = new ArrayList<>(List.of(length));
            dims.addAll(slice.shape().dims());
            return slice.with(new Shape(dims));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * One result of a loop.
     *
     * @param index which output of the body
     * @param type its type, see {@link Scan#result}
     */
    record Result(int index, TensorType type) implements LoopOp {
        @Override
        public String text() {
            return "result";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            Types.count(this, operands, 1);
            if (!operands.get(0).equals(TOKEN)) {
                throw new ShapeException("result takes a loop, but got " + operands.get(0) + ".");
            }
            return type;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}

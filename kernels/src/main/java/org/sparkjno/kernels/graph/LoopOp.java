// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Repetition of a graph: the only control flow there is. Traced by {@link Recurrence}. */
public sealed interface LoopOp extends Op {
    /** The type of what has several results, and no elements itself: they are taken out by {@link Result}. */
    TensorType TOKEN = new TensorType(DType.BOOL, Shape.of(0));

    /** Number of results of a value that has several. */
    static int resultCount(Value several) {
        if (several.op() instanceof Scan scan) {
            return scan.resultCount();
        }
        if (several.op() instanceof HostOp call) {
            return call.results().size();
        }
        return several.op() instanceof RuledOp.Custom custom ? custom.results() : 0;
    }

    /** Type of one of several results. */
    static TensorType resultType(Value several, int index) {
        if (several.op() instanceof HostOp call) {
            return call.results().get(index);
        }
        return several.op() instanceof Scan scan
                ? scan.result(index)
                : several.operands().get(index).type();
    }

    /** All results of a value that has several. */
    static List<Value> results(Value several) {
        return IntStream.range(0, resultCount(several))
                .mapToObj(i -> Value.of(new Result(i, resultType(several, i)), several))
                .toList();
    }

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
     * @param checkpoints which carries its derivative keeps
     */
    record Scan(Graph body, int length, int carries, int sequences, boolean backwards, Checkpoints checkpoints)
            implements LoopOp {
        /** A loop whose derivative keeps as many carries as it runs again between two of them. */
        public Scan(Graph body, int length, int carries, int sequences, boolean backwards) {
            this(body, length, carries, sequences, backwards, Checkpoints.AUTOMATIC);
        }

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
                TensorType expected = isSequence(i) ? stacked(length, inside) : inside;
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

        /** Iterations from one checkpoint to the next: about √length unless told. */
        public int every() {
            return checkpoints.every() > 0 ? checkpoints.every() : Math.max(1, (int) Math.ceil(Math.sqrt(length)));
        }

        /** The same loop with its checkpoints as further results. */
        public Scan keepingCheckpoints() {
            return with(new Checkpoints(checkpoints.every(), true));
        }

        /** The same loop with other checkpoints. */
        public Scan with(Checkpoints other) {
            return new Scan(body, length, carries, sequences, backwards, other);
        }

        /** Number of results: outputs of the body, and checkpoints of all carries if they are kept. */
        public int resultCount() {
            return body.outputs().size() + (checkpoints.areResults() ? carries : 0);
        }

        /** Whether an operand is cut into slices. */
        public boolean isSequence(int operand) {
            return operand >= carries && operand < carries + sequences;
        }

        /** The type of a result: a carry after the last iteration, all slices of an output, or checkpoints of a carry. */
        public TensorType result(int index) {
            int outputs = body.outputs().size();
            if (index >= outputs) {
                return stacked(
                        (length + every() - 1) / every(),
                        body.outputs().get(index - outputs).type());
            }
            TensorType inside = body.outputs().get(index).type();
            return index < carries ? inside : stacked(length, inside);
        }

        private static TensorType stacked(int count, TensorType slice) {
            List<Integer> dims = new ArrayList<>(List.of(count));
            dims.addAll(slice.shape().dims());
            return slice.with(new Shape(dims));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Carries that the derivative of a loop keeps: those at the start of iterations 0, {@code every}, 2·{@code every} and
     * so on. The iterations between two of them are run again.
     *
     * @param every iterations from one to the next; 0 for about √length
     * @param areResults whether they are results of the loop, stacked like its outputs
     */
    record Checkpoints(int every, boolean areResults) {
        /** About √length of them, kept where a derivative needs them. */
        public static final Checkpoints AUTOMATIC = new Checkpoints(0, false);

        public Checkpoints {
            if (every < 0) {
                throw new ShapeException(
                        "Checkpoints lie a positive number of iterations apart, but got " + every + ".");
            }
        }
    }

    /**
     * One result of a loop, of a function with its own rule or of one in Java.
     *
     * @param index which one
     * @param type its type, see {@link #resultType}
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

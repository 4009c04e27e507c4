// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Traces loops of a fixed length.
 *
 * <pre>{@code
 * // x_{t+1} = a x_t + f_t, all x_t kept
 * var run = Recurrence.scan(1000, List.of(x0), List.of(f), (carries, slices) -> {
 *     Value next = carries.get(0).times(a).plus(slices.get(0));
 *     return new Recurrence.Step(List.of(next), List.of(next));
 * });
 * Value last = run.carries().get(0);
 * Value all = run.stacked().get(0);
 * }</pre>
 */
public final class Recurrence {
    /** One iteration, traced once. It may use any value around it; what does not change is computed before the loop. */
    @FunctionalInterface
    public interface Body {
        /**
         * Traces an iteration.
         *
         * @param carries what the iteration before handed on
         * @param slices this iteration's part of each sequence, without the leading axis
         */
        Step apply(List<Value> carries, List<Value> slices);
    }

    /**
     * What an iteration gives.
     *
     * @param carries handed on, of the types of the first carries
     * @param outputs stacked over all iterations
     */
    public record Step(List<Value> carries, List<Value> outputs) {}

    /**
     * What a loop gives.
     *
     * @param carries after the last iteration
     * @param stacked outputs of all iterations, [length, …]
     */
    public record Outcome(List<Value> carries, List<Value> stacked) {
        /**
         * The same loop, whose reverse derivative keeps the carries of one iteration in {@code everySteps} and runs the
         * others again; otherwise it keeps about as many as it runs again between two of them. 1 keeps all.
         *
         * @param everySteps positive
         */
        public Outcome checkpoint(int everySteps) {
            if (everySteps <= 0) {
                throw new ShapeException(
                        "Checkpoints lie a positive number of iterations apart, but got " + everySteps + ".");
            }
            List<Value> all = new ArrayList<>(carries);
            all.addAll(stacked);
            if (all.isEmpty()) {
                return this;
            }
            Value loop = all.get(0).operands().get(0);
            LoopOp.Scan scan = ((LoopOp.Scan) loop.op()).with(new LoopOp.Checkpoints(everySteps, false));
            List<Value> results = LoopOp.results(Value.of(scan, loop.operands()));
            return new Outcome(results.subList(0, carries.size()), results.subList(carries.size(), results.size()));
        }
    }

    private Recurrence() {}

    /**
     * Runs a body {@code length} times.
     *
     * @param carries what the first iteration gets
     * @param sequences values with a leading axis of extent {@code length}; iteration t gets slice t of each
     * @throws ShapeException when a sequence has another length or a carry changes its type
     */
    public static Outcome scan(int length, List<Value> carries, List<Value> sequences, Body body) {
        return scan(length, carries, sequences, false, body);
    }

    /** Runs a body from the last slices to the first, otherwise as {@link #scan}. */
    public static Outcome scanBackwards(int length, List<Value> carries, List<Value> sequences, Body body) {
        return scan(length, carries, sequences, true, body);
    }

    private static Outcome scan(int length, List<Value> carries, List<Value> sequences, boolean backwards, Body body) {
        List<Value> state = carries.stream()
                .map(value -> Value.input("carry", value.type()))
                .toList();
        List<Value> slices = sequences.stream()
                .map(value -> Value.input("slice", slice(length, value.type())))
                .toList();
        Step step = body.apply(state, slices);
        if (step.carries().size() != carries.size()) {
            throw new ShapeException("The body of a scan takes " + carries.size() + " carries, but returns "
                    + step.carries().size() + ".");
        }
        List<Value> changing = new ArrayList<>(state);
        changing.addAll(slices);
        List<Value> outputs = new ArrayList<>(step.carries());
        outputs.addAll(step.outputs());
        List<Value> operands = new ArrayList<>(carries);
        operands.addAll(sequences);
        Closure closed = Closure.of(changing, outputs);
        operands.addAll(closed.captured());
        LoopOp.Scan op = new LoopOp.Scan(closed.graph(), length, carries.size(), sequences.size(), backwards);
        List<Value> results = LoopOp.results(Value.of(op, operands));
        return new Outcome(results.subList(0, carries.size()), results.subList(carries.size(), results.size()));
    }

    private static TensorType slice(int length, TensorType type) {
        if (type.shape().rank() == 0 || type.shape().dim(0) != length) {
            throw new ShapeException(
                    "A scan of length " + length + " needs sequences with that leading axis, but got " + type + ".");
        }
        return type.with(new Shape(type.shape().dims().subList(1, type.shape().rank())));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

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
    public record Outcome(List<Value> carries, List<Value> stacked) {}

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
        Graph closed = close(changing, outputs, operands);
        LoopOp.Scan op = new LoopOp.Scan(closed, length, carries.size(), sequences.size(), backwards);
        List<Value> results = results(op, operands);
        return new Outcome(results.subList(0, carries.size()), results.subList(carries.size(), results.size()));
    }

    /** All results of a loop over operands. */
    public static List<Value> results(LoopOp.Scan op, List<Value> operands) {
        Value loop = Value.of(op, operands);
        return IntStream.range(0, op.body().outputs().size())
                .mapToObj(i -> Value.of(new LoopOp.Result(i, op.result(i)), loop))
                .toList();
    }

    private static TensorType slice(int length, TensorType type) {
        if (type.shape().rank() == 0 || type.shape().dim(0) != length) {
            throw new ShapeException(
                    "A scan of length " + length + " needs sequences with that leading axis, but got " + type + ".");
        }
        return type.with(new Shape(type.shape().dims().subList(1, type.shape().rank())));
    }

    /**
     * The body with everything that it uses but that does not change as further arguments, which are added to the
     * operands.
     */
    private static Graph close(List<Value> changing, List<Value> outputs, List<Value> operands) {
        Set<Value> varies = Collections.newSetFromMap(new IdentityHashMap<>());
        varies.addAll(changing);
        List<Value> order = Graph.reach(outputs);
        for (Value value : order) {
            if (value.operands().stream().anyMatch(varies::contains)) {
                varies.add(value);
            }
        }
        List<Value> inputs = new ArrayList<>(changing);
        Map<Value, Value> inside = new IdentityHashMap<>();
        changing.forEach(value -> inside.put(value, value));
        for (Value value : order) {
            if (varies.contains(value)) {
                List<Value> arguments = value.operands().stream()
                        .map(operand -> enter(operand, inside, inputs, operands))
                        .toList();
                inside.computeIfAbsent(value, key -> key.instead(key.op(), arguments));
            }
        }
        return Graph.of(
                inputs,
                outputs.stream()
                        .map(output -> enter(output, inside, inputs, operands))
                        .toList());
    }

    private static Value enter(Value value, Map<Value, Value> inside, List<Value> inputs, List<Value> operands) {
        Value known = inside.get(value);
        if (known == null) {
            known = value;
            if (value.op() instanceof Op.Broadcast) {
                // Repeating is free inside and would take memory outside.
                known = value.instead(value.op(), List.of(enter(value.operands().get(0), inside, inputs, operands)));
            } else if (!(value.op() instanceof Op.Constant)) {
                known = Value.input("constant", value.type());
                inputs.add(known);
                operands.add(value);
            }
            inside.put(value, known);
        }
        return known;
    }
}

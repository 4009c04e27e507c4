// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A function from inputs to outputs: the unit of transformation, printing and compilation.
 *
 * <p>Immutable. The order of evaluation depends only on the structure, so the same construction prints, and compiles, to
 * the same text.
 */
public final class Graph {
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final List<Value> order;

    private Graph(List<Value> inputs, List<Value> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.order = Collections.unmodifiableList(topological(this.inputs, this.outputs, Value::operands));
    }

    /**
     * The function that computes {@code outputs} from {@code inputs}.
     *
     * @throws ShapeException when an input is not an {@link Op.Input}, occurs twice, or when the outputs reach an
     *     argument that is not listed
     */
    public static Graph of(List<Value> inputs, List<Value> outputs) {
        Set<Value> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value input : inputs) {
            if (!(input.op() instanceof Op.Input) || !listed.add(input)) {
                throw new ShapeException("A graph takes each input once, but got " + input + ".");
            }
        }
        Graph graph = new Graph(inputs, outputs);
        for (Value value : graph.order) {
            if (value.op() instanceof Op.Input input && !listed.contains(value)) {
                throw new ShapeException("The outputs depend on '" + input.name() + "' (" + input.type()
                        + "), which is not among the inputs of the graph.");
            }
        }
        return graph;
    }

    public List<Value> inputs() {
        return inputs;
    }

    public List<Value> outputs() {
        return outputs;
    }

    /** Inputs, then every value that the outputs need, operands before users. */
    public List<Value> order() {
        return order;
    }

    /** For each value the number of uses as an operand or an output. */
    public Map<Value, Integer> uses() {
        Map<Value, Integer> uses = new IdentityHashMap<>();
        for (Value value : order) {
            count(value.operands(), uses);
        }
        count(outputs, uses);
        return uses;
    }

    private static void count(List<Value> used, Map<Value, Integer> uses) {
        for (Value value : used) {
            uses.put(value, uses.getOrDefault(value, 0) + 1);
        }
    }

    /**
     * Rebuilds the graph bottom up.
     *
     * @param rule from a value and its rebuilt operands to the value that replaces it; not called for inputs
     */
    public Graph rewrite(BiFunction<Value, List<Value>, Value> rule) {
        Map<Value, Value> rebuilt = new IdentityHashMap<>();
        for (Value value : order) {
            if (value.op() instanceof Op.Input) {
                rebuilt.put(value, value);
                continue;
            }
            rebuilt.put(value, rule.apply(value, each(value.operands(), rebuilt)));
        }
        return of(inputs, each(outputs, rebuilt));
    }

    private static List<Value> each(List<Value> values, Map<Value, Value> replacements) {
        List<Value> replaced = new ArrayList<>(values.size());
        for (Value value : values) {
            replaced.add(replacements.get(value));
        }
        return replaced;
    }

    /** The outputs with other values in place of the inputs: the body of the function, inlined. */
    public List<Value> call(List<Value> arguments) {
        if (arguments.size() != inputs.size()) {
            throw new ShapeException(
                    "The graph takes " + inputs.size() + " arguments, but got " + arguments.size() + ".");
        }
        Map<Value, Value> mapped = new IdentityHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (!arguments.get(i).type().equals(inputs.get(i).type())) {
                throw new ShapeException("Argument " + i + " of the graph is "
                        + inputs.get(i).type() + ", but got " + arguments.get(i).type() + ".");
            }
            mapped.put(inputs.get(i), arguments.get(i));
        }
        for (Value value : order) {
            if (!mapped.containsKey(value)) {
                mapped.put(value, Value.of(value.op(), each(value.operands(), mapped)));
            }
        }
        return each(outputs, mapped);
    }

    /** The whole graph as text that {@link GraphParser} reads back. */
    public String print() {
        return print(GraphPrinter::numbers);
    }

    /**
     * The whole graph as text, but for the numbers of constants. Graphs of one text are one function if it tells constants
     * apart, and if they call no functions in Java, of which it has but the names.
     *
     * @param constants what stands for the numbers of a constant
     */
    public String print(Function<Literal, String> constants) {
        return new GraphPrinter(this, constants).print();
    }

    @Override
    public String toString() {
        return print();
    }

    /** Every value that {@code outputs} need, operands before users. */
    public static List<Value> reach(List<Value> outputs) {
        return reach(outputs, Value::operands);
    }

    /** Every value that {@code outputs} need when a value needs only some of its operands; those before users. */
    public static List<Value> reach(List<Value> outputs, Function<Value, List<Value>> needed) {
        return topological(List.of(), outputs, needed);
    }

    /** Positions of the values in {@link #order}. */
    Map<Value, Integer> numbering() {
        Map<Value, Integer> numbers = new IdentityHashMap<>();
        for (Value value : order) {
            numbers.put(value, numbers.size());
        }
        return numbers;
    }

    private static List<Value> topological(
            List<Value> inputs, List<Value> outputs, Function<Value, List<Value>> needed) {
        List<Value> order = new ArrayList<>(inputs);
        Map<Value, Boolean> done = new IdentityHashMap<>();
        for (Value input : inputs) {
            done.put(input, true);
        }
        Deque<Value> stack = new ArrayDeque<>();
        for (Value output : outputs) {
            stack.push(output);
            while (!stack.isEmpty()) {
                Value value = stack.peek();
                if (done.containsKey(value)) {
                    stack.pop();
                    continue;
                }
                boolean ready = true;
                List<Value> operands = needed.apply(value);
                for (int i = operands.size() - 1; i >= 0; i--) {
                    Value operand = operands.get(i);
                    if (!done.containsKey(operand)) {
                        stack.push(operand);
                        ready = false;
                    }
                }
                if (ready) {
                    stack.pop();
                    done.put(value, true);
                    order.add(value);
                }
            }
        }
        return order;
    }
}

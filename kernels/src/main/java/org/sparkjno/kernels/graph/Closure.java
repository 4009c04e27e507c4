// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A traced part of a computation as a function of its own: what it uses from around it but what does not depend on its
 * arguments becomes further arguments.
 *
 * @param graph from the arguments, then what was captured, to the outputs
 * @param captured values around the function, in the order in which the graph takes them
 */
public record Closure(Graph graph, List<Value> captured) {
    public Closure {
        captured = List.copyOf(captured);
    }

    /**
     * Closes a function.
     *
     * @param arguments inputs by which the outputs were traced
     * @param outputs computed from the arguments and anything else; constants are not captured but kept
     */
    public static Closure of(List<Value> arguments, List<Value> outputs) {
        Set<Value> varies = Collections.newSetFromMap(new IdentityHashMap<>());
        varies.addAll(arguments);
        List<Value> order = Graph.reach(outputs);
        for (Value value : order) {
            if (value.operands().stream().anyMatch(varies::contains)) {
                varies.add(value);
            }
        }
        Map<Value, Value> inside = new IdentityHashMap<>();
        arguments.forEach(value -> inside.put(value, value));
        List<Value> inputs = new ArrayList<>(arguments);
        List<Value> captured = new ArrayList<>();
        for (Value value : order) {
            if (varies.contains(value)) {
                List<Value> operands = value.operands().stream()
                        .map(operand -> enter(operand, inside, inputs, captured))
                        .toList();
                inside.computeIfAbsent(value, key -> key.instead(key.op(), operands));
            }
        }
        List<Value> closed = outputs.stream()
                .map(output -> enter(output, inside, inputs, captured))
                .toList();
        return new Closure(Graph.of(inputs, closed), captured);
    }

    private static Value enter(Value value, Map<Value, Value> inside, List<Value> inputs, List<Value> captured) {
        Value known = inside.get(value);
        if (known == null) {
            known = value;
            if (value.op() instanceof Op.Broadcast) {
                // Repeating is free inside and would take memory outside.
                known = value.instead(value.op(), List.of(enter(value.operands().get(0), inside, inputs, captured)));
            } else if (!(value.op() instanceof Op.Constant)) {
                known = Value.input("constant", value.type());
                inputs.add(known);
                captured.add(value);
            }
            inside.put(value, known);
        }
        return known;
    }
}

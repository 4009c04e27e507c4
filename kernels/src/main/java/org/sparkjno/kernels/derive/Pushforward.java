// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * The tangents of all values between those that move and the outputs. Only what a derivative rule looks at is visited:
 * the formulas behind a function with its own tangents are not.
 */
final class Pushforward {
    private final Map<Value, Value> tangents = new IdentityHashMap<>();
    private final Map<Value, List<Value>> several = new IdentityHashMap<>();
    private final Map<Body, BodyTangent> bodies = new HashMap<>();

    /** A loop and those of its operands that move. */
    private record Body(LoopOp.Scan scan, List<Integer> first) {}

    /**
     * Moves some values.
     *
     * @param wrt floating-point values, each once
     * @param directions their tangents
     */
    Pushforward(List<Value> outputs, List<Value> wrt, List<Value> directions) {
        for (int i = 0; i < wrt.size(); i++) {
            Value value = wrt.get(i);
            if (!value.dtype().isFloating()) {
                throw new ShapeException("Only floating-point values have derivatives, but one with respect to " + value
                        + " was asked for.");
            }
            if (tangents.put(value, directions.get(i)) != null) {
                throw new ShapeException(
                        "Derivatives are taken once with respect to a value, but " + value + " is listed twice.");
            }
        }
        for (Value value : Graph.reach(outputs, this::visited)) {
            if (!tangents.containsKey(value)) {
                push(value);
            }
        }
    }

    /** The tangent of a value; null where it is zero. */
    Value tangent(Value value) {
        return tangents.get(value);
    }

    /** The tangent of a value. */
    Value tangentOrZero(Value value) {
        Value tangent = tangents.get(value);
        return tangent != null ? tangent : Value.full(value.type(), 0);
    }

    private List<Value> visited(Value value) {
        return tangents.containsKey(value) ? List.of() : visitedOperands(value);
    }

    /** The operands through which a value moves. */
    static List<Value> visitedOperands(Value value) {
        List<Value> operands = value.operands();
        if (value.op() instanceof RuledOp.Custom op) {
            return op.rule().tangents().isPresent()
                    ? operands.subList(op.results(), operands.size())
                    : operands.subList(0, op.results());
        }
        return value.op() instanceof RuledOp.Barrier ? operands.subList(0, 1) : operands;
    }

    private void push(Value value) {
        List<Value> visited = visitedOperands(value);
        List<Value> incoming = Arrays.asList(visited.stream().map(tangents::get).toArray(Value[]::new));
        if (value.op() instanceof LoopOp.Result result) {
            List<Value> results = several.get(value.operands().get(0));
            put(value, results == null ? null : results.get(result.index()));
        } else if (incoming.stream().allMatch(Objects::isNull)) {
            return;
        } else if (value.op() instanceof LoopOp.Scan) {
            several.put(value, new ScanTangent(value, incoming, body(value, incoming)).results());
        } else if (value.op() instanceof RuledOp.Custom op) {
            several.put(
                    value,
                    op.rule()
                            .tangents()
                            .map(rule -> counted(op, rule.of(visited, LoopOp.results(value), incoming)))
                            .orElse(incoming));
        } else if (value.op() instanceof HostOp || value.dtype().isFloating()) {
            put(value, value.op().accept(new Linearisation(value, incoming)));
        }
    }

    /** The loop that computes values and the one that keeps their checkpoints get the same tangents. */
    private BodyTangent body(Value loop, List<Value> incoming) {
        LoopOp.Scan scan = ((LoopOp.Scan) loop.op()).with(LoopOp.Checkpoints.AUTOMATIC);
        List<Integer> first = IntStream.range(0, incoming.size())
                .filter(i -> incoming.get(i) != null)
                .boxed()
                .toList();
        return bodies.computeIfAbsent(new Body(scan, first), key -> BodyTangent.of(key.scan, key.first));
    }

    private static List<Value> counted(RuledOp.Custom op, List<Value> results) {
        if (results.size() != op.results()) {
            throw new ShapeException("The rule of custom '" + op.rule().name() + "' gives " + results.size()
                    + " tangents for " + op.results() + " results.");
        }
        return results;
    }

    private void put(Value value, Value tangent) {
        if (tangent != null) {
            if (!tangent.type().equals(value.type())) {
                throw new ShapeException("A rule gave a tangent of type " + tangent.type() + " for " + value + ".");
            }
            tangents.put(value, tangent);
        }
    }
}

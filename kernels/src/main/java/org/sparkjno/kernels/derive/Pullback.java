// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/** Cotangents on their way from the results of a linear computation back to its directions. */
final class Pullback {
    private final Set<Value> linear = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Value, Value> cotangents = new IdentityHashMap<>();
    private final Map<Value, Value[]> several = new IdentityHashMap<>();

    /**
     * Pulls cotangents back.
     *
     * @param tangents linear in {@code directions}
     * @param seeds their cotangents
     */
    Pullback(List<Value> tangents, List<Value> seeds, List<Value> directions) {
        linear.addAll(directions);
        List<Value> order = Graph.reach(tangents, Pullback::visited);
        for (Value value : order) {
            if (visited(value).stream().anyMatch(linear::contains)) {
                linear.add(value);
            }
        }
        for (int i = 0; i < tangents.size(); i++) {
            add(tangents.get(i), seeds.get(i));
        }
        for (int i = order.size() - 1; i >= 0; i--) {
            if (linear.contains(order.get(i)) && !(order.get(i).op() instanceof Op.Input)) {
                pull(order.get(i));
            }
        }
    }

    /** The cotangent of a direction. */
    Value cotangentOrZero(Value direction) {
        Value cotangent = cotangents.get(direction);
        return cotangent != null ? cotangent : Value.full(direction.type(), 0);
    }

    private static List<Value> visited(Value value) {
        if (value.op() instanceof RuledOp.Custom op) {
            return op.rule().cotangents().isPresent() ? arguments(value, op) : computed(value, op);
        }
        return value.operands();
    }

    private static List<Value> arguments(Value value, RuledOp.Custom op) {
        return value.operands().subList(op.results(), value.operands().size());
    }

    private static List<Value> computed(Value value, RuledOp.Custom op) {
        return value.operands().subList(0, op.results());
    }

    private void pull(Value value) {
        if (value.op() instanceof RuledOp.Custom op && several.containsKey(value)) {
            List<Value> incoming = Collections.unmodifiableList(Arrays.asList(several.get(value)));
            op.rule()
                    .cotangents()
                    .ifPresentOrElse(
                            rule -> give(arguments(value, op), checked(op, arguments(value, op), rule, incoming)),
                            () -> give(computed(value, op), incoming));
        }
        Value cotangent = cotangents.get(value);
        if (value.op() instanceof HostOp op && several.containsKey(value)) {
            throw Linearisation.noDerivative(op);
        }
        if (cotangent == null) {
            return;
        }
        if (value.op() instanceof LoopOp.Result result) {
            Value source = value.operands().get(0);
            Value[] results = several.computeIfAbsent(source, key -> new Value[LoopOp.resultCount(key)]);
            results[result.index()] = Linearisation.sum(results[result.index()], cotangent);
        } else {
            give(value.operands(), value.op().accept(new Transposition(value, cotangent, linear)));
        }
    }

    private static List<Value> checked(
            RuledOp.Custom op, List<Value> arguments, CustomRule.Cotangents rule, List<Value> incoming) {
        List<Value> back = rule.of(arguments, incoming);
        boolean fits = back.size() == arguments.size();
        for (int i = 0; fits && i < back.size(); i++) {
            fits = back.get(i) == null
                    || back.get(i).type().equals(arguments.get(i).type());
        }
        if (!fits) {
            throw new ShapeException("The rule of custom '" + op.rule().name() + "' gives cotangents " + back
                    + " for arguments " + arguments + "; one of its type is needed for each.");
        }
        return back;
    }

    private void give(List<Value> values, List<Value> back) {
        for (int i = 0; i < back.size(); i++) {
            if (back.get(i) != null && linear.contains(values.get(i))) {
                add(values.get(i), back.get(i));
            }
        }
    }

    private void add(Value value, Value cotangent) {
        cotangents.merge(value, cotangent, Linearisation::sum);
    }
}

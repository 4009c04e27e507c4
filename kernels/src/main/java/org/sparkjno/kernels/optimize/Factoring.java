// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Writes {@code c·a + c·b·d} as {@code c·(a + b·d)} where c is computed after the other factors. So a backward pass
 * multiplies by one derivative, which the forward pass computes and stores, and not by several parts of it that each
 * would be kept in memory until then.
 *
 * <p>Products are formed in another order, so results may differ by rounding.
 */
final class Factoring {
    /** A value as a multiple of another one, the latest of its factors. */
    private record Multiple(Value of) {}

    /** Length of the longest chain that ends in a value, which is later than all it depends on. */
    private final Map<Value, Integer> level = new IdentityHashMap<>();

    private final Map<Value, List<Value>> users = new IdentityHashMap<>();
    private final Map<Value, Value> rebuilt = new IdentityHashMap<>();
    private final Map<Value, Multiple> multiples = new IdentityHashMap<>();
    private final Map<Value, Value> coefficients = new IdentityHashMap<>();
    private final Set<Value> continued = identitySet();
    private final Set<Value> ended = identitySet();

    private Factoring(Graph graph) {
        for (Value value : graph.order()) {
            int latest = 0;
            for (Value operand : value.operands()) {
                latest = Math.max(latest, at(operand));
            }
            level.put(value, 1 + latest);
            Value of = factor(value);
            if (of != null) {
                multiples.put(value, new Multiple(of));
            }
            for (Value operand : value.operands()) {
                users.computeIfAbsent(operand, key -> new ArrayList<>()).add(value);
                Multiple multiple = multiples.get(operand);
                boolean goesOn = multiple != null && multiple.of() == of;
                (goesOn ? continued : ended).add(operand);
            }
        }
        ended.addAll(graph.outputs());
    }

    /** An equal graph, but for rounding, that keeps fewer values. */
    static Graph factor(Graph graph) {
        Factoring factoring = new Factoring(graph);
        return graph.rewrite(factoring::rewrite);
    }

    /** What a value is a multiple of, if it is a product or a sum of multiples; else null. */
    private Value factor(Value value) {
        if (!(value.op() instanceof Op.Elementwise op) || !value.dtype().isFloating()) {
            return null;
        }
        Primitive primitive = op.primitive();
        List<Value> x = value.operands();
        if (primitive == Primitive.MUL) {
            Value first = root(x.get(0));
            Value second = root(x.get(1));
            if (first == second) {
                return null;
            }
            return at(first) > at(second) ? later(x.get(0), x.get(1)) : later(x.get(1), x.get(0));
        }
        if (primitive == Primitive.NEG) {
            return multiples.containsKey(x.get(0)) ? root(x.get(0)) : null;
        }
        if (primitive == Primitive.ADD || primitive == Primitive.SUB) {
            boolean same = root(x.get(0)) == root(x.get(1))
                    && (multiples.containsKey(x.get(0)) || multiples.containsKey(x.get(1)));
            return same ? root(x.get(0)) : null;
        }
        return null;
    }

    /** The root of the later factor, if the other factor cannot depend on it. */
    private Value later(Value factor, Value other) {
        return at(other) < at(root(factor)) ? root(factor) : null;
    }

    private int at(Value value) {
        return level.get(value);
    }

    private Value root(Value value) {
        Multiple multiple = multiples.get(value);
        return multiple == null ? value : multiple.of();
    }

    private Value rewrite(Value value, List<Value> operands) {
        Value result = value.over(operands);
        Multiple multiple = multiples.get(value);
        if (multiple != null && ended.contains(value) && !continued.contains(value) && saves(value)) {
            result = value.instead(new Op.Elementwise(Primitive.MUL), List.of(now(multiple.of()), coefficient(value)));
        }
        rebuilt.put(value, result);
        return result;
    }

    private Value now(Value value) {
        return rebuilt.getOrDefault(value, value);
    }

    /** Whether at least two whole tensors would be kept for this multiple alone. */
    private boolean saves(Value value) {
        Set<Value> members = identitySet();
        Set<Value> factors = identitySet();
        collect(value, members, factors);
        int root = at(root(value));
        long kept = factors.stream()
                .filter(factor ->
                        users.get(factor).stream().allMatch(user -> at(user) < root || members.contains(user)))
                .count();
        return kept >= 2;
    }

    /** The sums and products that a multiple is made of, and the whole tensors that its coefficient is made of. */
    private void collect(Value value, Set<Value> members, Set<Value> factors) {
        Value root = root(value);
        members.add(value);
        for (Value operand : value.operands()) {
            if (operand == root) {
                continue;
            }
            if (isMultiple(operand, root)) {
                collect(operand, members, factors);
            } else if (!(operand.op() instanceof Op.Broadcast)) {
                factors.add(operand);
            }
        }
    }

    private static Set<Value> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The factor by which a multiple exceeds its root. */
    private Value coefficient(Value value) {
        Value known = coefficients.get(value);
        if (known != null) {
            return known;
        }
        Value root = root(value);
        Primitive primitive = ((Op.Elementwise) value.op()).primitive();
        Value result;
        if (primitive == Primitive.MUL) {
            Value factor = isMultiple(value.operands().get(0), root)
                    ? value.operands().get(0)
                    : value.operands().get(1);
            Value other = factor == value.operands().get(0)
                    ? value.operands().get(1)
                    : value.operands().get(0);
            result = factor == root ? now(other) : coefficient(factor).times(now(other));
        } else {
            List<Value> parts =
                    value.operands().stream().map(part -> part(part, root)).toList();
            result = value.instead(value.op(), parts);
        }
        coefficients.put(value, result);
        return result;
    }

    private boolean isMultiple(Value value, Value root) {
        return value == root || multiples.containsKey(value) && root(value) == root;
    }

    private Value part(Value value, Value root) {
        return value == root ? Value.full(root.type(), 1) : coefficient(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Computes cheap functions of a stored value again where they are read, in place of storing them beside it: the
 * derivative {@code 1 - t²} of a hyperbolic tangent {@code t}, which the backward pass reads in any case.
 */
final class Recomputation {
    private static final Set<Primitive> CHEAP = EnumSet.of(Primitive.ADD, Primitive.SUB, Primitive.MUL, Primitive.NEG);
    private static final int LONGEST_CHAIN = 4;

    private final Views views;
    private final List<Group> groups;
    /** What must be in memory whatever this pass does. */
    private final Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Groups that read a value point by point from the memory of another one. */
    private final Map<Value, Set<Group>> readers = new IdentityHashMap<>();

    private Recomputation(Graph graph, List<Group> groups, Views views) {
        this.views = views;
        this.groups = groups;
        graph.outputs().forEach(output -> needed.add(views.of(output).base()));
        groups.forEach(this::findNeeds);
    }

    /** Lets groups compute what they would read, where that pays. */
    static void arrange(Graph graph, List<Group> groups, Views views) {
        new Recomputation(graph, groups, views).arrange();
    }

    private void findNeeds(Group group) {
        for (Value value : group.body) {
            for (Value operand : value.operands()) {
                boolean pointwise = value.op() instanceof Op.Elementwise
                        && views.of(operand) != null
                        && views.of(operand).base() == operand;
                if (!pointwise) {
                    need(operand);
                } else if (!group.computes(operand)) {
                    readers.computeIfAbsent(operand, key -> new LinkedHashSet<>())
                            .add(group);
                }
            }
        }
        group.products().forEach(product -> product.contraction().operands().forEach(this::need));
        for (Value fold : group.folds) {
            Value operand = fold.operands().get(0);
            if (!group.computes(operand)) {
                need(operand);
            }
        }
    }

    private void need(Value value) {
        View view = views.of(value);
        needed.add(view == null ? value : view.base());
    }

    private void arrange() {
        for (Group group : groups) {
            for (Value value : List.copyOf(group.body)) {
                Set<Group> others = readers.getOrDefault(value, Set.of());
                List<Value> chain = new ArrayList<>();
                if (!others.isEmpty() && !needed.contains(value) && isCheap(value, group, chain)) {
                    others.forEach(other -> prepend(chain, other));
                    drop(chain, group);
                }
            }
        }
    }

    /** Whether a value is a short and cheap function of one needed value of its group; the chain is operands first. */
    private boolean isCheap(Value value, Group group, List<Value> chain) {
        Set<Value> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
        return collect(value, group, chain, leaves) && leaves.size() == 1 && chain.size() <= LONGEST_CHAIN;
    }

    private boolean collect(Value value, Group group, List<Value> chain, Set<Value> leaves) {
        if (Splat.of(value) != null || chain.contains(value)) {
            return true;
        }
        if (needed.contains(value) && group.computes(value)) {
            leaves.add(value);
            return true;
        }
        if (!group.body.contains(value)
                || chain.size() == LONGEST_CHAIN
                || !(value.op() instanceof Op.Elementwise op && CHEAP.contains(op.primitive()))) {
            return false;
        }
        for (Value operand : value.operands()) {
            if (!collect(operand, group, chain, leaves)) {
                return false;
            }
        }
        chain.add(value);
        return true;
    }

    /** The chain depends on nothing that the group computes, so that it may come first. */
    private static void prepend(List<Value> chain, Group group) {
        group.body.removeAll(chain);
        group.body.addAll(0, chain);
    }

    /** Removes what only the other groups want, users first. */
    private void drop(List<Value> chain, Group group) {
        for (int i = chain.size() - 1; i >= 0; i--) {
            Value value = chain.get(i);
            boolean used = group.body.stream().anyMatch(user -> user.operands().contains(value))
                    || group.folds.stream().anyMatch(fold -> fold.operands().contains(value));
            boolean read = i < chain.size() - 1 && readers.containsKey(value);
            if (!used && !read) {
                group.body.remove(value);
            }
        }
    }
}

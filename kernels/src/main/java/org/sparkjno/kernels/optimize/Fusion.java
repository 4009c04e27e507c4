// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Groups values into kernels. Elementwise work joins the loop or contraction that makes its operands; reductions join
 * the loop that makes what they reduce; sums and differences of contractions become one accumulation. A value joins a
 * group only where no path leads out of the group and back.
 */
final class Fusion {
    /** Sets of accumulators that share a register file and still leave rows enough to each. */
    private static final int MOST_SIBLINGS = 4;

    private final Views views;
    private final Map<Value, Integer> uses;
    private final List<Group> groups = new ArrayList<>();
    private final Map<Value, Group> home = new IdentityHashMap<>();
    private final Map<Value, Set<Value>> sources = new IdentityHashMap<>();

    private Fusion(Graph graph, Views views) {
        this.views = views;
        this.uses = graph.uses();
        for (Value value : graph.order()) {
            if (!isStored(value) && !views.isView(value)) {
                place(value);
            }
        }
    }

    /** The groups, each after those whose results it needs. */
    static List<Group> groups(Graph graph, Views views) {
        return new Fusion(graph, views).ordered();
    }

    private static boolean isStored(Value value) {
        return value.op() instanceof Op.Input || value.op() instanceof Op.Constant;
    }

    private void place(Value value) {
        if (value.op() instanceof Op.Contract) {
            Group group = open(value);
            group.sums.add(new Group.Sum(value, List.of(new Group.Product(value, false))));
        } else if (value.op() instanceof Op.Reduce op) {
            placeReduction(value, op);
        } else if (value.op() instanceof Op.Elementwise op) {
            if (!sumContractions(value, op.primitive())) {
                placeElementwise(value);
            }
        } else if (value.op() instanceof Op.Cast) {
            placeElementwise(value);
        } else if (value.op() instanceof LoopOp.Result) {
            Group loop = home.get(value.operands().get(0));
            loop.body.add(value);
            home.put(value, loop);
        } else {
            open(value).body.add(value);
        }
    }

    private Group open(Value value) {
        boolean reduces = value.op() instanceof Op.Reduce;
        Group group = new Group(groups.size(), reduces ? value.operands().get(0).shape() : value.shape());
        groups.add(group);
        join(group, value);
        return group;
    }

    private void join(Group group, Value value) {
        home.put(value, group);
        for (Value operand : value.operands()) {
            for (Value source : sources(operand)) {
                Group needed = home.get(source);
                if (needed != null && needed != group) {
                    require(group, needed);
                }
            }
        }
    }

    /** What must be stored before a value is read: its memory, and what the barriers on the way to it wait for. */
    private Set<Value> sources(Value value) {
        Set<Value> known = sources.get(value);
        if (known == null) {
            known = Collections.newSetFromMap(new IdentityHashMap<>());
            known.add(views.of(value).base());
            for (Value seen = value; views.isView(seen); seen = seen.operands().get(0)) {
                if (seen.op() instanceof RuledOp.Barrier) {
                    for (Value other :
                            seen.operands().subList(1, seen.operands().size())) {
                        known.addAll(sources(other));
                    }
                }
            }
            sources.put(value, known);
        }
        return known;
    }

    private void require(Group group, Group needed) {
        group.before.set(needed.id);
        group.before.or(needed.before);
        for (Group other : groups) {
            if (other.before.get(group.id)) {
                other.before.or(group.before);
            }
        }
    }

    private void placeElementwise(Value value) {
        Group best = null;
        for (Group candidate : neighbours(value)) {
            if (mayJoin(candidate, value) && (best == null || prefers(candidate, best))) {
                best = candidate;
            }
        }
        if (best == null) {
            open(value).body.add(value);
            return;
        }
        best.body.add(value);
        join(best, value);
        for (Group other : neighbours(value)) {
            if (other != best) {
                absorb(best, other);
            }
        }
    }

    /** Groups over the same space that make operands of a value at the same point. */
    private Set<Group> neighbours(Value value) {
        Set<Group> result = new LinkedHashSet<>();
        for (Value operand : value.operands()) {
            Group group = home.get(operand);
            if (group != null && group.space.equals(value.shape()) && isPointwise(group) && group.computes(operand)) {
                result.add(group);
            }
        }
        return result;
    }

    private static boolean isPointwise(Group group) {
        if (!group.isContraction()) {
            for (Value value : group.body) {
                Op op = value.op();
                if (op instanceof Op.Pad
                        || op instanceof Op.Concat
                        || op instanceof LoopOp
                        || op instanceof HostOp
                        || Kernel.Dedicated.takes(op)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean prefers(Group candidate, Group best) {
        return candidate.before.get(best.id) || !best.before.get(candidate.id) && candidate.id > best.id;
    }

    private boolean mayJoin(Group group, Value value) {
        for (Value operand : value.operands()) {
            for (Value source : sources(operand)) {
                Group needed = home.get(source);
                if (needed == group && !group.computes(operand)) {
                    return false;
                }
                if (needed != null && needed != group && needed.before.get(group.id)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Moves a loop's work into another group when neither needs the other's results. */
    private void absorb(Group into, Group loop) {
        if (loop.isContraction() && into.isContraction() && !siblings(loop, into)
                || into.before.get(loop.id) && needsBetween(into, loop)
                || loop.before.get(into.id)
                || loop.isContraction() && !into.folds.isEmpty()
                || !loop.folds.isEmpty() && (into.isContraction() || !into.folds.isEmpty())) {
            return;
        }
        List<Value> merged = new ArrayList<>(loop.body);
        merged.addAll(into.body);
        into.body.clear();
        into.body.addAll(merged);
        into.folds.addAll(0, loop.folds);
        if (loop.isContraction()) {
            into.sums.addAll(loop.sums);
        }
        loop.body.clear();
        loop.folds.clear();
        loop.sums.clear();
        home.replaceAll((value, group) -> group == loop ? into : group);
        into.before.or(loop.before);
        into.before.clear(loop.id);
        into.before.clear(into.id);
        for (Group other : groups) {
            if (other != into && (other.before.get(loop.id) || other.before.get(into.id))) {
                other.before.clear(loop.id);
                other.before.set(into.id);
                other.before.or(into.before);
            }
        }
    }

    /**
     * Whether two kernels multiply by the same vectors, as the derivative streams of a layer do by its weights, so that
     * one kernel can load them once for all.
     */
    private boolean siblings(Group a, Group b) {
        if (a.sums.size() + b.sums.size() > MOST_SIBLINGS || !a.folds.isEmpty() || !b.folds.isEmpty()) {
            return false;
        }
        List<Kernel.Term> like = terms(a.sums.get(0));
        return allShareVectors(a, like) && allShareVectors(b, like);
    }

    private boolean allShareVectors(Group group, List<Kernel.Term> like) {
        for (Group.Sum sum : group.sums) {
            if (!sharesVectors(terms(sum), like)) {
                return false;
            }
        }
        return true;
    }

    private List<Kernel.Term> terms(Group.Sum sum) {
        return ContractionShape.terms(sum.products(), views);
    }

    private static boolean sharesVectors(List<Kernel.Term> terms, List<Kernel.Term> others) {
        boolean same = terms.size() == others.size();
        for (int i = 0; same && i < terms.size(); i++) {
            Kernel.Term term = terms.get(i);
            Kernel.Term other = others.get(i);
            same = term.vectors().base() == other.vectors().base()
                    && term.vectors().offset() == other.vectors().offset()
                    && term.vectors().strides().equals(other.vectors().strides())
                    && term.sumExtents().equals(other.sumExtents())
                    && term.vectorSumStrides().equals(other.vectorSumStrides());
        }
        return same;
    }

    /** Whether {@code into} needs {@code loop} by more than values at the same point. */
    private boolean needsBetween(Group into, Group loop) {
        for (Group other : groups) {
            if (other != into && other != loop && into.before.get(other.id) && other.before.get(loop.id)) {
                return true;
            }
        }
        for (Value value : into.body) {
            for (Value operand : value.operands()) {
                if (!loop.computes(operand) && comesFrom(loop, operand)) {
                    return true;
                }
            }
        }
        for (Group.Product product : into.products()) {
            for (Value operand : product.contraction().operands()) {
                if (comesFrom(loop, operand)) {
                    return true;
                }
            }
        }
        for (Value fold : into.folds) {
            if (comesFrom(loop, fold.operands().get(0))) {
                return true;
            }
        }
        return false;
    }

    private boolean comesFrom(Group group, Value value) {
        for (Value source : sources(value)) {
            if (home.get(source) == group) {
                return true;
            }
        }
        return false;
    }

    private void placeReduction(Value value, Op.Reduce op) {
        Value operand = value.operands().get(0);
        Group group = home.get(operand);
        if (group != null
                && !group.isContraction()
                && isPointwise(group)
                && group.computes(operand)
                && (group.folds.isEmpty()
                        || ((Op.Reduce) group.folds.get(0).op()).axes().equals(op.axes()))) {
            group.folds.add(value);
            home.put(value, group);
            return;
        }
        open(value).folds.add(value);
    }

    private boolean sumContractions(Value value, Primitive primitive) {
        if (primitive != Primitive.ADD && primitive != Primitive.SUB) {
            return false;
        }
        Group first = home.get(value.operands().get(0));
        Group second = home.get(value.operands().get(1));
        if (first == null
                || second == null
                || first == second
                || !accumulatesOnly(first, value.operands().get(0))
                || !accumulatesOnly(second, value.operands().get(1))
                || first.before.get(second.id)
                || second.before.get(first.id)) {
            return false;
        }
        List<Group.Product> products = new ArrayList<>(first.products());
        for (Group.Product product : second.products()) {
            products.add(new Group.Product(product.contraction(), product.negative() != (primitive == Primitive.SUB)));
        }
        if (RowAxis.of(products, value.shape(), views) < 0) {
            return false;
        }
        Group later = first.id > second.id ? first : second;
        Group earlier = later == first ? second : first;
        earlier.sums.clear();
        later.sums.clear();
        later.sums.add(new Group.Sum(value, products));
        for (Group.Product product : products) {
            home.remove(product.contraction());
        }
        home.values().removeIf(group -> group == earlier);
        later.before.or(earlier.before);
        home.put(value, later);
        return true;
    }

    private boolean accumulatesOnly(Group group, Value operand) {
        return group.onlyAccumulates()
                && group.sums.size() == 1
                && group.accumulates(operand)
                && uses.get(operand) == 1;
    }

    private List<Group> ordered() {
        Map<Group, Set<Value>> reads = new LinkedHashMap<>();
        for (Group group : groups) {
            if (group.isContraction() || !group.body.isEmpty() || !group.folds.isEmpty()) {
                reads.put(group, reads(group));
            }
        }
        return GroupOrder.of(reads, home);
    }

    /** What a group reads from the memory of other groups. */
    private Set<Value> reads(Group group) {
        Set<Value> reads = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Value> users = new ArrayList<>(group.body);
        users.addAll(group.folds);
        for (Group.Product product : group.products()) {
            users.add(product.contraction());
        }
        for (Value user : users) {
            for (Value operand : user.operands()) {
                for (Value source : sources(operand)) {
                    Group maker = home.get(source);
                    if (maker != null && maker != group) {
                        reads.add(source);
                    }
                }
            }
        }
        return reads;
    }
}

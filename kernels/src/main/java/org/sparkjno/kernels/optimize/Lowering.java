// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Turns groups of values into kernels, and finds out which values are stored and which are parts of others. */
final class Lowering {
    /**
     * A stored value that lies inside another one.
     *
     * @param whole the other one
     * @param offset elements before it
     */
    record Part(Value whole, long offset) {}

    private final Graph graph;
    private final Views views;
    private final List<Group> groups;
    private final Set<Value> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Value, Part> parts = new IdentityHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();

    private final ConstantPool constants;
    private final int threads;

    Lowering(Graph graph, ConstantPool constants, int threads) {
        this.graph = graph;
        this.threads = threads;
        this.constants = constants;
        this.views = new Views(graph);
        this.groups = Fusion.groups(graph, views);
        Recomputation.arrange(graph, groups, views);
        findStored();
        for (Group group : groups) {
            placeParts(group);
        }
        for (Group group : groups) {
            lower(group);
        }
    }

    List<Kernel> kernels() {
        return kernels;
    }

    /** Values that lie inside others. */
    Map<Value, Part> parts() {
        return parts;
    }

    Views views() {
        return views;
    }

    private void findStored() {
        for (Group group : groups) {
            for (Value value : group.body) {
                boolean assembles = value.op() instanceof Op.Pad
                        || value.op() instanceof Op.Concat
                        || Kernel.Dedicated.takes(value.op());
                if (assembles) {
                    stored.add(value);
                }
                for (Value operand : value.operands()) {
                    if (assembles || View.isShapeOp(value.op()) || !group.computes(operand)) {
                        stored.add(views.of(operand).base());
                    }
                }
            }
            for (Group.Product product : group.products()) {
                for (Value operand : product.contraction().operands()) {
                    stored.add(views.of(operand).base());
                }
            }
            for (Value fold : group.folds) {
                stored.add(fold);
                Value operand = fold.operands().get(0);
                if (!group.computes(operand)) {
                    stored.add(views.of(operand).base());
                }
            }
        }
        for (Value output : graph.outputs()) {
            stored.add(views.of(output).base());
        }
    }

    /** Lets operands of a concatenation be computed in their place, where that place has no gaps. */
    private void placeParts(Group group) {
        for (Value value : group.body) {
            if (!(value.op() instanceof Op.Concat concat) || !leadingUnits(value.shape(), concat.axis())) {
                continue;
            }
            long offset = 0;
            for (Value operand : value.operands()) {
                View view = views.of(operand);
                Value base = view.base();
                boolean computed = !(base.op() instanceof Op.Input) && !(base.op() instanceof Op.Constant);
                if (computed && !isOutput(base) && view.isWhole(operand.shape()) && !parts.containsKey(base)) {
                    parts.put(base, new Part(value, offset));
                }
                offset += operand.shape().size();
            }
        }
    }

    private boolean isOutput(Value base) {
        for (Value output : graph.outputs()) {
            if (views.of(output).base() == base) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadingUnits(Shape shape, int axis) {
        for (int dim : shape.dims().subList(0, axis)) {
            if (dim != 1) {
                return false;
            }
        }
        return true;
    }

    private void lower(Group group) {
        if (!group.body.isEmpty() && group.body.get(0).op() instanceof LoopOp.Scan scan) {
            lowerLoop(group, scan);
            return;
        }
        if (!group.body.isEmpty() && group.body.get(0).op() instanceof HostOp call) {
            lowerHostCall(group, call);
            return;
        }
        if (group.space.size() == 0 && group.folds.isEmpty()) {
            return;
        }
        if (group.body.size() == 1 && group.body.get(0).op() instanceof Op.Pad pad) {
            lowerPad(group.body.get(0), pad);
        } else if (group.body.size() == 1 && group.body.get(0).op() instanceof Op.Concat concat) {
            lowerConcat(group.body.get(0), concat);
        } else if (group.body.size() == 1
                && Kernel.Dedicated.takes(group.body.get(0).op())) {
            lowerDedicated(group.body.get(0));
        } else {
            lowerPointwise(group);
        }
    }

    private void lowerPad(Value value, Op.Pad pad) {
        kernels.add(new Kernel.Clear(whole(value)));
        long offset = 0;
        List<Long> strides = new ArrayList<>();
        long[] target = value.shape().strides();
        for (int axis = 0; axis < target.length; axis++) {
            offset += target[axis] * pad.low().get(axis);
            strides.add(target[axis] * (pad.interior().get(axis) + 1));
        }
        copy(value.operands().get(0), new Access(value, offset, strides));
    }

    private void lowerConcat(Value value, Op.Concat concat) {
        List<Long> strides = View.contiguous(value.shape());
        long offset = 0;
        for (Value operand : value.operands()) {
            Part part = parts.get(views.of(operand).base());
            if (part == null || part.whole() != value || part.offset() != offset) {
                copy(operand, new Access(value, offset, strides));
            }
            offset += strides.get(concat.axis()) * operand.shape().dim(concat.axis());
        }
    }

    private List<Access> operands(Value value) {
        return value.operands().stream()
                .map(views::of)
                .map(view -> new Access(view.base(), view.offset(), view.strides()))
                .toList();
    }

    private void lowerHostCall(Group group, HostOp op) {
        Value call = group.body.get(0);
        List<Access> results = new ArrayList<>();
        for (int i = 0; i < op.results().size(); i++) {
            results.add(whole(result(group, op.results().get(i), i)));
        }
        kernels.add(new Kernel.HostCall(call, operands(call), results));
    }

    private void lowerDedicated(Value value) {
        List<Access> operands = operands(value);
        if (value.op() instanceof CollectiveOp) {
            kernels.add(exchange(value, operands.get(0)));
            return;
        }
        List<Access> scratch = value.op() instanceof IndexedOp.ArgSort sort
                ? List.of(whole(scratch(3 * value.shape().dim(sort.axis()))))
                : List.of();
        kernels.add(new Kernel.Dedicated(value, operands, whole(value), scratch));
    }

    /** All values of a sum that is then shared out need memory; the other results hold those of all ranks themselves. */
    private static Kernel exchange(Value value, Access operand) {
        Access work = value.op() instanceof CollectiveOp.ReduceScatter
                ? whole(Value.input("scratch", value.operands().get(0).type()))
                : whole(value);
        return new Kernel.Exchange(value, operand, work, whole(value));
    }

    /** Carries start as copies of the first ones and are overwritten from then on. */
    private void lowerLoop(Group group, LoopOp.Scan scan) {
        Value loop = group.body.get(0);
        List<Value> results = new ArrayList<>();
        Map<Integer, Integer> inPlace = new HashMap<>();
        for (int i = 0; i < scan.body().outputs().size(); i++) {
            results.add(result(group, scan.result(i), i));
            if (i < scan.carries()) {
                inPlace.put(i, i);
                start(loop.operands().get(i), results.get(i));
            }
        }
        Schedule body = Schedule.of(scan.body(), inPlace, constants, 1);
        if (body.kernels().stream().anyMatch(kernel -> kernel instanceof Kernel.Exchange)) {
            throw new IllegalArgumentException(
                    "A compiled loop cannot stop for other ranks; take the collective out of the loop.");
        }
        List<Kernel.Advance> inputs = new ArrayList<>();
        for (int i = 0; i < loop.operands().size(); i++) {
            Value operand =
                    i < scan.carries() ? results.get(i) : loop.operands().get(i);
            View view = views.of(operand) == null ? View.whole(operand) : views.of(operand);
            inputs.add(advance(
                    new Access(view.base(), view.offset(), List.of()),
                    scan,
                    scan.isSequence(i),
                    scan.body().inputs().get(i)));
        }
        List<Kernel.Advance> outputs = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            outputs.add(advance(
                    new Access(results.get(i), 0, List.of()),
                    scan,
                    i >= scan.carries(),
                    scan.body().outputs().get(i)));
        }
        // Functions in Java are called by the thread that came from there.
        int sharing = accumulates(scan) && !body.callsHost() ? Math.min(threads, scan.length()) : 1;
        Kernel.Repeat.Workspace workspace =
                Kernel.Repeat.Workspace.of(body, results.subList(0, scan.carries()), sharing);
        Value scratch = scratch(Math.toIntExact(workspace.bytes() / Long.BYTES));
        if (scan.length() > 0) {
            kernels.add(new Kernel.Repeat(body, scan.length(), inputs, outputs, whole(scratch), workspace));
        }
    }

    /** Whether iterations only add to the carries and read none of the sums, so that threads may share them. */
    private static boolean accumulates(LoopOp.Scan scan) {
        Map<Value, Integer> uses = scan.body().uses();
        for (int i = 0; i < scan.carries(); i++) {
            Value carry = scan.body().inputs().get(i);
            Value next = scan.body().outputs().get(i);
            boolean adds = next.op() instanceof Op.Elementwise op && op.primitive() == Primitive.ADD;
            if (!adds || !next.operands().contains(carry) || uses.get(carry) != 1 || uses.get(next) != 1) {
                return false;
            }
        }
        return true;
    }

    private static Value scratch(int words) {
        return Value.input("scratch", new TensorType(DType.I64, Shape.of(words)));
    }

    /** A result that nobody uses needs memory all the same. */
    private static Value result(Group group, TensorType type, int index) {
        for (Value value : group.body) {
            if (value.op() instanceof LoopOp.Result result && result.index() == index) {
                return value;
            }
        }
        return Value.of(new LoopOp.Result(index, type), group.body.get(0));
    }

    private void start(Value first, Value carry) {
        Double constant = Splat.of(first);
        if (constant != null && constant == 0) {
            kernels.add(new Kernel.Clear(whole(carry)));
        } else {
            copy(first, whole(carry));
        }
    }

    private static Kernel.Advance advance(Access first, LoopOp.Scan scan, boolean moves, Value slice) {
        long step = moves ? slice.shape().size() : 0;
        Access start = scan.backwards()
                ? new Access(first.base(), first.offset() + step * (scan.length() - 1), first.strides())
                : first;
        return new Kernel.Advance(start, scan.backwards() ? -step : step);
    }

    private void copy(Value from, Access to) {
        if (from.shape().size() == 0) {
            return;
        }
        View view = views.of(from);
        kernels.add(loop(
                from.shape().dims(),
                List.of(new Kernel.Load(from, new Access(view.base(), view.offset(), view.strides()))),
                List.of(),
                List.of(new Kernel.Store(from, to)),
                List.of()));
    }

    /** A kernel that copies a stored value into the memory of another one of its type. */
    static Kernel copyWhole(Value from, Value to) {
        return loop(
                from.shape().dims(),
                List.of(new Kernel.Load(from, whole(from))),
                List.of(),
                List.of(new Kernel.Store(from, whole(to))),
                List.of());
    }

    private static Access whole(Value value) {
        return new Access(value, 0, View.contiguous(value.shape()));
    }

    private void lowerPointwise(Group group) {
        List<Kernel.Load> loads = new ArrayList<>();
        List<Value> body = new ArrayList<>();
        Set<Value> named = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Group.Sum sum : group.sums) {
            named.add(sum.accumulated());
        }
        for (Value value : group.body) {
            if (View.isShapeOp(value.op())) {
                Value source = value.operands().get(0);
                load(value, views.of(source).through(source, value), named, loads);
                continue;
            }
            for (Value operand : value.operands()) {
                load(operand, views.of(operand), named, loads);
            }
            named.add(value);
            body.add(value);
        }
        List<Kernel.Fold> folds = new ArrayList<>();
        for (Value fold : group.folds) {
            Value operand = fold.operands().get(0);
            load(operand, views.of(operand), named, loads);
            folds.add(fold(fold, operand));
        }
        List<Kernel.Store> stores = new ArrayList<>();
        for (Group.Sum sum : group.sums) {
            if (stored.contains(sum.accumulated())) {
                stores.add(new Kernel.Store(sum.accumulated(), whole(sum.accumulated())));
            }
        }
        for (Value value : group.body) {
            if (stored.contains(value)) {
                stores.add(new Kernel.Store(value, whole(value)));
            }
        }
        kernels.add(
                group.isContraction()
                        ? contraction(group, loads, body, stores)
                        : loop(group.space.dims(), loads, body, stores, folds));
    }

    private static void load(Value value, View view, Set<Value> named, List<Kernel.Load> loads) {
        if (Splat.of(value) == null && named.add(value)) {
            loads.add(new Kernel.Load(value, new Access(view.base(), view.offset(), view.strides())));
        }
    }

    private static Kernel.Fold fold(Value value, Value operand) {
        Op.Reduce op = (Op.Reduce) value.op();
        long[] target = value.shape().strides();
        List<Long> strides = new ArrayList<>();
        int kept = 0;
        for (int axis = 0; axis < operand.shape().rank(); axis++) {
            strides.add(op.axes().contains(axis) ? 0L : target[kept++]);
        }
        return new Kernel.Fold(operand, op.reduction(), new Access(value, 0, strides));
    }

    private static Kernel loop(
            List<Integer> extents,
            List<Kernel.Load> loads,
            List<Value> body,
            List<Kernel.Store> stores,
            List<Kernel.Fold> folds) {
        List<List<Long>> accesses = strides(loads, stores);
        for (Kernel.Fold fold : folds) {
            accesses.add(fold.access().strides());
        }
        Collapse collapse = new Collapse(extents, accesses, false);
        return new Kernel.Loop(
                collapse.extents(), collapse.loads(loads), body, collapse.stores(stores), collapse.folds(folds));
    }

    private static List<List<Long>> strides(List<Kernel.Load> loads, List<Kernel.Store> stores) {
        List<List<Long>> strides = new ArrayList<>();
        for (Kernel.Load load : loads) {
            strides.add(load.access().strides());
        }
        for (Kernel.Store store : stores) {
            strides.add(store.access().strides());
        }
        return strides;
    }

    private Kernel contraction(Group group, List<Kernel.Load> loads, List<Value> body, List<Kernel.Store> stores) {
        List<Kernel.Sum> sums = new ArrayList<>();
        List<List<Long>> accesses = strides(loads, stores);
        for (Group.Sum sum : group.sums) {
            List<Kernel.Term> terms = ContractionShape.terms(sum.products(), views);
            for (Kernel.Term term : terms) {
                accesses.add(term.scalars().strides());
                accesses.add(term.vectors().strides());
            }
            sums.add(new Kernel.Sum(sum.accumulated(), terms));
        }
        Collapse space = new Collapse(group.space.dims(), accesses, true);
        List<Kernel.Sum> collapsed = collapse(sums, space);
        return new Kernel.Contraction(
                space.extents(),
                RowAxis.of(Kernel.terms(collapsed), space.extents()),
                collapsed,
                space.loads(loads),
                body,
                space.stores(stores));
    }

    /** Sums over fewer and longer axes; terms in the same place of their sums keep the same axes. */
    private static List<Kernel.Sum> collapse(List<Kernel.Sum> sums, Collapse space) {
        List<Collapse> summed = new ArrayList<>();
        for (int i = 0; i < sums.get(0).terms().size(); i++) {
            List<List<Long>> strides = new ArrayList<>();
            for (Kernel.Sum sum : sums) {
                strides.add(sum.terms().get(i).scalarSumStrides());
                strides.add(sum.terms().get(i).vectorSumStrides());
            }
            summed.add(new Collapse(sums.get(0).terms().get(i).sumExtents(), strides, false));
        }
        List<Kernel.Sum> collapsed = new ArrayList<>();
        for (Kernel.Sum sum : sums) {
            List<Kernel.Term> terms = new ArrayList<>();
            for (int i = 0; i < summed.size(); i++) {
                terms.add(collapse(sum.terms().get(i), space, summed.get(i)));
            }
            collapsed.add(new Kernel.Sum(sum.result(), terms));
        }
        return collapsed;
    }

    private static Kernel.Term collapse(Kernel.Term term, Collapse space, Collapse sums) {
        return new Kernel.Term(
                term.negative(),
                space.access(term.scalars()),
                space.access(term.vectors()),
                sums.extents(),
                sums.strides(term.scalarSumStrides()),
                sums.strides(term.vectorSumStrides()));
    }
}

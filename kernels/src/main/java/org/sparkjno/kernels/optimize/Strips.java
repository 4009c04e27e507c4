// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Strip mining: computes everything along one axis (the points of a collocation set, the samples of a batch) strip by
 * strip, so that what passes from kernel to kernel stays in cache. Values with the axis are computed per strip; sums over
 * the axis are accumulated; what does not have the axis is computed before or after the loop.
 */
final class Strips {
    private static final int FEWEST_ROWS = 32;
    private static final long WORTH_SHARING = 256 * 1024;
    /** What the values of one strip may take where threads share the last cache. */
    private static final long COMMON_CACHE_BYTES = 64 << 20;

    private final Graph graph;
    private final AxisClasses classes;
    private final int along;
    private final Set<Value> inside;
    /** What is accumulated over the strips. */
    private final Set<Value> sums;
    /** Sums over one strip that only other sums of that strip need. */
    private final Set<Value> partial;

    private Strips(Graph graph, AxisClasses classes, int along) {
        this.graph = graph;
        this.classes = classes;
        this.along = along;
        this.inside = identitySet();
        this.sums = identitySet();
        this.partial = identitySet();
        Map<Value, Integer> uses = graph.uses();
        Set<Value> late = identitySet();
        for (Value value : graph.order()) {
            boolean afterwards =
                    value.operands().stream().anyMatch(operand -> late.contains(operand) || sums.contains(operand));
            if (afterwards && addsSums(value, uses)) {
                sums.removeAll(value.operands());
                partial.addAll(value.operands());
                sums.add(value);
                continue;
            }
            boolean reads = value.operands().stream().anyMatch(inside::contains);
            if (afterwards) {
                late.add(value);
            } else if (hasStrips(value)) {
                inside.add(value);
            } else if (reads && accumulates(value)) {
                sums.add(value);
            } else if (reads) {
                late.add(value);
            }
        }
        inside.removeIf(value -> value.op() instanceof Op.Input || value.op() instanceof Op.Constant);
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /**
     * The same function with its widest axis cut in strips, or the graph itself where that does not pay.
     *
     * @param cacheBytes what the values of a strip may take
     * @param threads how many threads share the strips
     */
    static Graph mine(Graph graph, long cacheBytes, int threads) {
        int fewestRows = threads == 1 ? FEWEST_ROWS : 1;
        return cut(graph, fewestRows, strips -> strips.shared(strips.rows(cacheBytes), threads));
    }

    /** The same function with its widest axis cut in strips of so many rows, a divisor of its extent. */
    static Graph cut(Graph graph, ToIntFunction<Strips> rowsPerStrip) {
        return cut(graph, 1, rowsPerStrip);
    }

    private static Graph cut(Graph graph, int fewestRows, ToIntFunction<Strips> rowsPerStrip) {
        Graph unshared = graph.rewrite(Strips::withOwnBroadcasts);
        AxisClasses classes = new AxisClasses(unshared);
        int along = widest(unshared, classes);
        if (along < 0 || classes.extent(along) < 2 * fewestRows) {
            return graph;
        }
        Strips strips = new Strips(unshared, classes, along);
        int rows = rowsPerStrip.applyAsInt(strips);
        return rows < strips.extent() && !strips.inside.isEmpty() ? strips.rebuild(rows) : graph;
    }

    int extent() {
        return classes.extent(along);
    }

    /** Repetitions are not shared, lest one that two users share make their axes one. */
    private static Value withOwnBroadcasts(Value value, List<Value> operands) {
        List<Value> own = new ArrayList<>(operands.size());
        for (Value operand : operands) {
            own.add(operand.op() instanceof Op.Broadcast ? operand.instead(operand.op(), operand.operands()) : operand);
        }
        return value.over(own);
    }

    /** The class of axes with the most bytes, among those of which no value has two: such an axis cannot be cut. */
    private static int widest(Graph graph, AxisClasses classes) {
        Map<Integer, Long> weights = new HashMap<>();
        Set<Integer> squares = new HashSet<>();
        for (Value value : graph.order()) {
            if (value.op() instanceof Op.Elementwise || value.op() instanceof Op.Contract) {
                for (int axis = 0; axis < value.shape().rank(); axis++) {
                    int axisClass = classes.of(value, axis);
                    weights.merge(axisClass, value.type().bytes(), Long::sum);
                    if (classes.axis(value, axisClass) < 0) {
                        squares.add(axisClass);
                    }
                }
            }
        }
        weights.keySet().removeAll(squares);
        int best = -1;
        for (Map.Entry<Integer, Long> entry : weights.entrySet()) {
            if (best < 0
                    || entry.getValue() > weights.get(best)
                    || entry.getValue().equals(weights.get(best)) && entry.getKey() < best) {
                best = entry.getKey();
            }
        }
        return best;
    }

    /** Whether a strip of the value comes from the same strip of its operands, or from operands without strips. */
    private boolean hasStrips(Value value) {
        int axis = classes.axis(value, along);
        boolean mayLack = value.op() instanceof Op.Broadcast || value.op() instanceof Op.Contract;
        boolean fits = axis >= 0;
        for (int k = 0; fits && k < value.operands().size(); k++) {
            int source = AxisClasses.source(value, k, axis);
            boolean waitedFor = value.op() instanceof RuledOp.Barrier && k > 0;
            fits = waitedFor || source == classes.axis(value.operands().get(k), along) && (source >= 0 || mayLack);
        }
        return fits;
    }

    /** Whether a value is a sum or difference of sums that nobody else needs. */
    private boolean addsSums(Value value, Map<Value, Integer> uses) {
        return value.op() instanceof Op.Elementwise op
                && (op.primitive() == Primitive.ADD || op.primitive() == Primitive.SUB)
                && value.operands().stream().allMatch(operand -> sums.contains(operand) && uses.get(operand) == 1);
    }

    private boolean accumulates(Value value) {
        if (value.op() instanceof Op.Reduce op) {
            int axis = classes.axis(value.operands().get(0), along);
            return op.reduction() == Reduction.SUM && op.axes().contains(axis);
        }
        return value.op() instanceof Op.Contract
                && value.operands().stream().allMatch(operand -> classes.axis(operand, along) >= 0);
    }

    /**
     * Rows of a strip: as many as let the factors and results of its products stay in cache; all of them where not even
     * a few do.
     */
    private int rows(long cacheBytes) {
        int rows = fitting(cacheBytes);
        while (rows >= FEWEST_ROWS && extent() % rows != 0) {
            rows--;
        }
        return rows >= FEWEST_ROWS ? rows : extent();
    }

    /** Rows whose factors and results of products fit in a cache. */
    private int fitting(long cacheBytes) {
        Set<Value> stored = identitySet();
        for (Value value : inside) {
            if (value.op() instanceof Op.Contract) {
                stored.add(value);
                value.operands().stream().filter(inside::contains).forEach(stored::add);
            }
        }
        long bytes = stored.stream().mapToLong(value -> value.type().bytes()).sum();
        return bytes <= cacheBytes ? extent() : (int) (cacheBytes * extent() / bytes);
    }

    /**
     * Fewer rows if need be, so that each thread gets equally many strips, which leave the memory alone as far as the
     * threads' common cache allows: they share its bandwidth.
     */
    private int shared(int rows, int threads) {
        long bytes = inside.stream().mapToLong(value -> value.type().bytes()).sum();
        if (threads == 1 || bytes < WORTH_SHARING) {
            return rows;
        }
        int most = Math.min(Math.min(rows, extent() / threads), Math.max(1, fitting(COMMON_CACHE_BYTES)));
        for (int fewer = most; fewer > 0; fewer--) {
            if (extent() % (fewer * threads) == 0) {
                return fewer;
            }
        }
        return rows;
    }

    /** Repeating is free, so that a repetition need not be kept but is written twice. */
    private boolean repeatsWhatIsOutside(Value value) {
        return value.op() instanceof Op.Broadcast && !within(value.operands().get(0));
    }

    private boolean within(Value value) {
        return inside.contains(value) || sums.contains(value) || partial.contains(value);
    }

    private Graph rebuild(int rows) {
        int count = extent() / rows;
        List<Value> accumulated = new ArrayList<>();
        List<Value> kept = new ArrayList<>();
        for (Value value : graph.order()) {
            if (sums.contains(value)) {
                accumulated.add(value);
            }
        }
        Set<Value> outputs = identitySet();
        outputs.addAll(graph.outputs());
        Set<Value> usedOutside = identitySet();
        for (Value value : graph.order()) {
            if (!within(value)) {
                value.operands().stream().filter(inside::contains).forEach(usedOutside::add);
            }
        }
        for (Value value : graph.order()) {
            boolean needed = usedOutside.contains(value) || outputs.contains(value);
            if (inside.contains(value) && needed && !repeatsWhatIsOutside(value)) {
                kept.add(value);
            }
        }
        List<Value> sequences = new ArrayList<>();
        Set<Value> seen = identitySet();
        List<Value> ordered = new ArrayList<>();
        for (Value value : graph.order()) {
            if (within(value)) {
                ordered.add(value);
                for (Value operand : value.operands()) {
                    if (!within(operand) && classes.axis(operand, along) >= 0 && seen.add(operand)) {
                        sequences.add(operand);
                    }
                }
            }
        }
        Map<Value, Value> rebuilt = new IdentityHashMap<>();
        for (Value value : graph.order()) {
            if (!within(value)) {
                boolean early = value.operands().stream().allMatch(rebuilt::containsKey);
                if (early) {
                    rebuilt.put(value, value);
                }
            }
        }
        List<Value> sliced =
                sequences.stream().map(value -> slices(value, count, rows)).toList();
        List<Value> zeros =
                accumulated.stream().map(value -> Value.full(value.type(), 0)).toList();
        Recurrence.Outcome outcome = Recurrence.scan(count, zeros, sliced, (carries, slices) -> {
            Map<Value, Value> strip = new IdentityHashMap<>();
            for (int i = 0; i < sequences.size(); i++) {
                strip.put(sequences.get(i), slices.get(i));
            }
            for (Value value : ordered) {
                List<Value> operands = value.operands().stream()
                        .map(operand -> strip.getOrDefault(operand, operand))
                        .toList();
                strip.put(value, value.instead(narrow(value, rows), operands));
            }
            List<Value> next = new ArrayList<>();
            for (int i = 0; i < accumulated.size(); i++) {
                next.add(Value.of(new Op.Elementwise(Primitive.ADD), carries.get(i), strip.get(accumulated.get(i))));
            }
            List<Value> out = kept.stream().map(strip::get).toList();
            return new Recurrence.Step(next, out);
        });
        for (int i = 0; i < accumulated.size(); i++) {
            rebuilt.put(accumulated.get(i), outcome.carries().get(i));
        }
        for (int i = 0; i < kept.size(); i++) {
            rebuilt.put(kept.get(i), join(outcome.stacked().get(i), kept.get(i)));
        }
        for (Value value : graph.order()) {
            if (!rebuilt.containsKey(value) && (!within(value) || repeatsWhatIsOutside(value))) {
                List<Value> operands =
                        value.operands().stream().map(rebuilt::get).toList();
                rebuilt.put(value, value.instead(value.op(), operands));
            }
        }
        return Graph.of(
                graph.inputs(), graph.outputs().stream().map(rebuilt::get).toList());
    }

    /** [.., n, ..] to [strips, .., rows, ..]: strips one after another, each shaped like the whole. */
    private Value slices(Value value, int count, int rows) {
        int axis = classes.axis(value, along);
        List<Integer> dims = new ArrayList<>(value.shape().dims());
        dims.set(axis, rows);
        dims.add(axis, count);
        List<Integer> permutation = new ArrayList<>(List.of(axis));
        for (int i = 0; i < dims.size(); i++) {
            if (i != axis) {
                permutation.add(i);
            }
        }
        Value split = value.reshape(new Shape(dims));
        return axis == 0 ? split : Value.of(new Op.Transpose(permutation), split);
    }

    /** [strips, .., rows, ..] to [.., n, ..]. */
    private Value join(Value stacked, Value like) {
        int axis = classes.axis(like, along);
        List<Integer> permutation = new ArrayList<>();
        for (int i = 1; i < stacked.shape().rank(); i++) {
            permutation.add(i);
        }
        permutation.add(axis, 0);
        Value ordered = axis == 0 ? stacked : Value.of(new Op.Transpose(permutation), stacked);
        return ordered.reshape(like.shape());
    }

    /** The operation on strips in place of whole axes. */
    private Op narrow(Value value, int rows) {
        int axis = classes.axis(value, along);
        if (axis < 0) {
            return value.op();
        }
        if (value.op() instanceof Op.Broadcast op) {
            return new Op.Broadcast(narrow(op.shape(), axis, rows), op.axes());
        }
        if (value.op() instanceof Op.Reshape op) {
            return new Op.Reshape(narrow(op.shape(), axis, rows));
        }
        if (value.op() instanceof Op.Slice op) {
            List<Integer> limit = new ArrayList<>(op.limit());
            limit.set(axis, rows);
            return new Op.Slice(op.start(), limit, op.stride());
        }
        return value.op();
    }

    private static Shape narrow(Shape shape, int axis, int rows) {
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(axis, rows);
        return new Shape(dims);
    }
}

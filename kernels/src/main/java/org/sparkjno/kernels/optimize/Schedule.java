// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.GraphVerifier;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.graph.WindowedOp;

/**
 * A graph ready for rendering: kernels in order and a place for every stored value.
 */
public final class Schedule {
    /** What the values of one strip may take: a second cache, of which the planner uses each place about twice. */
    private static final long CACHE_BYTES = 2 << 20;

    private final List<Stage> stages;
    private final Graph optimised;
    private final int threads;
    private final List<Kernel> kernels;
    private final Map<Value, Slot> slots = new IdentityHashMap<>();
    private final ConstantPool constants;
    private final Map<Value, Lowering.Part> parts;
    private final MemoryPlan plan;

    private Schedule(List<Stage> stages, Map<Integer, Integer> inPlace, ConstantPool constants, int threads) {
        this.stages = List.copyOf(stages);
        Graph graph = last(stages);
        this.threads = threads;
        this.optimised = graph;
        this.constants = constants;
        Lowering lowering = new Lowering(graph, constants, threads);
        this.parts = lowering.parts();
        this.kernels = new ArrayList<>(lowering.kernels());
        for (int i = 0; i < graph.inputs().size(); i++) {
            slots.put(graph.inputs().get(i), new Slot(Slot.Region.INPUT, i, 0));
        }
        Map<Value, Value> overwritten = new IdentityHashMap<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            Value base = lowering.views().of(graph.outputs().get(i)).base();
            if (!inPlace.containsKey(i)) {
                slots.put(base, new Slot(Slot.Region.OUTPUT, i, 0));
                continue;
            }
            Value input = graph.inputs().get(inPlace.get(i));
            if (InPlaceOrder.arrange(kernels, base, input, parts.keySet(), overwritten)) {
                slots.put(base, new Slot(Slot.Region.INPUT, inPlace.get(i), 0));
                overwritten.put(base, input);
            } else {
                kernels.add(Lowering.copyWhole(base, input));
            }
        }
        List<List<Value>> touched = new ArrayList<>(kernels.size());
        for (Kernel kernel : kernels) {
            touched.add(arenaValues(kernel));
        }
        plan = new MemoryPlan(touched);
        for (Kernel kernel : kernels) {
            if (kernel instanceof Kernel.Exchange exchange) {
                // No text asks for it: the host reads what is exchanged, which may be a constant.
                slot(exchange.operand().base());
            }
        }
    }

    /**
     * Optimises and schedules a graph.
     *
     * @param graph what to compute
     * @param inPlace position of an output to position of the input whose memory it takes
     */
    public static Schedule of(Graph graph, Map<Integer, Integer> inPlace) {
        return of(graph, inPlace, 1);
    }

    /**
     * Optimises and schedules a graph for several threads.
     *
     * @param graph what to compute
     * @param inPlace position of an output to position of the input whose memory it takes
     * @param threads how many threads share the work
     */
    public static Schedule of(Graph graph, Map<Integer, Integer> inPlace, int threads) {
        List<Stage> stages = lowered(graph);
        pass("strip mining", simple -> Strips.mine(simple, CACHE_BYTES, threads), stages);
        return of(stages, inPlace, new ConstantPool(), threads);
    }

    /**
     * Optimises and schedules a graph for a device of many threads, which works on whole tensors rather than on strips.
     *
     * @param graph what to compute
     * @param inPlace position of an output to position of the input whose memory it takes
     */
    public static Schedule whole(Graph graph, Map<Integer, Integer> inPlace) {
        return of(lowered(graph), inPlace, new ConstantPool(), 1);
    }

    private static List<Stage> lowered(Graph graph) {
        List<Stage> stages = new ArrayList<>(List.of(new Stage("tracing", graph)));
        pass("order of collectives", CollectiveOrder::keep, stages);
        pass("simplification", Simplifier::simplify, stages);
        pass("factoring", Factoring::factor, stages);
        // Weights turned for a product are turned once, before the strips.
        lower(stages);
        return stages;
    }

    /** The schedule of a part of a program, whose constants it shares. */
    static Schedule of(Graph graph, Map<Integer, Integer> inPlace, ConstantPool constants, int threads) {
        List<Stage> stages = new ArrayList<>(List.of(new Stage("tracing", graph)));
        arrangeLoops(stages);
        return separated(stages, inPlace, constants, threads);
    }

    /** The schedule of a graph that is lowered up to the loops in it. */
    private static Schedule of(List<Stage> stages, Map<Integer, Integer> inPlace, ConstantPool constants, int threads) {
        if (last(stages).order().stream().anyMatch(value -> value.op() instanceof LoopOp.Scan)) {
            arrangeLoops(stages);
        }
        return separated(stages, inPlace, constants, threads);
    }

    private static Schedule separated(
            List<Stage> stages, Map<Integer, Integer> inPlace, ConstantPool constants, int threads) {
        pass("separation of outputs", Schedule::ownOutputs, stages);
        GraphVerifier.verify("optimisation", last(stages));
        return new Schedule(stages, inPlace, constants, threads);
    }

    private static void arrangeLoops(List<Stage> stages) {
        pass("simplification", Simplifier::simplify, stages);
        pass("loops", Schedule::loops, stages);
        lower(stages);
    }

    private static void lower(List<Stage> stages) {
        pass("lowering", graph -> graph.rewrite(Schedule::lowerable), stages);
        pass("simplification", Simplifier::simplify, stages);
    }

    /** What a pass makes is verified where assertions are on, as in tests; what all passes make, always. */
    private static void pass(String name, UnaryOperator<Graph> pass, List<Stage> stages) {
        Graph graph = pass.apply(last(stages));
        assert GraphVerifier.verify(name, graph) == graph;
        stages.add(new Stage(name, graph));
    }

    private static Graph last(List<Stage> stages) {
        return stages.get(stages.size() - 1).graph();
    }

    private static Graph loops(Graph graph) {
        return LoopPruning.prune(CheckpointedLoops.expand(LoopMerging.merge(graph)));
    }

    private static Value lowerable(Value value, List<Value> operands) {
        if (value.op() instanceof Op.Contract op) {
            return ContractRules.lowerable(value, op, operands.get(0), operands.get(1));
        }
        if (value.op() instanceof WindowedOp.OverlapAdd op) {
            return OverlapRule.lowerable(value, op, operands.get(0));
        }
        if (value.op() instanceof IndexedOp.Iota op) {
            return MovementRules.table(op);
        }
        return value.over(operands);
    }

    /** Gives every output memory that is neither an argument's, nor a constant's, nor another output's. */
    private static Graph ownOutputs(Graph graph) {
        List<Value> outputs = new ArrayList<>();
        for (Value output : graph.outputs()) {
            boolean shared = outputs.contains(output)
                    || output.op() instanceof Op.Input
                    || output.op() instanceof Op.Constant
                    || View.isShapeOp(output.op());
            outputs.add(shared ? Value.of(new Op.Reshape(output.shape()), output) : output);
        }
        return Graph.of(graph.inputs(), outputs);
    }

    private List<Value> arenaValues(Kernel kernel) {
        List<Value> values = new ArrayList<>();
        for (Access access : kernel.reads()) {
            addArenaValue(access.base(), values);
        }
        for (Access access : kernel.writes()) {
            addArenaValue(access.base(), values);
        }
        return values;
    }

    private void addArenaValue(Value base, List<Value> values) {
        Value root = root(base);
        if (!slots.containsKey(root) && !(root.op() instanceof Op.Constant)) {
            values.add(root);
        }
    }

    private Value root(Value base) {
        Value root = base;
        while (parts.containsKey(root)) {
            root = parts.get(root).whole();
        }
        return root;
    }

    /** The graph as it was given, and after each pass. */
    public List<Stage> stages() {
        return stages;
    }

    /** Where and when each value lies in the arena. */
    public List<Placement> placements() {
        return plan.placements();
    }

    /** The graph after all passes. */
    public Graph optimised() {
        return optimised;
    }

    /** How many threads share the work. */
    public int threads() {
        return threads;
    }

    /** Number of inputs and outputs. */
    public int arguments() {
        return optimised.inputs().size() + optimised.outputs().size();
    }

    /** Whether it calls functions in Java, in loops or not. */
    public boolean callsHost() {
        return kernels.stream()
                .anyMatch(kernel -> kernel instanceof Kernel.HostCall
                        || kernel instanceof Kernel.Repeat repeat
                                && repeat.body().callsHost());
    }

    /** What to run, in order. */
    public List<Kernel> kernels() {
        return kernels;
    }

    /** Where a stored value lies. */
    public Slot slot(Value base) {
        long offset = 0;
        Value root = base;
        while (parts.containsKey(root)) {
            Lowering.Part part = parts.get(root);
            offset += part.offset() * root.dtype().bytes();
            root = part.whole();
        }
        if (root.op() instanceof Op.Constant constant) {
            return new Slot(Slot.Region.CONSTANTS, 0, constants.offset(constant.literal()));
        }
        Slot slot = slots.get(root);
        return slot != null ? slot.plus(offset) : new Slot(Slot.Region.ARENA, 0, plan.offset(root) + offset);
    }

    /** The constants of the program. */
    public ConstantPool constants() {
        return constants;
    }

    /** Bytes of the arena. */
    public long arenaBytes() {
        return plan.arenaBytes();
    }

    /** Bytes alive at once at the worst moment; the arena cannot be smaller. */
    public long arenaLowerBound() {
        return plan.lowerBound();
    }
}

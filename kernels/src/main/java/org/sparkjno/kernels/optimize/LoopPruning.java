// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Value;

/** Takes out of loops what nobody needs: outputs that are not used, carries that serve only these, idle operands. */
final class LoopPruning {
    private final Map<Value, BitSet> used = new IdentityHashMap<>();
    /** For each loop the outputs of its body that it still has. */
    private final Map<Value, List<Integer>> kept = new IdentityHashMap<>();

    private LoopPruning(Graph graph) {
        for (Value value : graph.order()) {
            if (value.op() instanceof LoopOp.Result result
                    && value.operands().get(0).op() instanceof LoopOp.Scan) {
                used.computeIfAbsent(value.operands().get(0), key -> new BitSet())
                        .set(result.index());
            }
        }
    }

    /** The same graph with smaller loops, none of which may keep checkpoints. */
    static Graph prune(Graph graph) {
        LoopPruning pruning = new LoopPruning(graph);
        return pruning.used.isEmpty() ? graph : graph.rewrite(pruning::rewrite);
    }

    private Value rewrite(Value value, List<Value> operands) {
        if (value.op() instanceof LoopOp.Scan scan) {
            List<Integer> outputs = needed(scan, used.get(value));
            kept.put(value, outputs);
            return shrunk(scan, outputs, operands, value);
        }
        if (value.op() instanceof LoopOp.Result result
                && kept.containsKey(value.operands().get(0))) {
            int index = kept.get(value.operands().get(0)).indexOf(result.index());
            return value.instead(new LoopOp.Result(index, result.type()), operands);
        }
        return value.over(operands);
    }

    /** Outputs that are used, and carries on which they depend. */
    private static List<Integer> needed(LoopOp.Scan scan, BitSet used) {
        Graph body = scan.body();
        BitSet needed = (BitSet) used.clone();
        int before;
        do {
            before = needed.cardinality();
            List<Value> reached =
                    Graph.reach(needed.stream().mapToObj(body.outputs()::get).toList());
            for (int i = 0; i < scan.carries(); i++) {
                if (reached.contains(body.inputs().get(i))) {
                    needed.set(i);
                }
            }
        } while (needed.cardinality() > before);
        return needed.stream().boxed().toList();
    }

    private static Value shrunk(LoopOp.Scan scan, List<Integer> outputs, List<Value> operands, Value loop) {
        Graph body = scan.body();
        List<Value> results = outputs.stream().map(body.outputs()::get).toList();
        List<Value> reached = Graph.reach(results);
        List<Integer> inputs = new ArrayList<>(IntStream.range(0, body.inputs().size())
                .filter(i -> i < scan.carries()
                        ? outputs.contains(i)
                        : reached.contains(body.inputs().get(i)))
                .boxed()
                .toList());
        if (inputs.size() == body.inputs().size()
                && outputs.size() == body.outputs().size()) {
            return loop.over(operands);
        }
        LoopOp.Scan smaller = new LoopOp.Scan(
                Graph.of(inputs.stream().map(body.inputs()::get).toList(), results),
                scan.length(),
                (int) outputs.stream().filter(i -> i < scan.carries()).count(),
                (int) inputs.stream().filter(scan::isSequence).count(),
                scan.backwards());
        return loop.instead(smaller, inputs.stream().map(operands::get).toList());
    }
}

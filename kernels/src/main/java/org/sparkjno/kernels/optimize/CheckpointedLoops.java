// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Recurrence;
import org.sparkjno.kernels.graph.Segments;
import org.sparkjno.kernels.graph.Value;

/**
 * Writes a loop that keeps checkpoints as a loop over segments, each of them a loop whose start is kept.
 */
final class CheckpointedLoops {
    private final Map<Value, List<Value>> results = new IdentityHashMap<>();

    private CheckpointedLoops() {}

    /** The same graph in plain loops. */
    static Graph expand(Graph graph) {
        return graph.order().stream().anyMatch(value -> value.op() instanceof LoopOp.Scan)
                ? graph.rewrite(new CheckpointedLoops()::rewrite)
                : graph;
    }

    private Value rewrite(Value value, List<Value> operands) {
        if (value.op() instanceof LoopOp.Scan scan && scan.checkpoints().areResults()) {
            results.put(value, write(scan, operands));
            return value;
        }
        if (value.op() instanceof LoopOp.Result op
                && results.containsKey(value.operands().get(0))) {
            return results.get(value.operands().get(0)).get(op.index());
        }
        return value.over(operands);
    }

    private static List<Value> write(LoopOp.Scan scan, List<Value> operands) {
        Segments segments = new Segments(scan);
        int carries = scan.carries();
        List<Value> sequences = operands.subList(carries, carries + scan.sequences());
        List<Value> constants = operands.subList(carries + scan.sequences(), operands.size());
        List<Value> starts = operands.subList(0, carries);
        Recurrence.Body segment = (state, slices) -> {
            List<Value> inside = run(scan, scan.every(), state, slices, constants);
            List<Value> outputs = new ArrayList<>(inside.subList(carries, inside.size()));
            outputs.addAll(state);
            return new Recurrence.Step(inside.subList(0, carries), outputs);
        };
        List<Value> cut = sequences.stream().map(segments::complete).toList();
        Recurrence.Outcome run = scan.backwards()
                ? Recurrence.scanBackwards(segments.complete(), starts, cut, segment)
                : Recurrence.scan(segments.complete(), starts, cut, segment);
        List<Value> rest = segments.rest() == 0
                ? null
                : run(
                        scan,
                        segments.rest(),
                        run.carries(),
                        sequences.stream().map(segments::rest).toList(),
                        constants);
        List<Value> all = new ArrayList<>(rest == null ? run.carries() : rest.subList(0, carries));
        int stacked = scan.body().outputs().size() - carries;
        for (int i = 0; i < stacked; i++) {
            all.add(segments.join(run.stacked().get(i), rest == null ? null : rest.get(carries + i)));
        }
        for (int i = 0; i < carries; i++) {
            all.add(segments.joinStarts(
                    run.stacked().get(stacked + i),
                    rest == null ? null : run.carries().get(i)));
        }
        return all;
    }

    /** Some iterations; a single one needs no loop. */
    private static List<Value> run(
            LoopOp.Scan scan, int length, List<Value> carries, List<Value> sequences, List<Value> constants) {
        List<Value> operands = new ArrayList<>(carries);
        if (length == 1) {
            sequences.forEach(sequence -> operands.add(Segments.only(sequence)));
            operands.addAll(constants);
            List<Value> outputs = new ArrayList<>(scan.body().call(operands));
            for (int i = scan.carries(); i < outputs.size(); i++) {
                outputs.set(i, Segments.stacked(outputs.get(i)));
            }
            return outputs;
        }
        operands.addAll(sequences);
        operands.addAll(constants);
        LoopOp.Scan part = new LoopOp.Scan(scan.body(), length, scan.carries(), scan.sequences(), scan.backwards());
        return LoopOp.results(Value.of(part, operands));
    }
}

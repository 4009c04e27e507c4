// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.optimize;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Value;

/**
 * Takes the results of a loop from another one that computes them, too: a derivative's loop carries the values beside
 * their tangents, or keeps their checkpoints, so that the loop which computes the values alone need not run.
 *
 * @param small the loop that is replaced
 * @param large the loop that stands in
 */
record LoopMerging(Value small, Value large) {
    /** The same graph with as few loops; equal values should have been merged before. */
    static Graph merge(Graph graph) {
        Graph merged = graph;
        LoopMerging next = find(merged);
        while (next != null) {
            merged = next.apply(merged);
            next = find(merged);
        }
        return merged;
    }

    private static LoopMerging find(Graph graph) {
        List<Value> loops = graph.order().stream()
                .filter(value -> value.op() instanceof LoopOp.Scan)
                .toList();
        for (Value small : loops) {
            for (Value large : loops) {
                LoopMerging merging = new LoopMerging(small, large);
                if (small != large && merging.isCovered() && !merging.isCyclic()) {
                    return merging;
                }
            }
        }
        return null;
    }

    private LoopOp.Scan smallOp() {
        return (LoopOp.Scan) small.op();
    }

    private LoopOp.Scan largeOp() {
        return (LoopOp.Scan) large.op();
    }

    private boolean isCovered() {
        LoopOp.Scan a = smallOp();
        LoopOp.Scan b = largeOp();
        boolean keeps = a.checkpoints().areResults();
        return a.length() == b.length()
                && a.backwards() == b.backwards()
                && (!keeps || b.checkpoints().areResults() && a.every() == b.every())
                && IntStream.range(0, a.body().inputs().size()).allMatch(this::isCoveredInput)
                && IntStream.range(0, a.body().outputs().size()).allMatch(i -> output(i) >= 0);
    }

    private boolean isCoveredInput(int input) {
        int other = input(input);
        return other >= 0
                && large.operands().get(other) == small.operands().get(input)
                && (input < smallOp().carries()) == (other < largeOp().carries())
                && smallOp().isSequence(input) == largeOp().isSequence(other);
    }

    /** Where the larger loop has an input of the smaller one; negative if it has not. */
    private int input(int input) {
        return largeOp().body().inputs().indexOf(smallOp().body().inputs().get(input));
    }

    /** Where the larger loop has an output of the smaller one; negative if it has not. */
    private int output(int output) {
        List<Value> outputs = largeOp().body().outputs();
        Value wanted = smallOp().body().outputs().get(output);
        if (output < smallOp().carries()) {
            int carry = input(output);
            return outputs.get(carry) == wanted ? carry : -1;
        }
        int carries = largeOp().carries();
        int stacked = outputs.subList(carries, outputs.size()).indexOf(wanted);
        return stacked < 0 ? -1 : carries + stacked;
    }

    private int result(int result) {
        int outputs = smallOp().body().outputs().size();
        return result < outputs ? output(result) : largeOp().body().outputs().size() + input(result - outputs);
    }

    private boolean isCyclic() {
        return Graph.reach(large.operands()).contains(small);
    }

    private Graph apply(Graph graph) {
        Map<Value, Value> rebuilt = new IdentityHashMap<>();
        for (Value value : Graph.reach(graph.outputs(), this::operands)) {
            List<Value> operands = operands(value).stream().map(rebuilt::get).toList();
            rebuilt.put(value, rebuild(value, operands));
        }
        return Graph.of(
                graph.inputs(), graph.outputs().stream().map(rebuilt::get).toList());
    }

    private List<Value> operands(Value value) {
        return isReplaced(value) ? List.of(large) : value.operands();
    }

    private boolean isReplaced(Value value) {
        return value.op() instanceof LoopOp.Result && value.operands().get(0) == small;
    }

    private Value rebuild(Value value, List<Value> operands) {
        if (isReplaced(value)) {
            LoopOp.Result result = (LoopOp.Result) value.op();
            return value.instead(new LoopOp.Result(result(result.index()), result.type()), operands);
        }
        return value.over(operands);
    }
}

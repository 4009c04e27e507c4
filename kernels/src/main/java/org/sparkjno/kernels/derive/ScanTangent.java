// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.CustomRule;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/**
 * The linearisation of a loop: a loop that carries values and tangents side by side, in memory that does not grow with
 * the number of iterations. It knows its transpose, {@link ScanTranspose}, which is another loop, run the other way.
 */
final class ScanTangent {
    private final LoopOp.Scan scan;
    private final List<Value> operands;
    private final List<Value> tangents;
    /** Operands that move in some iteration, in order. */
    private final List<Integer> moving;
    /** From the inputs of the body, then tangents of the moving ones, to its outputs, then their tangents. */
    private Graph body;
    /** Outputs of the body that move, in order. */
    private final List<Integer> moved = new ArrayList<>();

    /**
     * Linearises a loop.
     *
     * @param incoming tangents of its operands, null where one does not move
     */
    ScanTangent(Value loop, List<Value> incoming) {
        this.scan = (LoopOp.Scan) loop.op();
        this.operands = loop.operands();
        this.tangents = incoming;
        this.moving = linearise();
    }

    /** A carry that starts at rest moves as soon as one iteration moves it. */
    private List<Integer> linearise() {
        Graph graph = scan.body();
        SortedSet<Integer> found = new TreeSet<>(IntStream.range(0, operands.size())
                .filter(i -> tangents.get(i) != null)
                .boxed()
                .toList());
        while (true) {
            List<Value> inputs = found.stream().map(graph.inputs()::get).toList();
            List<Value> directions = inputs.stream()
                    .map(input -> Value.input("direction", input.type()))
                    .toList();
            Pushforward pushforward = new Pushforward(graph.outputs(), inputs, directions);
            List<Integer> late = IntStream.range(0, scan.carries())
                    .filter(i -> pushforward.tangent(graph.outputs().get(i)) != null && !found.contains(i))
                    .boxed()
                    .toList();
            if (late.isEmpty()) {
                moved.addAll(IntStream.range(0, graph.outputs().size())
                        .filter(i -> i < scan.carries()
                                ? found.contains(i)
                                : pushforward.tangent(graph.outputs().get(i)) != null)
                        .boxed()
                        .toList());
                List<Value> results = new ArrayList<>(graph.outputs());
                moved.forEach(i ->
                        results.add(pushforward.tangentOrZero(graph.outputs().get(i))));
                body = Graph.of(Lists.concat(graph.inputs(), directions), results);
                return List.copyOf(found);
            }
            found.addAll(late);
        }
    }

    /** One tangent per result of the loop, null for zero. */
    List<Value> results() {
        List<Value> directions = moving.stream().map(this::direction).toList();
        List<Integer> positions = results(moved);
        CustomRule rule = CustomRule.ofCotangents(
                "scan", (x, dy) -> new ScanTranspose(scan, moving, x, spread(positions, dy)).cotangents());
        return spread(positions, RuledOp.custom(rule, joint(directions), Lists.concat(operands, directions)));
    }

    /** Puts values at some results of the loop, and null at the others. */
    private List<Value> spread(List<Integer> positions, List<Value> values) {
        List<Value> all = Arrays.asList(new Value[scan.resultCount()]);
        for (int i = 0; i < positions.size(); i++) {
            all.set(positions.get(i), values.get(i));
        }
        return all;
    }

    /** Results that move: those outputs, and the checkpoints of those carries. */
    private List<Integer> results(List<Integer> outputs) {
        List<Integer> results = new ArrayList<>(outputs);
        if (scan.checkpoints().areResults()) {
            outputs.stream()
                    .filter(i -> i < scan.carries())
                    .forEach(i -> results.add(scan.body().outputs().size() + i));
        }
        return results;
    }

    private Value direction(int operand) {
        Value tangent = tangents.get(operand);
        return tangent != null ? tangent : Value.full(operands.get(operand).type(), 0);
    }

    /** The loop over values and tangents, and of its results the tangents. */
    private List<Value> joint(List<Value> directions) {
        List<Value> all = Lists.concat(operands, directions);
        List<Integer> carries = kind(all.size(), i -> i < scan.carries());
        List<Integer> sequences = kind(all.size(), scan::isSequence);
        List<Integer> constants = kind(all.size(), i -> i >= scan.carries() + scan.sequences());
        List<Integer> order = Lists.concat(Lists.concat(carries, sequences), constants);
        int outputs = scan.body().outputs().size();
        List<Integer> results = new ArrayList<>();
        IntStream.range(0, scan.carries()).forEach(results::add);
        IntStream.range(outputs, outputs + moved.size()).forEach(results::add);
        Graph reordered = Graph.of(Lists.at(body.inputs(), order), Lists.at(body.outputs(), results));
        LoopOp.Scan joint = new LoopOp.Scan(
                reordered, scan.length(), carries.size(), sequences.size(), scan.backwards(), scan.checkpoints());
        List<Value> values = LoopOp.results(Value.of(joint, Lists.at(all, order)));
        List<Value> result = new ArrayList<>(values.subList(scan.carries(), results.size()));
        if (scan.checkpoints().areResults()) {
            result.addAll(values.subList(results.size() + scan.carries(), values.size()));
        }
        return result;
    }

    /** Positions among operands and directions whose operand is of a kind. */
    private List<Integer> kind(int count, IntPredicate kind) {
        return IntStream.range(0, count)
                .filter(i -> kind.test(i < operands.size() ? i : moving.get(i - operands.size())))
                .boxed()
                .toList();
    }
}

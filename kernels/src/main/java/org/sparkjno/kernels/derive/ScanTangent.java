// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final BodyTangent body;

    /**
     * Linearises a loop.
     *
     * @param incoming tangents of its operands, null where one does not move
     * @param body the linearisation of its body
     */
    ScanTangent(Value loop, List<Value> incoming, BodyTangent body) {
        this.scan = (LoopOp.Scan) loop.op();
        this.operands = loop.operands();
        this.tangents = incoming;
        this.body = body;
    }

    /** One tangent per result of the loop, null for zero. */
    List<Value> results() {
        List<Value> directions = body.moving().stream().map(this::direction).toList();
        List<Integer> positions = results(body.moved());
        CustomRule rule = CustomRule.ofCotangents(
                "scan", (x, dy) -> new ScanTranspose(scan, body.moving(), x, spread(positions, dy)).cotangents());
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
        List<Value> computed = body.graph().outputs();
        int end = computed.size();
        int movedCarries = carries.size() - scan.carries();
        List<Value> results = new ArrayList<>(computed.subList(0, scan.carries()));
        results.addAll(computed.subList(outputs, outputs + movedCarries));
        results.addAll(computed.subList(scan.carries(), outputs));
        results.addAll(computed.subList(outputs + movedCarries, end));
        Graph reordered = Graph.of(Lists.at(body.graph().inputs(), order), results);
        LoopOp.Scan joint = new LoopOp.Scan(
                reordered, scan.length(), carries.size(), sequences.size(), scan.backwards(), scan.checkpoints());
        List<Value> values = LoopOp.results(Value.of(joint, Lists.at(all, order)));
        List<Value> tangentsOfResults = new ArrayList<>(values.subList(scan.carries(), carries.size()));
        tangentsOfResults.addAll(values.subList(outputs + movedCarries, end));
        if (scan.checkpoints().areResults()) {
            tangentsOfResults.addAll(values.subList(end + scan.carries(), values.size()));
        }
        return tangentsOfResults;
    }

    /** Positions among operands and directions whose operand is of a kind. */
    private List<Integer> kind(int count, IntPredicate kind) {
        return IntStream.range(0, count)
                .filter(i -> kind.test(i < operands.size() ? i : body.moving().get(i - operands.size())))
                .boxed()
                .toList();
    }
}

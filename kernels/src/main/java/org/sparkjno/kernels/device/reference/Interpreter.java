// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.collective.Collective;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.RuledOp;
import org.sparkjno.kernels.graph.Value;

/** Evaluates a graph, value by value; loops are run as they read. */
final class Interpreter {
    private final Map<Value, double[]> elements = new IdentityHashMap<>();
    private final Map<Value, List<double[]>> several = new IdentityHashMap<>();

    private final Collective world;

    private Interpreter(Collective world) {
        this.world = world;
    }

    /** Elements of the outputs, row-major, from those of the inputs, for one rank of a world. */
    static List<double[]> run(Graph graph, List<double[]> inputs, Collective world) {
        Interpreter interpreter = new Interpreter(world);
        for (int i = 0; i < inputs.size(); i++) {
            interpreter.elements.put(graph.inputs().get(i), inputs.get(i));
        }
        graph.order().forEach(interpreter::evaluate);
        return graph.outputs().stream().map(interpreter.elements::get).toList();
    }

    private void evaluate(Value value) {
        if (elements.containsKey(value)) {
            return;
        }
        List<double[]> operands = value.operands().stream().map(elements::get).toList();
        if (value.op() instanceof LoopOp.Scan scan) {
            several.put(value, repeat(scan, operands));
        } else if (value.op() instanceof RuledOp.Custom custom) {
            several.put(value, operands.subList(0, custom.results()));
        } else if (value.op() instanceof HostOp) {
            several.put(value, HostEvaluation.of(value, operands));
        }
        elements.put(
                value,
                value.op() instanceof LoopOp.Result result
                        ? several.get(value.operands().get(0)).get(result.index())
                        : Evaluation.of(value, operands, world));
    }

    private List<double[]> repeat(LoopOp.Scan scan, List<double[]> operands) {
        List<double[]> arguments = new ArrayList<>(operands);
        List<double[]> results = new ArrayList<>();
        for (int i = 0; i < scan.resultCount(); i++) {
            results.add(
                    i < scan.carries()
                            ? operands.get(i)
                            : new double[Math.toIntExact(scan.result(i).shape().size())]);
        }
        for (int step = 0; step < scan.length(); step++) {
            int at = scan.backwards() ? scan.length() - 1 - step : step;
            for (int i = 0; i < arguments.size(); i++) {
                if (i < scan.carries()) {
                    arguments.set(i, results.get(i));
                } else if (scan.isSequence(i)) {
                    int size = operands.get(i).length / scan.length();
                    arguments.set(i, Arrays.copyOfRange(operands.get(i), at * size, (at + 1) * size));
                }
            }
            if (scan.checkpoints().areResults() && step % scan.every() == 0) {
                keep(scan, step / scan.every(), results);
            }
            List<double[]> outputs = run(scan.body(), arguments, world);
            for (int i = 0; i < outputs.size(); i++) {
                if (i < scan.carries()) {
                    results.set(i, outputs.get(i));
                } else {
                    int size = outputs.get(i).length;
                    System.arraycopy(outputs.get(i), 0, results.get(i), at * size, size);
                }
            }
        }
        return results;
    }

    /** Copies the carries to their checkpoints. */
    private static void keep(LoopOp.Scan scan, int number, List<double[]> results) {
        for (int i = 0; i < scan.carries(); i++) {
            double[] carry = results.get(i);
            double[] kept = results.get(scan.body().outputs().size() + i);
            int at = scan.backwards() ? kept.length - (number + 1) * carry.length : number * carry.length;
            System.arraycopy(carry, 0, kept, at, carry.length);
        }
    }
}

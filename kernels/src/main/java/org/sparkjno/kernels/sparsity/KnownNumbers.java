// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.sparsity;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.device.Buffer;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.kernels.graph.CollectiveOp;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.HostOp;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.LoopOp;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/** The numbers of values that are made from constants alone, computed by the reference device when they are asked for. */
final class KnownNumbers {
    /** More work than this makes a value count as unknown: the reference device takes about a second for it. */
    private static final long MOST_WORK = 1 << 24;

    private final Map<Value, double[]> numbers = new IdentityHashMap<>();
    private final Map<Value, Boolean> known = new IdentityHashMap<>();

    /** @param given numbers of inputs */
    KnownNumbers(Map<Value, double[]> given) {
        numbers.putAll(given);
    }

    /** Looks at a value whose operands were looked at before. */
    void visit(Value value) {
        Op op = value.op();
        boolean isKnown = op instanceof Op.Constant
                || op instanceof IndexedOp.Iota
                || numbers.containsKey(value)
                || !value.operands().isEmpty()
                        && isFunctionOfNumbers(op)
                        && value.operands().stream().allMatch(operand -> known.getOrDefault(operand, false));
        known.put(value, isKnown);
    }

    /** Whether a result follows from numbers alone, whoever computes it. */
    private static boolean isFunctionOfNumbers(Op op) {
        return op instanceof LoopOp.Scan scan
                ? scan.body().order().stream().map(Value::op).allMatch(KnownNumbers::isFunctionOfNumbers)
                : !(op instanceof CollectiveOp || op instanceof HostOp);
    }

    /** The elements of a value, row-major; null when they are not known. */
    double[] of(Value value) {
        if (!known.getOrDefault(value, false)) {
            return null;
        }
        if (!numbers.containsKey(value)) {
            numbers.put(value, compute(value));
        }
        return numbers.get(value);
    }

    private double[] compute(Value value) {
        if (value.op() instanceof Op.Constant constant) {
            return constant.literal().toArray();
        }
        if (value.op() instanceof Op.Broadcast || value.op() instanceof Op.Reshape) {
            // Spread here, because the reference device would take longer for it than for all the rest.
            double[] from = of(value.operands().get(0));
            return from == null ? null : spread(value, from);
        }
        return evaluate(value);
    }

    private static double[] spread(Value value, double[] from) {
        if (!(value.op() instanceof Op.Broadcast op)) {
            return from;
        }
        int[] source = Movements.sources(op, value.operands().get(0).shape());
        double[] spread = new double[source.length];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = from[source[i]];
        }
        return spread;
    }

    private double[] evaluate(Value value) {
        List<Value> reached = Graph.reach(List.of(value));
        if (reached.stream().mapToDouble(KnownNumbers::work).sum() > MOST_WORK) {
            return null;
        }
        List<Value> inputs =
                reached.stream().filter(each -> each.op() instanceof Op.Input).toList();
        try (ReferenceDevice device = new ReferenceDevice()) {
            List<Buffer> arguments = new ArrayList<>();
            for (Value input : inputs) {
                Buffer buffer = device.allocate(input.type());
                buffer.write(Literal.of(input.type(), numbers.get(input)));
                arguments.add(buffer);
            }
            Buffer result = device.allocate(value.type());
            device.compile(Graph.of(inputs, List.of(value)))
                    .bind(arguments, List.of(result))
                    .run();
            return result.read().toArray();
        }
    }

    private static double work(Value value) {
        if (value.op() instanceof LoopOp.Scan scan) {
            return scan.length()
                    * scan.body().order().stream()
                            .mapToDouble(KnownNumbers::work)
                            .sum();
        }
        if (value.op() instanceof Op.Contract op) {
            double products = value.shape().size();
            for (int axis = 0; axis < op.lhs().length(); axis++) {
                boolean isSummed = op.out().indexOf(op.lhs().charAt(axis)) < 0;
                products *= isSummed ? value.operands().get(0).shape().dim(axis) : 1;
            }
            return products;
        }
        return value.shape().size();
    }
}

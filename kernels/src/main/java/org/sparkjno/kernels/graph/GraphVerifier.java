// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Checks a whole graph anew, independently of how it was built: types follow from operands, operands precede users,
 * nothing but the listed inputs is free. Optimiser passes are checked by it.
 */
public final class GraphVerifier {
    private GraphVerifier() {}

    /**
     * Checks a graph.
     *
     * @param stage what made the graph, for the message
     * @return the graph
     * @throws IllegalStateException naming the stage, the operation, its operands and the line that built it
     */
    public static Graph verify(String stage, Graph graph) {
        Set<Value> defined = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Value> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
        inputs.addAll(graph.inputs());
        for (Value value : graph.order()) {
            if (value.op() instanceof Op.Input && !inputs.contains(value)) {
                throw failure(stage, value, "is not among the inputs of the graph");
            }
            if (!defined.containsAll(value.operands())) {
                throw failure(stage, value, "comes before one of its operands");
            }
            TensorType inferred = infer(stage, value);
            if (!inferred.equals(value.type())) {
                throw failure(stage, value, "has type " + value.type() + " but should have " + inferred);
            }
            if (value.op() instanceof LoopOp.Result op) {
                result(stage, value, op);
            } else if (value.op() instanceof LoopOp.Scan op) {
                verify(stage, op.body());
            }
            defined.add(value);
        }
        for (Value output : graph.outputs()) {
            if (!defined.contains(output)) {
                throw failure(stage, output, "is an output but is computed nowhere");
            }
        }
        return graph;
    }

    private static void result(String stage, Value value, LoopOp.Result op) {
        Value several = value.operands().get(0);
        if (op.index() < 0
                || op.index() >= LoopOp.resultCount(several)
                || !LoopOp.resultType(several, op.index()).equals(op.type())) {
            throw failure(
                    stage,
                    value,
                    "takes result " + op.index() + " as " + op.type() + ", which is no result of its operand");
        }
    }

    private static TensorType infer(String stage, Value value) {
        try {
            return value.op().infer(Value.types(value.operands()));
        } catch (ShapeException e) {
            throw failure(stage, value, "is ill-typed: " + e.getMessage());
        }
    }

    private static IllegalStateException failure(String stage, Value value, String what) {
        String origin = value.origin() == null ? "" : ", built at " + value.origin() + ",";
        return new IllegalStateException("After " + stage + ", " + value.op().text() + " of "
                + Value.types(value.operands()) + origin + " " + what + ".");
    }
}

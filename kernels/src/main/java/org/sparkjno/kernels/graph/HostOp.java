// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.Arrays;
import java.util.List;

/**
 * A call of a function in Java. Its results are taken out by {@link LoopOp.Result}. It has no derivative of its own.
 *
 * @param function what is called; equal functions are one
 * @param results types of its results
 */
public record HostOp(HostFunction function, List<TensorType> results) implements Op {
    public HostOp {
        results = List.copyOf(results);
    }

    /**
     * The results of a function in Java.
     *
     * @throws ShapeException when the function refuses the types of the operands, or has no result
     */
    public static List<Value> call(HostFunction function, List<Value> operands) {
        List<TensorType> types = operands.stream().map(Value::type).toList();
        return LoopOp.results(Value.of(new HostOp(function, function.results(types)), operands));
    }

    /** The results of a function in Java, see {@link #call(HostFunction, List)}. */
    public static List<Value> call(HostFunction function, Value... operands) {
        return call(function, Arrays.asList(operands));
    }

    @Override
    public String text() {
        return "host";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        List<TensorType> expected = function.results(operands);
        if (results.isEmpty() || !results.equals(expected)) {
            throw new ShapeException("The host function '" + function.name() + "' needs at least one result and gives "
                    + expected + " for operands " + operands + ", but " + results + " were asked for.");
        }
        return LoopOp.TOKEN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}

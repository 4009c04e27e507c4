// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;

/** Operations that change nothing but how their operands are differentiated, or when they are computed. */
public sealed interface RuledOp extends Op {
    /**
     * A function with derivatives of its own. Operands: its results as computed, then the arguments to which the rule
     * belongs. Its results are taken out by {@link LoopOp.Result}.
     *
     * @param rule the derivatives
     * @param results number of results
     */
    record Custom(CustomRule rule, int results) implements RuledOp {
        @Override
        public String text() {
            return "custom";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            if (results < 0 || results > operands.size()) {
                throw new ShapeException("custom '" + rule.name() + "' has " + results + " results, but only "
                        + operands.size() + " operands.");
            }
            return LoopOp.TOKEN;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The first operand, to be used only once the others are computed. No two barriers with different others are ever
     * merged, so what is computed behind one is computed again, and late.
     */
    record Barrier() implements RuledOp {
        @Override
        public String text() {
            return "barrier";
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            if (operands.isEmpty()) {
                throw new ShapeException("barrier takes at least one operand, but got none.");
            }
            return operands.get(0);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The results of a function with derivatives of its own.
     *
     * @param values the results as computed
     * @param arguments what the rule knows as x
     */
    static List<Value> custom(CustomRule rule, List<Value> values, List<Value> arguments) {
        List<Value> operands = new ArrayList<>(values);
        operands.addAll(arguments);
        return LoopOp.results(Value.of(new Custom(rule, values.size()), operands));
    }

    /** A value that is not to be used before others are computed. */
    static Value after(Value value, List<Value> others) {
        List<Value> operands = new ArrayList<>(List.of(value));
        operands.addAll(others);
        return Value.of(new Barrier(), operands);
    }
}

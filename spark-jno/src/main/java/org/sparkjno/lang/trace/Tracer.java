// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;

/**
 * Traces expressions that are computed together. Each is a tensor along the axes it depends on and no others, so that what
 * depends on points alone is computed once for all samples; equal parts are one; and all derivatives of an expression come from
 * one propagation.
 */
public final class Tracer {
    private final Frame frame;
    private final Interning interning = new Interning();
    private final Map<Expression, Traced> traced = new IdentityHashMap<>();
    private final List<Expression> roots;
    private final Derivatives derivatives;

    /**
     * A tracer of expressions that are all known now.
     *
     * @throws org.sparkjno.lang.expression.ExpressionException when a derivative in them has no meaning
     */
    public Tracer(Frame frame, Collection<Expression> expressions) {
        this.frame = frame;
        this.roots = expressions.stream().map(interning::of).toList();
        this.derivatives = new Derivatives(frame, roots);
    }

    /** The tensor of one of the expressions. */
    public Traced trace(Expression expression) {
        return interned(interning.of(expression));
    }

    /** What is shared, for people. */
    public List<String> sharing() {
        return derivatives.summary();
    }

    private Traced interned(Expression expression) {
        Traced known = traced.get(expression);
        if (known == null) {
            known = build(expression);
            traced.put(expression, known);
        }
        return known;
    }

    private Traced build(Expression expression) {
        Term term = expression.term();
        if (term instanceof Term.Constant constant) {
            return new Traced(frame.number(constant.value()), List.of());
        }
        if (term instanceof Term.Variable variable) {
            return frame.value(variable.source());
        }
        if (term instanceof Term.Random random) {
            return frame.random(random);
        }
        if (term instanceof Term.Differentiate derivative) {
            return derivatives.of(expression, derivative, this::interned);
        }
        List<Traced> operands = new ArrayList<>();
        expression.operands().forEach(operand -> operands.add(interned(operand)));
        if (term instanceof Term.Elementwise elementwise) {
            return elementwise(elementwise, operands);
        }
        if (term instanceof Term.Components components) {
            List<Traced> aligned = Traced.aligned(operands);
            int axes = aligned.get(0).axes().size();
            List<Value> values = aligned.stream().map(Traced::value).toList();
            return aligned.get(0).with(components.function().apply(axes, values));
        }
        if (term instanceof Term.Aggregate aggregate) {
            return frame.aggregate(aggregate.aggregation(), operands.get(0), aggregate.axes());
        }
        if (term instanceof Term.Call call) {
            return call.callee().apply(frame.weights(call.callee()), operands, frame);
        }
        if (term instanceof Term.StopGradient) {
            return operands.get(0)
                    .with(CustomDerivatives.stopGradient(operands.get(0).value()));
        }
        return operands.get(0);
    }

    private Traced elementwise(Term.Elementwise term, List<Traced> operands) {
        List<Traced> aligned = Traced.aligned(operands);
        Traced widest = aligned.stream()
                .filter(operand -> operand.components().rank() > 0)
                .findFirst()
                .orElse(aligned.get(0));
        List<Value> values = new ArrayList<>();
        for (Traced operand : aligned) {
            values.add(spread(operand, widest));
        }
        Value first = values.remove(0);
        return widest.with(first.apply(term.primitive(), values.toArray(Value[]::new)));
    }

    /** A scalar at each point, as often as there are components beside it. */
    private static Value spread(Traced operand, Traced widest) {
        if (operand.value().shape().equals(widest.value().shape())) {
            return operand.value();
        }
        List<Integer> places = new ArrayList<>();
        for (int axis = 0; axis < operand.axes().size(); axis++) {
            places.add(axis);
        }
        return operand.value().broadcast(widest.value().shape(), places);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;

/**
 * Traces expressions that are computed together. Each is a tensor along the axes it depends on and no others, so that what
 * depends on points alone is computed once for all samples; equal parts are one; and all derivatives of an expression come from
 * one propagation. Where tasks share points, each computes its part of them; what needs all points of an operand gets them from
 * all tasks, once for all that need them.
 */
public final class Tracer {
    private final Frame frame;
    private final Interning interning = new Interning();
    private final Map<Expression, Traced> parts = new IdentityHashMap<>();
    private final Map<Expression, Traced> wholes = new IdentityHashMap<>();
    private final List<Expression> roots;
    private final Derivatives derivatives;
    private final Locality locality;
    private final List<String> exchanges = new ArrayList<>();

    /**
     * A tracer of expressions that are all known now.
     *
     * @throws org.sparkjno.lang.expression.ExpressionException when a derivative in them has no meaning
     */
    public Tracer(Frame frame, Collection<Expression> expressions) {
        this.frame = frame;
        this.roots = expressions.stream().map(interning::of).toList();
        this.derivatives = new Derivatives(frame, roots);
        this.locality = new Locality(frame);
    }

    /** The tensor of one of the expressions: this task's part. */
    public Traced trace(Expression expression) {
        return part(interning.of(expression));
    }

    /** What is shared and what is gathered, for people. */
    public List<String> sharing() {
        return Stream.concat(derivatives.summary().stream(), exchanges.stream()).toList();
    }

    private Traced part(Expression expression) {
        Traced known = parts.get(expression);
        if (known == null) {
            known = Locality.isOperator(expression) && locality.isDivided(expression)
                    ? partOf(whole(expression))
                    : build(expression, frame, this::part);
            parts.put(expression, known);
        }
        return known;
    }

    /** The values at all points, also at those of other tasks. */
    private Traced whole(Expression expression) {
        if (!locality.isDivided(expression)) {
            return part(expression);
        }
        Traced known = wholes.get(expression);
        if (known == null) {
            known = locality.isEverywhere(expression)
                    ? build(expression, frame.everywhere(), this::whole)
                    : gathered(expression);
            wholes.put(expression, known);
        }
        return known;
    }

    private Traced gathered(Expression expression) {
        exchanges.add("gathered from all tasks along " + expression.space() + ": " + expression);
        return frame.gathered(part(expression));
    }

    private Traced partOf(Traced whole) {
        Value value = whole.value();
        for (Axis axis : whole.axes()) {
            Optional<Rows> rows = frame.part(axis);
            if (rows.isPresent()) {
                value = value.slice(
                        whole.axes().indexOf(axis),
                        rows.get().from(),
                        rows.get().to());
            }
        }
        return whole.with(value);
    }

    private Traced build(Expression expression, Frame from, Function<Expression, Traced> trace) {
        Term term = expression.term();
        if (term instanceof Term.Constant constant) {
            return new Traced(from.number(constant.value()), List.of());
        }
        if (term instanceof Term.Variable variable) {
            return from.value(variable.source());
        }
        if (term instanceof Term.Random random) {
            return from.random(random);
        }
        if (term instanceof Term.Differentiate derivative) {
            return derivative(expression, derivative, from);
        }
        boolean operator = Locality.isOperator(expression);
        List<Traced> operands = new ArrayList<>();
        expression.operands().forEach(operand -> operands.add(operator ? whole(operand) : trace.apply(operand)));
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
            return from.aggregate(aggregate.aggregation(), operands.get(0), aggregate.axes());
        }
        if (term instanceof Term.Call call) {
            return call.callee().apply(from.weights(call.callee()), operands, from);
        }
        if (term instanceof Term.StopGradient) {
            return operands.get(0)
                    .with(CustomDerivatives.stopGradient(operands.get(0).value()));
        }
        return operands.get(0);
    }

    private Traced derivative(Expression expression, Term.Differentiate derivative, Frame from) {
        Scheme scheme = derivative.schemeOr(from.scheme());
        if (scheme == Scheme.AUTOMATIC) {
            return derivatives.of(expression, derivative, this::part);
        }
        Axis points = derivative.coordinates().get(0).space().axes().get(0);
        Traced target = whole(expression.operands().get(0));
        return FieldDerivatives.of(scheme, derivative, target, from.part(points));
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

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparkjno.kernels.derive.Coordinate;
import org.sparkjno.kernels.derive.DifferentialOperator;
import org.sparkjno.kernels.derive.TaylorMode;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;

/**
 * The derivatives that expressions ask for. Those of one expression by the chain rule are computed together, by one
 * propagation of Taylor polynomials ({@link TaylorMode}).
 */
final class Derivatives {
    private final Frame frame;
    private final Map<Expression, Group> groups = new IdentityHashMap<>();
    private final List<Group> inOrder = new ArrayList<>();

    /** All that is asked of one expression. */
    private static final class Group {
        final Expression target;
        final Set<Source> coordinates = new LinkedHashSet<>();
        final Set<Term.Differentiate> asked = new LinkedHashSet<>();
        Map<Term.Differentiate, Traced> results;

        Group(Expression target) {
            this.target = target;
        }
    }

    Derivatives(Frame frame, List<Expression> roots) {
        this.frame = frame;
        Dependence dependence = new Dependence(frame.scheme());
        Parts.visit(roots, part -> {
            if (part.term() instanceof Term.Differentiate derivative) {
                Expression target = part.operands().get(0);
                Scheme scheme = derivative.schemeOr(frame.scheme());
                if (scheme == Scheme.AUTOMATIC) {
                    dependence.requirePointwise(target, derivative);
                    Group group = groups.computeIfAbsent(target, this::begin);
                    group.coordinates.addAll(derivative.coordinates());
                    group.asked.add(derivative);
                } else {
                    EndsOfData.check(scheme, derivative, target);
                }
            }
        });
    }

    private Group begin(Expression target) {
        Group group = new Group(target);
        inOrder.add(group);
        return group;
    }

    /** A derivative by the chain rule. */
    Traced of(Expression expression, Term.Differentiate derivative, Function<Expression, Traced> trace) {
        Group group = groups.get(expression.operands().get(0));
        if (group.results == null) {
            group.results = propagate(group, trace);
        }
        return group.results.get(derivative);
    }

    private Map<Term.Differentiate, Traced> propagate(Group group, Function<Expression, Traced> trace) {
        List<Source> sources = List.copyOf(group.coordinates);
        List<Coordinate> coordinates = sources.stream()
                .map(source -> Coordinate.of(frame.value(source).value()))
                .toList();
        List<Term.Differentiate> asked = List.copyOf(group.asked);
        List<DifferentialOperator> operators = asked.stream()
                .map(one -> one.operator()
                        .renumbered(number -> sources.indexOf(one.coordinates().get(number))))
                .toList();
        Traced target = trace.apply(group.target);
        List<List<Value>> values = TaylorMode.apply(operators, List.of(target.value()), coordinates);
        Map<Term.Differentiate, Traced> results = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            results.put(asked.get(i), target.with(values.get(i).get(0)));
        }
        return results;
    }

    /** One line per propagation. */
    List<String> summary() {
        return inOrder.stream()
                .map(group -> "derivatives of " + group.target + " along " + group.target.space() + ": "
                        + group.asked.stream()
                                .map(one -> one.operator().partials().keySet().stream()
                                        .map(partial -> partial.stream()
                                                .map(number -> one.coordinates()
                                                        .get(number)
                                                        .name())
                                                .collect(Collectors.joining()))
                                        .collect(Collectors.joining("+")))
                                .collect(Collectors.joining(", "))
                        + " by one propagation")
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.feed;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Term;

/**
 * How the places along axes depend on each other in some expressions.
 *
 * @param together axes whose places belong together, because an operator between fields, a scheme on a grid or a median needs all
 *     of them: no step takes only some
 * @param operated those of them along which an operator between fields acts, which no task can do for its places alone
 * @param crossed axes of nodes that an expression has beside points or other nodes: each place needs all of these nodes
 */
public record Coupling(Set<Axis> together, Set<Axis> operated, Set<Axis> crossed) {
    public Coupling {
        together = Set.copyOf(together);
        operated = Set.copyOf(operated);
        crossed = Set.copyOf(crossed);
    }

    /**
     * In some expressions.
     *
     * @param ofProblem scheme of derivatives that name none
     */
    public static Coupling of(Collection<Expression> expressions, Scheme ofProblem) {
        Set<Axis> together = new HashSet<>();
        Set<Axis> operated = new HashSet<>();
        Set<Axis> crossed = new HashSet<>();
        Parts.visit(expressions, part -> {
            crossed.addAll(crossing(part.space()));
            if (part.term() instanceof Term.Call call && !call.callee().isPointwise()) {
                part.space().points().forEach(operated::add);
            } else if (part.term() instanceof Term.Aggregate aggregate
                    && aggregate.aggregation() == Aggregation.MEDIAN) {
                together.addAll(aggregate.axes());
            } else if (part.term() instanceof Term.Differentiate derivative
                    && derivative.schemeOr(ofProblem) != Scheme.AUTOMATIC) {
                derivative
                        .coordinates()
                        .forEach(source -> together.addAll(source.space().axes()));
            }
        });
        together.addAll(operated);
        return new Coupling(together, operated, crossed);
    }

    private static List<Axis> crossing(Space space) {
        List<Axis> places = space.axes().stream()
                .filter(axis -> axis.kind() != Axis.Kind.SAMPLES)
                .toList();
        return places.size() == 1
                ? List.of()
                : places.stream().filter(axis -> axis.kind() == Axis.Kind.NODES).toList();
    }
}

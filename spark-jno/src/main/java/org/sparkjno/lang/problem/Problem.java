// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.model.Treatment;

/**
 * What is minimised: a weighted sum of losses, each an expression. Losses from data and from equations are the same kind of thing.
 * Immutable and serialisable.
 */
public final class Problem implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Entry> entries;
    private final List<Tracker> trackers;
    private final Scheme scheme;
    private final Treatment.Trained treatment;

    private Problem(List<Entry> entries, List<Tracker> trackers, Scheme scheme, Treatment.Trained treatment) {
        this.entries = List.copyOf(entries);
        this.trackers = List.copyOf(trackers);
        this.scheme = scheme;
        this.treatment = treatment;
    }

    /** Makes a loss small. */
    public static Problem minimize(Expression loss) {
        return minimize(loss.name().orElse("loss"), loss);
    }

    /** Makes a loss small, which reports call by this name. */
    public static Problem minimize(String name, Expression loss) {
        return new Problem(List.of(new Entry(name, 1, loss)), List.of(), Scheme.AUTOMATIC, null);
    }

    /**
     * And another loss.
     *
     * @param weight its factor in the sum
     */
    public Problem and(String name, double weight, Expression loss) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(name, weight, loss));
        return new Problem(more, trackers, scheme, treatment);
    }

    /** Watches a number, every hundredth step. */
    public Problem track(String name, Expression value) {
        return track(name, 100, value);
    }

    /** Watches a number. */
    public Problem track(String name, int every, Expression value) {
        List<Tracker> more = new ArrayList<>(trackers);
        more.add(new Tracker(name, every, value));
        return new Problem(entries, more, scheme, treatment);
    }

    /** With derivatives that name no scheme formed by this one; automatically if nothing is said. */
    public Problem scheme(Scheme other) {
        return new Problem(entries, trackers, other, treatment);
    }

    /** With the parameters that no model has a rule for moved like this. */
    public Problem optimizer(Treatment.Trained trained) {
        return new Problem(entries, trackers, scheme, trained);
    }

    /** Trains here, on one device. */
    public Run train(Training training) {
        return Run.here(this, training);
    }

    /** What is summed. */
    public List<Entry> entries() {
        return entries;
    }

    /** What is watched. */
    public List<Tracker> trackers() {
        return trackers;
    }

    Scheme scheme() {
        return scheme;
    }

    Optional<Treatment.Trained> treatment() {
        return Optional.ofNullable(treatment);
    }

    List<Expression> losses() {
        return entries.stream().map(Entry::loss).toList();
    }

    /** Losses and trackers. */
    List<Expression> expressions() {
        List<Expression> all = new ArrayList<>(losses());
        trackers.forEach(tracker -> all.add(tracker.value()));
        return all;
    }

    Set<Callee> callees() {
        return Parts.callees(expressions());
    }

    static Set<Source> sources(Collection<Expression> expressions) {
        Set<Source> sources = new LinkedHashSet<>();
        expressions.forEach(expression -> sources.addAll(Parts.sources(expression)));
        return sources;
    }

    /** The axes whose points belong together, because an operator between fields, a scheme on a grid or a median needs all. */
    static Set<Axis> wholeAxes(Collection<Expression> expressions, Scheme ofProblem) {
        Set<Axis> whole = new HashSet<>();
        Parts.visit(expressions, part -> {
            if (part.term() instanceof Term.Call call && !call.callee().isPointwise()) {
                part.space().points().forEach(whole::add);
            } else if (part.term() instanceof Term.Aggregate aggregate
                    && aggregate.aggregation() == Aggregation.MEDIAN) {
                whole.addAll(aggregate.axes());
            } else if (part.term() instanceof Term.Differentiate derivative) {
                Scheme scheme = derivative.scheme() == Scheme.UNSAID ? ofProblem : derivative.scheme();
                if (scheme != Scheme.AUTOMATIC) {
                    derivative
                            .coordinates()
                            .forEach(source -> whole.addAll(source.space().axes()));
                }
            }
        });
        return whole;
    }
}

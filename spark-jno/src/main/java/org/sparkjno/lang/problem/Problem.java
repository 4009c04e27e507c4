// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparkjno.lang.balance.Balance;
import org.sparkjno.lang.balance.Fixed;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.lang.resample.Resampler;
import org.sparkjno.lang.resample.Uniform;
import org.sparkjno.train.StepFunction;

/**
 * What is minimised: a weighted sum of losses, each an expression. Losses from data and from equations are the same kind of thing.
 * Immutable and serialisable.
 */
public final class Problem implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Entry> entries;
    private final List<Tracker> trackers;
    private final Manner manner;

    /**
     * How the losses are made small.
     *
     * @param scheme of derivatives that name none
     * @param treatment of parameters that no model has a rule for; null for none
     * @param balance of the losses
     * @param turns of models and losses
     * @param resamplings of points
     */
    private record Manner(
            Scheme scheme, Treatment.Moved treatment, Balance balance, List<Turn> turns, List<Resampling> resamplings)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        static final Manner PLAIN = new Manner(Scheme.AUTOMATIC, null, new Fixed(), List.of(Turn.ALL), List.of());

        Manner {
            turns = List.copyOf(turns);
            resamplings = List.copyOf(resamplings);
        }
    }

    private Problem(List<Entry> entries, List<Tracker> trackers, Manner manner) {
        this.entries = List.copyOf(entries);
        this.trackers = List.copyOf(trackers);
        this.manner = manner;
    }

    /** Makes a loss small. */
    public static Problem minimize(Expression loss) {
        return minimize(loss.name().orElse("loss"), loss);
    }

    /** Makes a loss small, which reports call by this name. */
    public static Problem minimize(String name, Expression loss) {
        return new Problem(List.of(new Entry(name, 1, loss)), List.of(), Manner.PLAIN);
    }

    /**
     * And another loss.
     *
     * @param weight its factor in the sum
     */
    public Problem and(String name, double weight, Expression loss) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(name, weight, loss));
        return new Problem(more, trackers, manner);
    }

    /** Watches a number, every hundredth step. */
    public Problem track(String name, Expression value) {
        return track(name, 100, value);
    }

    /** Watches a number. */
    public Problem track(String name, int every, Expression value) {
        List<Tracker> more = new ArrayList<>(trackers);
        more.add(new Tracker(name, every, value));
        return new Problem(entries, more, manner);
    }

    /** With derivatives that name no scheme formed by this one; automatically if nothing is said. */
    public Problem scheme(Scheme other) {
        return with(new Manner(other, manner.treatment, manner.balance, manner.turns, manner.resamplings));
    }

    /** With the parameters that no model has a rule for moved like this. */
    public Problem optimizer(Treatment.Moved moved) {
        return with(new Manner(manner.scheme, moved, manner.balance, manner.turns, manner.resamplings));
    }

    /** With factors between the losses that follow the training, beside the weights given here. */
    public Problem balance(Balance rule) {
        return with(new Manner(manner.scheme, manner.treatment, rule, manner.turns, manner.resamplings));
    }

    /**
     * With turns that come round and round, each moving some of the models for the sake of some of the losses. Optimisers and
     * learning rates count the steps in which they move.
     *
     * @throws ExpressionException when a turn names a model or a loss that is not there, or a model that is trained has no turn
     */
    public Problem alternate(Turn... turns) {
        return with(new Manner(manner.scheme, manner.treatment, manner.balance, List.of(turns), manner.resamplings));
    }

    /**
     * With points of a region that change every so many steps, whatever the residual.
     *
     * @throws ExpressionException when the points of the region are fixed
     */
    public Problem resample(Region region, int every, Uniform rule) {
        return resample(new Resampling(region, List.of(), rule, every));
    }

    /**
     * With points of a region that follow a residual: every so many steps there are more where it is large.
     *
     * @param residual at the points of the region; a vector counts by its length, samples by their mean
     * @throws ExpressionException when the points of the region are fixed, or the residual is none of that region
     */
    public Problem resample(Region region, int every, Resampler rule, Expression residual) {
        return resample(new Resampling(region, List.of(residual), rule, every));
    }

    private Problem resample(Resampling resampling) {
        List<Resampling> more = new ArrayList<>(manner.resamplings);
        more.removeIf(one -> one.region().axis().equals(resampling.region().axis()));
        more.add(resampling);
        return with(new Manner(manner.scheme, manner.treatment, manner.balance, manner.turns, more));
    }

    private Problem with(Manner other) {
        return new Problem(entries, trackers, other);
    }

    /**
     * Trains here, on one device.
     *
     * @param starts earlier runs or saved models, from whose numbers those of models with the same names begin; of two the later
     *     one counts
     */
    public Run train(Training training, Solution... starts) {
        return train(training, StepListener.NONE, starts);
    }

    /** Trains here with somebody watching, see {@link #train(Training, Solution...)}. */
    public Run train(Training training, StepListener listener, Solution... starts) {
        return Run.here(this, training, listener, List.of(starts));
    }

    /**
     * What a training would compute in each step, and how: the models and the axes along which each of their parts is
     * computed, derivatives that come from one propagation, who moves which parameters, rows and arithmetic, and the compiled
     * step. Nothing is trained.
     */
    public String explain(Training training) {
        return explain(training, 1);
    }

    /** The same for so many tasks that share the work, see {@link #explain(Training)}. */
    public String explain(Training training, int tasks) {
        return new Report(this, training, tasks).text();
    }

    /** What each of so many tasks compiles: a step for each turn, as the first of them computes it. */
    public List<StepFunction> functions(Training training, int tasks) {
        return new Report(this, training, tasks).functions();
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
        return manner.scheme;
    }

    Optional<Treatment.Moved> treatment() {
        return Optional.ofNullable(manner.treatment);
    }

    Balance balance() {
        return manner.balance;
    }

    List<Resampling> resamplings() {
        return manner.resamplings;
    }

    Turns turns() {
        return new Turns(manner.turns);
    }

    List<Expression> losses() {
        return entries.stream().map(Entry::loss).toList();
    }

    /** Losses and trackers. */
    List<Expression> expressions() {
        List<Expression> all = new ArrayList<>(losses());
        all.addAll(tracked());
        return all;
    }

    Set<Callee> callees() {
        return Parts.callees(expressions());
    }

    /** The values of the trackers. */
    List<Expression> tracked() {
        return trackers.stream().map(Tracker::value).toList();
    }

    /** Whether expressions contain random numbers. */
    static boolean hasNoise(Collection<Expression> expressions) {
        boolean[] found = {false};
        Parts.visit(expressions, part -> found[0] |= part.term() instanceof Term.Random);
        return found[0];
    }

    static Set<Source> sources(Collection<Expression> expressions) {
        Set<Source> sources = new LinkedHashSet<>();
        expressions.forEach(expression -> sources.addAll(Parts.sources(expression)));
        return sources;
    }
}

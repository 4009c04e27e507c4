// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.balance.Balance;
import org.sparkjno.lang.balance.NeuralTangent;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.optim.StateVector;
import org.sparkjno.optim.UpdateRule;

/**
 * The graphs of a session.
 *
 * @param problem what is minimised
 * @param groups its parameters
 * @param feed its data
 */
record StepGraphs(Problem problem, List<Group> groups, Feed feed) {
    private Sketch sketch(Feed from) {
        return new Sketch(problem.scheme(), groups, from);
    }

    /** The numbers of the groups that a turn moves. */
    List<Integer> moved(int turn) {
        return IntStream.range(0, groups.size())
                .filter(group -> groups.get(group).turns().contains(turn))
                .boxed()
                .toList();
    }

    /** A whole training step: losses, their balance, gradients and the update of all groups that a turn moves. */
    List<StepGraph> update(int turn) {
        return stage(
                turn,
                (sketch, gradients) -> gradients.forEach((group, gradient) ->
                        update(sketch, group, sketch.vectors().get(group), gradient)));
    }

    /** What a line search evaluates: the losses and the gradient by the vector of one group. */
    List<StepGraph> slope(int turn, int group) {
        return stage(turn, (sketch, gradients) -> sketch.output(Slot.Result.GRADIENT, gradients.get(group)));
    }

    /** The losses and the gradients by all groups that a turn moves, in one graph or in parts. */
    private List<StepGraph> stage(int turn, BiConsumer<Sketch, Map<Integer, Value>> use) {
        Sketch sketch = sketch(feed);
        Value total = total(sketch, turn);
        List<Integer> moved = moved(turn);
        List<Value> own = Derivatives.gradient(
                total, moved.stream().map(sketch.vectors()::get).toList());
        if (feed.parts() == 1) {
            use.accept(sketch, byGroup(moved, sketch.meanOfTasks(own)));
            return List.of(sketch.finish());
        }
        Sketch end = sketch(feed);
        List<Value> sums = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Slot.Sum slot = Slot.Sum.gradient(moved.get(i));
            sketch.add(slot, own.get(i));
            sums.add(end.take(slot, own.get(i).type()));
        }
        TensorType each =
                new TensorType(feed.precision(), Shape.of(problem.entries().size()));
        end.output(Slot.Result.LOSSES, end.take(Slot.Sum.LOSSES, each));
        use.accept(end, byGroup(moved, end.meanOfTasks(sums)));
        return List.of(sketch.finish(), end.finish());
    }

    private static Map<Integer, Value> byGroup(List<Integer> groups, List<Value> values) {
        Map<Integer, Value> all = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            all.put(groups.get(i), values.get(i));
        }
        return all;
    }

    private void update(Sketch sketch, int group, Value vector, Value gradient) {
        UpdateRule rule = groups.get(group).rule().orElseThrow();
        List<Slot> slots = new ArrayList<>(List.of(new Slot.Parameters(group)));
        List<Value> state = new ArrayList<>();
        for (StateVector one : rule.state()) {
            Slot slot = new Slot.Moment(group, one.name());
            slots.add(slot);
            state.add(sketch.input(slot, one.type()));
        }
        Value settings = sketch.input(new Slot.Settings(group), vector.type().with(Shape.of(rule.settingCount())));
        List<Value> next = rule.step(vector, gradient, state, settings);
        for (int i = 0; i < slots.size(); i++) {
            sketch.output(slots.get(i), next.get(i));
        }
    }

    /** The weighted sum of the losses that a turn minimises; the losses of all entries are told. */
    private Value total(Sketch sketch, int turn) {
        List<Expression> computed = new ArrayList<>(problem.losses());
        computed.addAll(Printout.numbers(Printout.of(problem.losses())));
        List<Value> values = sketch.noisy(computed).stream().map(Traced::value).toList();
        List<Value> losses = values.subList(0, problem.losses().size());
        Value each = Value.stack(0, losses);
        if (feed.parts() == 1) {
            sketch.output(Slot.Result.LOSSES, each);
        } else {
            sketch.add(Slot.Sum.LOSSES, each);
        }
        if (losses.size() < values.size()) {
            sketch.output(Slot.Result.PRINTED, Value.stack(0, values.subList(losses.size(), values.size())));
        }
        boolean balanced = problem.balance().measure() != Balance.Measure.NOTHING;
        Value factors = balanced ? CustomDerivatives.stopGradient(factors(sketch, each)) : null;
        Value total = null;
        for (int i = 0; i < losses.size(); i++) {
            Entry entry = problem.entries().get(i);
            if (problem.turns().list().get(turn).minimises(entry.name())) {
                Value loss = losses.get(i);
                Value part = entry.weight() == 1 ? loss : loss.times(entry.weight());
                part = factors == null
                        ? part
                        : part.times(factors.slice(0, i, i + 1).reshape());
                total = total == null ? part : total.plus(part);
            }
        }
        return total;
    }

    private Value factors(Sketch sketch, Value losses) {
        List<Value> state = state(sketch);
        return looksApart() ? state.get(0) : look(sketch, losses, state);
    }

    /** Whether the balance has graphs of its own: where it looks at gradients, or at losses that come in parts. */
    boolean looksApart() {
        Balance.Measure measure = problem.balance().measure();
        return measure != Balance.Measure.NOTHING && (measure != Balance.Measure.LOSSES || feed.parts() > 1);
    }

    private List<Value> state(Sketch sketch) {
        return problem.balance().state(problem.entries().size(), feed.precision()).stream()
                .map(one -> sketch.input(new Slot.Balancing(one.name()), one.type()))
                .toList();
    }

    private Value look(Sketch sketch, Value measured, List<Value> state) {
        List<StateVector> vectors = problem.balance().state(problem.entries().size(), feed.precision());
        List<Value> next = problem.balance().look(CustomDerivatives.stopGradient(measured), state, sketch::key);
        for (int i = 0; i < vectors.size(); i++) {
            sketch.output(new Slot.Balancing(vectors.get(i).name()), next.get(i));
        }
        return next.get(0);
    }

    /** A look of a balance that has graphs of its own; at gradients by all parameters that are ever moved. */
    List<StepGraph> balance() {
        Sketch sketch = sketch(feed);
        if (feed.parts() == 1) {
            look(sketch, norms(measured(sketch)), state(sketch));
            return List.of(sketch.finish());
        }
        Value measured = Value.concat(0, measured(sketch));
        sketch.add(Slot.Sum.MEASURE, measured);
        Sketch end = sketch(feed);
        Value sum = end.take(Slot.Sum.MEASURE, measured.type());
        int entries = problem.entries().size();
        int each = measured.shape().dim(0) / entries;
        List<Value> sums = IntStream.range(0, entries)
                .mapToObj(entry -> sum.slice(0, entry * each, (entry + 1) * each))
                .toList();
        look(end, norms(sums), state(end));
        return List.of(sketch.finish(), end.finish());
    }

    /** What a balance looks at, a vector for each loss: its gradient, or a single number. */
    private List<Value> measured(Sketch sketch) {
        if (problem.balance().measure() == Balance.Measure.LOSSES) {
            return sketch.noisy(problem.losses()).stream()
                    .map(loss -> loss.value().reshape(1))
                    .toList();
        }
        List<Value> vectors = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            if (!groups.get(group).turns().isEmpty()) {
                vectors.add(sketch.vectors().get(group));
            }
        }
        return problem.balance().measure() == Balance.Measure.TANGENT_TRACES
                ? traces(sketch, vectors)
                : sketch.noisy(problem.losses()).stream()
                        .map(loss -> together(sketch.gradients(loss.value(), vectors)))
                        .toList();
    }

    private List<Value> traces(Sketch sketch, List<Value> vectors) {
        List<Expression> probes = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (Entry entry : problem.entries()) {
            Expression residual = NeuralTangent.residual(entry.name(), entry.loss());
            probes.add(NeuralTangent.probe(entry.name(), residual));
            scales.add(1 / feed.count(residual.space()));
        }
        List<Value> traces = new ArrayList<>();
        for (Traced probe : sketch.noisy(probes)) {
            Value gradient = together(sketch.gradients(probe.value(), vectors));
            traces.add(gradient.square().sum(0).times(scales.get(traces.size())).reshape(1));
        }
        return traces;
    }

    /** Vectors, of whatever precision, one after another. */
    private Value together(List<Value> vectors) {
        return Value.concat(
                0, vectors.stream().map(vector -> vector.cast(feed.precision())).toList());
    }

    /** One number for each loss. */
    private Value norms(List<Value> measured) {
        return problem.balance().measure() == Balance.Measure.GRADIENT_NORMS
                ? Value.stack(
                        0,
                        measured.stream()
                                .map(gradient -> gradient.square().sum(0).sqrt())
                                .toList())
                : Value.concat(0, measured);
    }

    /**
     * A look at trackers, without noise.
     *
     * @param whole all their data
     * @param every how often they look
     */
    StepGraph trackers(List<Tracker> trackers, Feed whole, int every) {
        Sketch sketch = sketch(whole);
        List<Traced> values = sketch.quiet(trackers.stream().map(Tracker::value).toList());
        sketch.output(
                Slot.Result.tracked(every),
                Value.stack(0, values.stream().map(Traced::value).toList()));
        return sketch.finish();
    }

    /** All values of an expression, known to all tasks, without noise. */
    StepGraph whole(Expression expression, Feed from, Slot result) {
        Sketch sketch = sketch(from);
        Traced values = sketch.quiet(List.of(expression)).get(0);
        sketch.output(
                result,
                from.share().gathered(values, axis -> true, from.extents()).value());
        return sketch.finish();
    }
}

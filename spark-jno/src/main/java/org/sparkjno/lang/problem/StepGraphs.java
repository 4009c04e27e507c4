// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.derive.CustomDerivatives;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.balance.Balance;
import org.sparkjno.lang.balance.NeuralTangent;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Traced;
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
    StepGraph update(int turn) {
        Sketch sketch = sketch(feed);
        Value total = total(sketch, turn);
        List<Integer> moved = moved(turn);
        List<Value> vectors = moved.stream().map(sketch.vectors()::get).toList();
        List<Value> gradients = sketch.gradients(total, vectors);
        for (int i = 0; i < moved.size(); i++) {
            update(sketch, moved.get(i), vectors.get(i), gradients.get(i));
        }
        return sketch.finish();
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

    /** What a line search evaluates: the losses and the gradient by the vector of one group. */
    StepGraph slope(int turn, int group) {
        Sketch sketch = sketch(feed);
        Value total = total(sketch, turn);
        Value vector = sketch.vectors().get(group);
        sketch.output(
                Slot.Result.GRADIENT, sketch.gradients(total, List.of(vector)).get(0));
        return sketch.finish();
    }

    /** The weighted sum of the losses that a turn minimises; the losses of all entries are told. */
    private Value total(Sketch sketch, int turn) {
        List<Expression> computed = new ArrayList<>(problem.losses());
        computed.addAll(Printout.numbers(Printout.of(problem.losses())));
        List<Value> values = sketch.noisy(computed).stream().map(Traced::value).toList();
        List<Value> losses = values.subList(0, problem.losses().size());
        Value each = Value.stack(0, losses);
        sketch.output(Slot.Result.LOSSES, each);
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
        return problem.balance().measure() == Balance.Measure.LOSSES ? look(sketch, losses, state) : state.get(0);
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

    /** A look of a balance at the gradients of the losses, by all parameters that are ever moved. */
    StepGraph balance() {
        Sketch sketch = sketch(feed);
        boolean tangents = problem.balance().measure() == Balance.Measure.TANGENT_TRACES;
        List<Expression> targets = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (Entry entry : problem.entries()) {
            if (tangents) {
                Expression residual = NeuralTangent.residual(entry.name(), entry.loss());
                targets.add(NeuralTangent.probe(entry.name(), residual));
                scales.add(1 / feed.count(residual.space()));
            } else {
                targets.add(entry.loss());
            }
        }
        List<Value> vectors = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            if (!groups.get(group).turns().isEmpty()) {
                vectors.add(sketch.vectors().get(group));
            }
        }
        List<Value> sizes = new ArrayList<>();
        for (Traced target : sketch.noisy(targets)) {
            Value square = sketch.gradients(target.value(), vectors).stream()
                    .map(gradient -> gradient.square().sum(0))
                    .reduce(Value::plus)
                    .orElseThrow();
            sizes.add(tangents ? square.times(scales.get(sizes.size())) : square.sqrt());
        }
        look(sketch, Value.stack(0, sizes), state(sketch));
        return sketch.finish();
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

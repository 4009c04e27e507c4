// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Parts;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.trace.Tracer;
import org.sparkjno.optim.UpdateRule;

/**
 * The training step of a problem as one graph. Inputs and outputs begin with the vectors that the step overwrites, the trained
 * groups of parameters and then the states of their optimisers.
 *
 * @param graph the graph; its outputs after those that are overwritten are the losses of the entries, as one vector
 * @param updated how many of the first inputs the first outputs overwrite
 * @param sources the data among the inputs, in order
 * @param sharing what is computed once for many, for people
 */
record StepGraph(Graph graph, int updated, List<Source> sources, List<String> sharing) {
    /** An i32[2] that differs from step to step. */
    static final TensorType KEY = new TensorType(DType.I32, Shape.of(2));

    static StepGraph of(Problem problem, List<Group> groups, Feed feed) {
        List<Value> vectors = new ArrayList<>();
        Map<String, Value> weights = new LinkedHashMap<>();
        for (Group group : groups) {
            Value vector =
                    Value.input("parameters" + vectors.size(), group.layout().type());
            vectors.add(vector);
            weights.putAll(group.layout().split(vector));
        }
        Value words = Value.input("key", KEY);
        StepFrame frame =
                new StepFrame(problem.scheme(), feed, feed.share(), weights, Optional.of(RandomKey.of(words)));
        Tracer tracer = new Tracer(frame, problem.losses());
        List<Value> losses = new ArrayList<>();
        Value total = null;
        for (Entry entry : problem.entries()) {
            Value loss = tracer.trace(entry.loss()).value();
            losses.add(loss);
            Value part = entry.weight() == 1 ? loss : loss.times(entry.weight());
            total = total == null ? part : total.plus(part);
        }
        Step step = new Step();
        step.update(groups, vectors, total, feed.share().tasks());
        List<Value> inputs = new ArrayList<>(step.updatedInputs);
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).trained().isEmpty()) {
                inputs.add(vectors.get(i));
            }
        }
        inputs.addAll(step.settings);
        inputs.addAll(frame.inputs().values());
        if (hasNoise(problem.losses())) {
            inputs.add(words);
        }
        List<Value> outputs = new ArrayList<>(step.updatedOutputs);
        outputs.add(Value.stack(0, losses));
        return new StepGraph(
                Graph.of(inputs, outputs),
                step.updatedInputs.size(),
                List.copyOf(frame.inputs().keySet()),
                tracer.sharing());
    }

    /** Whether the graph takes a key, as its last input. */
    boolean takesKey() {
        return graph.inputs().get(graph.inputs().size() - 1).type().equals(KEY);
    }

    private static boolean hasNoise(List<Expression> expressions) {
        List<Term> noises = new ArrayList<>();
        Parts.visit(expressions, part -> {
            if (part.term() instanceof Term.Random) {
                noises.add(part.term());
            }
        });
        return !noises.isEmpty();
    }

    /** The part of the step that moves parameters. */
    private static final class Step {
        final List<Value> updatedInputs = new ArrayList<>();
        final List<Value> updatedOutputs = new ArrayList<>();
        final List<Value> settings = new ArrayList<>();

        void update(List<Group> groups, List<Value> vectors, Value total, int tasks) {
            List<Value> trained = new ArrayList<>();
            List<UpdateRule> rules = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                Value vector = vectors.get(i);
                groups.get(i).rule().ifPresent(rule -> {
                    trained.add(vector);
                    rules.add(rule);
                });
            }
            List<Value> gradients = gradients(total, trained, tasks);
            List<Value> states = new ArrayList<>();
            List<Value> nextStates = new ArrayList<>();
            for (int i = 0; i < trained.size(); i++) {
                Value vector = trained.get(i);
                UpdateRule rule = rules.get(i);
                List<Value> state = rule.state().stream()
                        .map(one -> Value.input(one.name(), one.type()))
                        .toList();
                Value setting = Value.input("settings", vector.type().with(Shape.of(rule.settingCount())));
                List<Value> next = rule.step(vector, gradients.get(i), state, setting);
                updatedOutputs.add(next.get(0));
                states.addAll(state);
                nextStates.addAll(next.subList(1, next.size()));
                settings.add(setting);
            }
            updatedInputs.addAll(trained);
            updatedInputs.addAll(states);
            updatedOutputs.addAll(nextStates);
        }

        /** Losses are the same on all tasks, and derivatives are those of their sum over the tasks. */
        private static List<Value> gradients(Value total, List<Value> trained, int tasks) {
            List<Value> own = Derivatives.gradient(total, trained);
            if (tasks == 1) {
                return own;
            }
            Value sum = Value.concat(0, own).allReduce(Reduction.SUM).times(1.0 / tasks);
            List<Value> gradients = new ArrayList<>();
            int at = 0;
            for (Value gradient : own) {
                int extent = gradient.shape().dim(0);
                gradients.add(sum.slice(0, at, at + extent));
                at += extent;
            }
            return gradients;
        }
    }
}

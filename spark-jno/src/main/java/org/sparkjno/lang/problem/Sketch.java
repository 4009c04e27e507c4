// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkjno.kernels.derive.Derivatives;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Graph;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.trace.Tracer;

/** A {@link StepGraph} in the making: its inputs are slots, asked for as they are needed. */
final class Sketch {
    private static final TensorType KEY = new TensorType(DType.I32, Shape.of(2));

    private final Scheme scheme;
    private final Feed feed;
    private final Map<Slot, Value> inputs = new LinkedHashMap<>();
    private final Map<Slot, Value> outputs = new LinkedHashMap<>();
    private final List<Value> vectors = new ArrayList<>();
    private final Map<String, Value> weights = new LinkedHashMap<>();
    private final List<String> sharing = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param scheme of derivatives that name none
     * @param groups of parameters
     * @param feed of the data
     */
    Sketch(Scheme scheme, List<Group> groups, Feed feed) {
        this.scheme = scheme;
        this.feed = feed;
        for (Group group : groups) {
            Value vector =
                    input(new Slot.Parameters(vectors.size()), group.layout().type());
            vectors.add(vector);
            weights.putAll(group.layout().split(vector));
        }
    }

    /** A slot's value before the graph runs. */
    Value input(Slot slot, TensorType type) {
        return inputs.computeIfAbsent(slot, key -> Value.input(key.name(), type));
    }

    /** A slot's value after the graph has run. */
    void output(Slot slot, Value value) {
        outputs.put(slot, value);
    }

    /** The vector of each group of parameters. */
    List<Value> vectors() {
        return List.copyOf(vectors);
    }

    int tasks() {
        return feed.share().tasks();
    }

    /** The key of this step. */
    RandomKey key() {
        return RandomKey.of(input(new Slot.Key(feed.seed()), KEY));
    }

    /** Expressions that are computed together, with noise. */
    List<Traced> noisy(List<Expression> expressions) {
        boolean random = Problem.hasNoise(expressions);
        return trace(expressions, random ? Optional.of(key()) : Optional.empty());
    }

    /** Expressions that are computed together, noise being zero. */
    List<Traced> quiet(List<Expression> expressions) {
        return trace(expressions, Optional.empty());
    }

    private List<Traced> trace(List<Expression> expressions, Optional<RandomKey> key) {
        StepFrame frame = new StepFrame(scheme, feed, weights, key);
        Tracer tracer = new Tracer(frame, expressions);
        List<Traced> traced = expressions.stream().map(tracer::trace).toList();
        inputs.putAll(frame.inputs());
        sharing.addAll(tracer.sharing());
        return traced;
    }

    /** Adds the share of a part of a step to a sum. */
    void add(Slot.Sum slot, Value value) {
        Value sum = input(slot, value.type());
        output(slot, sum.plus(value.times(1.0 / feed.parts())));
    }

    /** Takes what the parts of a step added up to, and leaves zero. */
    Value take(Slot.Sum slot, TensorType type) {
        Value sum = input(slot, type);
        output(slot, Value.full(type, 0));
        return sum;
    }

    /** Derivatives of a loss that is the same on all tasks: the mean over the tasks of the derivatives that each has. */
    List<Value> gradients(Value loss, List<Value> by) {
        return meanOfTasks(Derivatives.gradient(loss, by));
    }

    /** The mean over the tasks of vectors that each has: those of one type travel together. */
    List<Value> meanOfTasks(List<Value> own) {
        if (tasks() == 1) {
            return own;
        }
        Value[] means = new Value[own.size()];
        for (DType dtype : own.stream().map(Value::dtype).distinct().toList()) {
            int[] places = IntStream.range(0, means.length)
                    .filter(i -> own.get(i).dtype() == dtype)
                    .toArray();
            Value all = Value.concat(0, Arrays.stream(places).mapToObj(own::get).toList());
            Value mean = all.allReduce(Reduction.SUM).times(1.0 / tasks());
            int at = 0;
            for (int place : places) {
                int extent = own.get(place).shape().dim(0);
                means[place] = mean.slice(0, at, at + extent);
                at += extent;
            }
        }
        return List.of(means);
    }

    StepGraph finish() {
        Graph graph = Graph.of(List.copyOf(inputs.values()), List.copyOf(outputs.values()));
        return new StepGraph(graph, List.copyOf(inputs.keySet()), List.copyOf(outputs.keySet()), sharing);
    }
}

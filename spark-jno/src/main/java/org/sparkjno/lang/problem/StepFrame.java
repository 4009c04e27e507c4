// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.function.RandomKey;
import org.sparkjno.kernels.function.Selection;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.feed.Feed;
import org.sparkjno.lang.feed.Share;
import org.sparkjno.lang.trace.Frame;
import org.sparkjno.lang.trace.Rows;
import org.sparkjno.nn.Weights;

/** The values of expressions in one task's step: its part of the data as inputs, and the weights as parts of few vectors. */
final class StepFrame implements Frame {
    private final DType precision;
    private final Scheme scheme;
    private final Feed feed;
    private final Share share;
    private final Map<String, Value> weights;
    private final Optional<RandomKey> key;
    private final Map<Slot.Data, Value> inputs;

    /**
     * A frame.
     *
     * @param feed what data there are, and which part of them this task has
     * @param weights parameters and buffers by their full names
     * @param key of the step's noise; empty if there is to be none
     */
    StepFrame(Scheme scheme, Feed feed, Map<String, Value> weights, Optional<RandomKey> key) {
        this(scheme, feed, weights, key, new LinkedHashMap<>());
    }

    private StepFrame(
            Scheme scheme,
            Feed feed,
            Map<String, Value> weights,
            Optional<RandomKey> key,
            Map<Slot.Data, Value> inputs) {
        this.scheme = scheme;
        this.precision = feed.precision();
        this.feed = feed;
        this.share = feed.share();
        this.weights = weights;
        this.key = key;
        this.inputs = inputs;
    }

    /** The inputs that were asked for, in this order. */
    Map<Slot.Data, Value> inputs() {
        return inputs;
    }

    @Override
    public Optional<Rows> part(Axis axis) {
        boolean divided = axis.kind() != Axis.Kind.SAMPLES && share.parts(axis) > 1;
        return divided ? Optional.of(share.rows(axis, feed.extents().get(axis))) : Optional.empty();
    }

    @Override
    public Traced gathered(Traced parts) {
        return share.gathered(parts, axis -> axis.kind() != Axis.Kind.SAMPLES, feed.extents());
    }

    @Override
    public Frame everywhere() {
        return new StepFrame(scheme, feed.everywhere(), weights, key, inputs);
    }

    @Override
    public DType precision() {
        return precision;
    }

    @Override
    public Scheme scheme() {
        return scheme;
    }

    @Override
    public Optional<RegularGrid> grid(Axis axis) {
        return feed.grid(axis);
    }

    @Override
    public Traced value(Source source) {
        Value input = inputs.computeIfAbsent(
                new Slot.Data(feed, source), data -> Value.input(source.name(), feed.type(source)));
        return new Traced(input, source.space().axes());
    }

    @Override
    public Weights weights(Callee callee) {
        Map<String, Value> own = new LinkedHashMap<>();
        String scope = callee.name() + ".";
        weights.forEach((name, value) -> {
            if (name.startsWith(scope)) {
                own.put(name.substring(scope.length()), value);
            }
        });
        return Weights.of(own);
    }

    @Override
    public Traced random(Term.Random random) {
        List<Integer> whole = new ArrayList<>();
        random.axes().forEach(axis -> whole.add(feed.extents().get(axis)));
        if (random.components() > 0) {
            whole.add(random.components());
        }
        TensorType type = new TensorType(precision, new Shape(whole));
        Value all = key.map(step -> draw(random, step.fold(random.name().hashCode()), type))
                .orElseGet(() -> Value.full(type, 0));
        for (Axis axis : random.axes()) {
            Rows rows = share.rows(axis, feed.extents().get(axis));
            all = all.slice(random.axes().indexOf(axis), rows.from(), rows.to());
        }
        return new Traced(all, random.axes());
    }

    private static Value draw(Term.Random random, RandomKey key, TensorType type) {
        return switch (random.noise()) {
            case GAUSSIAN -> key.gaussian(type);
            case UNIFORM -> key.uniform(type);
            // By the inverse of its distribution function: −sign(u)·log(1 − 2|u|) for u in (−1/2, 1/2).
            case LAPLACE -> {
                Value u = key.uniform(type).minus(0.5);
                Value magnitude =
                        u.apply(Primitive.ABS).times(-2 * (1 - 0x1p-23)).apply(Primitive.LOG1P);
                yield u.apply(Primitive.SIGN).times(magnitude).negate();
            }
        };
    }

    @Override
    public Traced aggregate(Aggregation aggregation, Traced operand, List<Axis> axes) {
        int[] places = axes.stream().mapToInt(operand.axes()::indexOf).toArray();
        List<Axis> kept =
                operand.axes().stream().filter(axis -> !axes.contains(axis)).toList();
        if (aggregation == Aggregation.MEDIAN) {
            requireNoRoom(axes);
            Traced all = share.gathered(operand, axes::contains, feed.extents());
            return new Traced(Selection.median(all.value(), places), kept);
        }
        Reduction reduction = switch (aggregation) {
            case MAX -> Reduction.MAX;
            case MIN -> Reduction.MIN;
            default -> Reduction.SUM;
        };
        double count = 1;
        Value all = operand.value();
        for (Axis axis : axes) {
            Optional<Value> presence = presence(axis, operand);
            if (presence.isPresent()) {
                all = ofPresent(aggregation, all, presence.get());
            }
            count *= presence.isPresent()
                    ? 1.0 / feed.parts(axis)
                    : feed.extents().get(axis);
        }
        Value reduced = all.reduce(reduction, places);
        if (aggregation == Aggregation.MEAN) {
            reduced = reduced.times(1 / count);
        }
        return share.combine(new Traced(reduced, kept), operand.axes(), reduction, feed.extents());
    }

    /** What tells vacant places of an axis from others, as often as the operand has values; empty where there are none. */
    private Optional<Value> presence(Axis axis, Traced operand) {
        return feed.presence(axis)
                .map(source -> value(source)
                        .value()
                        .broadcast(
                                operand.value().shape(), List.of(operand.axes().indexOf(axis))));
    }

    /** Values at vacant places replaced by zero, for a mean all times the share of a point; extrema bear a point twice. */
    private static Value ofPresent(Aggregation aggregation, Value all, Value presence) {
        Value zero = Value.full(presence.type(), 0);
        return switch (aggregation) {
            case MEAN -> all.times(presence);
            case SUM -> zero.apply(Primitive.LT, presence).apply(Primitive.SELECT, all, zero);
            default -> all;
        };
    }

    private void requireNoRoom(List<Axis> axes) {
        for (Axis axis : axes) {
            if (feed.presence(axis).isPresent()) {
                throw new ExpressionException(
                        "A median along '" + axis + "' would count vacant places, because its points"
                                + " become more; leave out upTo(…), or take a mean.");
            }
        }
    }
}

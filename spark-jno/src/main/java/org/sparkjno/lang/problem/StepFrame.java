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
import org.sparkjno.lang.domain.PointSource;
import org.sparkjno.lang.expression.Aggregation;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.trace.Frame;
import org.sparkjno.nn.Weights;

/** The values of expressions in one task's step: its part of the data as inputs, and the weights as parts of few vectors. */
final class StepFrame implements Frame {
    private final DType precision;
    private final Scheme scheme;
    private final Share share;
    private final Feed feed;
    private final Map<String, Value> weights;
    private final Optional<RandomKey> key;
    private final Map<Source, Value> inputs = new LinkedHashMap<>();

    /**
     * A frame.
     *
     * @param feed what data there are
     * @param share which part of them this task has
     * @param weights parameters and buffers by their full names
     * @param key of the step's noise; empty if there is to be none
     */
    StepFrame(Scheme scheme, Feed feed, Share share, Map<String, Value> weights, Optional<RandomKey> key) {
        this.precision = feed.precision();
        this.scheme = scheme;
        this.feed = feed;
        this.share = share;
        this.weights = weights;
        this.key = key;
    }

    /** The inputs that were asked for, in this order. */
    Map<Source, Value> inputs() {
        return inputs;
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
        Value input = inputs.computeIfAbsent(source, key -> Value.input(source.name(), feed.type(source)));
        return new Traced(input, source.space().axes());
    }

    @Override
    public int place(Source coordinate) {
        if (coordinate instanceof PointSource.Coordinate one) {
            return one.index();
        }
        throw new ExpressionException(
                "'" + coordinate.name() + "' is no coordinate of points, so a derivative by it on a"
                        + " grid has no meaning; use automatic derivatives.");
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
            Share.Range range = share.range(axis, feed.extents().get(axis));
            all = all.slice(random.axes().indexOf(axis), range.from(), range.to());
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
            Value median = Selection.median(share.whole(operand, feed.extents()), places);
            return share.part(new Traced(median, kept), feed.extents());
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
            count *= presence.isPresent() ? 1.0 / feed.parts(axis) : feed.extents().get(axis);
        }
        Value reduced = all.reduce(reduction, places);
        if (aggregation == Aggregation.MEAN) {
            reduced = reduced.times(1 / count);
        }
        return share.combine(new Traced(reduced, kept), operand.axes(), reduction, feed.extents());
    }

    /** What tells vacant places of an axis from others, as often as the operand has values; empty where there are none. */
    private Optional<Value> presence(Axis axis, Traced operand) {
        return feed.presence(axis).map(source -> value(source)
                .value()
                .broadcast(operand.value().shape(), List.of(operand.axes().indexOf(axis))));
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
                throw new ExpressionException("A median along '" + axis + "' would count vacant places, because its points"
                        + " become more; leave out upTo(…), or take a mean.");
            }
        }
    }
}

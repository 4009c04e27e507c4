// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Scaled dot-product attention, {@code softmax(Q·Kᵀ/√width)·V}: A. Vaswani et al., "Attention is all you need", NeurIPS 2017,
 * section 3.2. The division by the sum of exponentials comes last, where there are fewer numbers to divide.
 *
 * <p>What changes scores before the softmax is a function of the scores {@code [lead…, queries, keys]}: {@link #masked},
 * {@link #biased}, {@link #causal}, {@link RelativePosition#scores}, {@link ShiftedWindows#scores}, or any other; {@link
 * UnaryOperator#identity()} leaves them. The leading axes usually end in the heads.
 */
public final class Attention {
    private Attention() {}

    /**
     * What each query finds.
     *
     * @param q queries, [lead…, queries, width]
     * @param k keys, [lead…, keys, width]
     * @param v values, [lead…, keys, channels]
     * @param scores change of the scores
     * @return [lead…, queries, channels]; 0 for a query that may look at no key
     * @throws ShapeException when extents differ
     */
    public static Value of(Value q, Value k, Value v, UnaryOperator<Value> scores) {
        int lead = q.shape().rank() - 2;
        if (lead < 0 || k.shape().rank() != lead + 2 || v.shape().rank() != lead + 2) {
            throw new ShapeException(
                    "Attention takes queries, keys and values [lead…, tokens, width] of one rank, but got " + q.type()
                            + ", " + k.type() + " and " + v.type() + ".");
        }
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < lead; i++) {
            batch.append((char) ('a' + i));
        }
        Value scaled = q.times(1 / Math.sqrt(q.shape().dim(-1)));
        Value products = Value.of(new Op.Contract(batch + "QW", batch + "KW", batch + "QK"), scaled, k);
        Softmax weights = Softmax.over(scores.apply(products), -1);
        Op weighted = new Op.Contract(batch + "QK", batch + "KC", batch + "QC");
        Value found = Value.of(weighted, weights.exponentials(), v);
        return found.div(Axes.of(found, -1).spread(weights.positiveTotal()));
    }

    /**
     * Attention of several heads along one axis of a field, every other axis by itself: with one space axis, ordinary
     * self-attention; with more, axial attention (J. Ho, N. Kalchbrenner, D. Weissenborn, T. Salimans, "Axial attention in
     * multidimensional transformers", 2019, section 3.1).
     *
     * @param q queries, [batch, space…, heads·width]
     * @param k keys, of this type but for the extent of the axis
     * @param v values, of the type of the keys
     * @param axis the axis, among batch and space; negative ones count from the last
     * @param heads into how many heads the channels fall
     * @param scores change of the scores [batch, other space…, heads, queries, keys]
     * @return as the queries
     */
    public static Value along(Value q, Value k, Value v, int axis, int heads, UnaryOperator<Value> scores) {
        int along = Axes.positive(q, axis);
        if (along == q.shape().rank() - 1) {
            throw new ShapeException(
                    "Attention goes along a space axis, but axis " + axis + " of " + q.type() + " holds the channels.");
        }
        Value found = of(headsFirst(q, along, heads), headsFirst(k, along, heads), headsFirst(v, along, heads), scores);
        int rank = found.shape().rank();
        int[] order = new int[rank];
        for (int i = 0, from = 0; i < rank - 2; i++) {
            order[i] = i == along ? rank - 2 : from++;
        }
        order[rank - 2] = rank - 3;
        order[rank - 1] = rank - 1;
        return found.transpose(order).reshape(q.shape());
    }

    /** {@code [batch, space…, heads·width]} to {@code [batch, other space…, heads, tokens, width]}. */
    private static Value headsFirst(Value x, int along, int heads) {
        int channels = x.shape().dim(-1);
        if (heads < 1 || channels % heads != 0) {
            throw new ShapeException(channels + " channels of " + x.type() + " do not fall into " + heads + " heads.");
        }
        List<Integer> dims = new ArrayList<>(x.shape().dims());
        int rank = dims.size() + 1;
        dims.set(rank - 2, heads);
        dims.add(channels / heads);
        int[] others =
                IntStream.range(0, rank - 1).filter(axis -> axis != along).toArray();
        int[] order = IntStream.concat(IntStream.of(others), IntStream.of(along, rank - 1))
                .toArray();
        return x.reshape(new Shape(dims)).transpose(order);
    }

    /**
     * Lets queries see some keys only.
     *
     * @param allowed bool, of the shape of the last axes of the scores; true where a query may look at a key
     */
    public static UnaryOperator<Value> masked(Value allowed) {
        return scores -> allowed.broadcastTo(scores.shape())
                .apply(Primitive.SELECT, scores, Value.full(scores.type(), Double.NEGATIVE_INFINITY));
    }

    /**
     * Adds to the scores.
     *
     * @param bias of the shape of the last axes of the scores
     */
    public static UnaryOperator<Value> biased(Value bias) {
        return scores -> scores.plus(bias.broadcastTo(scores.shape()));
    }

    /** Lets each token see itself and those before it. */
    public static UnaryOperator<Value> causal() {
        return scores -> {
            TensorType square = new TensorType(
                    DType.I32, Shape.of(scores.shape().dim(-2), scores.shape().dim(-1)));
            Value earlier = Value.iota(square, 1).apply(Primitive.LE, Value.iota(square, 0));
            return masked(earlier).apply(scores);
        };
    }
}

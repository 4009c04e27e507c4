// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Elements in order along an axis. Orders are stable, NaNs come last either way. Derivatives flow through the elements that
 * were chosen; positions are i32 and have none. Negative axes count from the last.
 */
public final class Sorting {
    /**
     * Elements and where they stood.
     *
     * @param values the elements
     * @param positions their positions along the axis, i32, of the shape of the values
     */
    public record Chosen(Value values, Value positions) {}

    private Sorting() {}

    /** The elements along an axis in increasing order. */
    public static Value sort(Value x, int axis) {
        return chosen(x, axis, false, x.shape().dim(Axes.positive(x, axis))).values();
    }

    /** The elements along an axis in decreasing order. */
    public static Value sortDescending(Value x, int axis) {
        return chosen(x, axis, true, x.shape().dim(Axes.positive(x, axis))).values();
    }

    /**
     * The k largest elements along an axis, the largest first.
     *
     * @throws ShapeException when there are not as many
     */
    public static Chosen topK(Value x, int k, int axis) {
        if (k < 0 || k > x.shape().dim(Axes.positive(x, axis))) {
            throw new ShapeException(
                    "The " + k + " largest elements were asked for along axis " + axis + " of " + x.type() + ".");
        }
        return chosen(x, axis, true, k);
    }

    private static Chosen chosen(Value x, int axis, boolean descending, int count) {
        int along = Axes.positive(x, axis);
        Value positions = Value.of(new IndexedOp.ArgSort(along, descending), x).slice(along, 0, count);
        return new Chosen(takeAlongAxis(x, positions, along), positions);
    }

    /**
     * The position, as i32, of the largest element along an axis, which disappears: of the first one where several are
     * largest, of the first NaN where there is one.
     *
     * @throws ShapeException when there is no element
     */
    public static Value argmax(Value x, int axis) {
        return position(x, axis, Reduction.MAX);
    }

    /** The position of the smallest element, otherwise as {@link #argmax}. */
    public static Value argmin(Value x, int axis) {
        return position(x, axis, Reduction.MIN);
    }

    private static Value position(Value x, int axis, Reduction extremum) {
        int along = Axes.positive(x, axis);
        int extent = x.shape().dim(along);
        if (extent == 0) {
            throw new ShapeException("There is no " + extremum.text() + " among no elements: axis " + axis + " of "
                    + x.type() + " is empty.");
        }
        Axes axes = Axes.of(x, along);
        Value extreme = x.apply(Primitive.EQ, axes.spread(axes.reduce(extremum, x)));
        Value first = extreme.apply(Primitive.OR, x.apply(Primitive.NE, x));
        TensorType indices = x.type().with(DType.I32);
        Value candidates = first.apply(Primitive.SELECT, Value.iota(indices, along), Value.full(indices, extent));
        return axes.reduce(Reduction.MIN, candidates);
    }

    /**
     * The elements at given positions along an axis, as NumPy's {@code take_along_axis}: zero where a position is outside.
     *
     * @param positions of type i32, with the extents of {@code x} but for that axis
     * @throws ShapeException when other extents differ, or x has more elements than i32 numbers
     */
    public static Value takeAlongAxis(Value x, Value positions, int axis) {
        int along = Axes.positive(x, axis);
        Shape shape = x.shape();
        boolean fits = positions.shape().rank() == shape.rank() && positions.dtype() == DType.I32;
        long before = 1;
        long after = 1;
        for (int i = 0; fits && i < shape.rank(); i++) {
            fits = i == along || shape.dim(i) == positions.shape().dim(i);
            before *= i < along ? shape.dim(i) : 1;
            after *= i > along ? shape.dim(i) : 1;
        }
        if (!fits || shape.size() > Integer.MAX_VALUE) {
            throw new ShapeException("Elements are taken along axis " + axis + " of " + x.type()
                    + " by i32 positions with its other extents, but got " + positions.type() + ".");
        }
        int extent = shape.dim(along);
        TensorType lines = new TensorType(
                DType.I32, Shape.of((int) before, positions.shape().dim(along), (int) after));
        Value within = positions.reshape(lines.shape());
        Value flat =
                Value.iota(lines, 0).times(extent).plus(within).times(after).plus(Value.iota(lines, 2));
        Value exists = Value.full(lines, 0)
                .apply(Primitive.LE, within)
                .apply(Primitive.AND, within.apply(Primitive.LT, Value.full(lines, extent)));
        Value safe = exists.apply(Primitive.SELECT, flat, Value.full(lines, -1));
        return x.reshape(Math.toIntExact(shape.size())).gather(safe).reshape(positions.shape());
    }
}

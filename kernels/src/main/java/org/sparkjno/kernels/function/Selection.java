// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/** Choosing elements by their position or their order along an axis; negative axes count from the last one. */
public final class Selection {
    private Selection() {}

    /**
     * The elements of {@code x} at positions along an axis, zero where there is no such position.
     *
     * @param positions of type i32 or i64, with the extents of {@code x} along all other axes
     * @return of the shape of {@code positions}
     */
    public static Value takeAlongAxis(Value x, Value positions, int axis) {
        int along = Axes.positive(x, axis);
        List<Integer> expected = new ArrayList<>(x.shape().dims());
        if (positions.shape().rank() == expected.size()) {
            expected.set(along, positions.shape().dim(along));
        }
        boolean whole = positions.dtype() == DType.I32 || positions.dtype() == DType.I64;
        if (!whole || !positions.shape().dims().equals(expected)) {
            throw new ShapeException("takeAlongAxis along axis " + axis + " of " + x.type()
                    + " needs i32 or i64 positions with the same other extents, but got " + positions.type() + ".");
        }
        int[] last = lastIs(along, expected.size());
        int extent = x.shape().dim(along);
        Value at = positions.transpose(last).cast(DType.I64);
        int count = at.shape().dim(-1);
        Value flat = at.reshape(count == 0 ? 0 : (int) (at.shape().size() / count), count);
        Value line = Value.iota(flat.type(), 0).times(extent);
        Value absent = Value.full(flat.type(), -1);
        Value exists = absent.apply(Primitive.LT, flat)
                .apply(Primitive.AND, flat.apply(Primitive.LT, Value.full(flat.type(), extent)));
        Value taken = x.transpose(last)
                .reshape((int) x.shape().size())
                .gather(exists.apply(Primitive.SELECT, line.plus(flat), absent));
        return taken.reshape(at.shape()).transpose(inverse(last));
    }

    /** The elements along an axis in increasing order, NaN last; each keeps the derivative of where it came from. */
    public static Value sort(Value x, int axis) {
        return takeAlongAxis(x, x.argsort(axis), axis);
    }

    /**
     * The middle element in increasing order over some axes, which disappear, or the mean of the two in the middle; over all axes when
     * none is named.
     *
     * @throws ShapeException when there are no elements
     */
    public static Value median(Value x, int... axes) {
        Axes over = Axes.of(x, axes);
        List<Integer> order = new ArrayList<>(over.kept());
        order.addAll(over.over());
        Value last = x.transpose(order.stream().mapToInt(Integer::intValue).toArray());
        List<Integer> dims =
                new ArrayList<>(last.shape().dims().subList(0, over.kept().size()));
        int count = (int) (x.shape().size() / new Shape(dims).size());
        if (count == 0) {
            throw new ShapeException("median needs elements, but " + x.type() + " has none.");
        }
        dims.add(count);
        Value sorted = sort(last.reshape(new Shape(dims)), -1);
        return sorted.slice(-1, (count - 1) / 2, count / 2 + 1).mean(-1);
    }

    /**
     * Position, as i32, of the first largest element along an axis, which disappears; of the first NaN if there is one.
     *
     * @throws ShapeException when the axis has no elements
     */
    public static Value argmax(Value x, int axis) {
        return position("argmax", Reduction.MAX, x, axis);
    }

    /** Position of the first smallest element along an axis, otherwise as {@link #argmax}. */
    public static Value argmin(Value x, int axis) {
        return position("argmin", Reduction.MIN, x, axis);
    }

    private static Value position(String name, Reduction extremum, Value x, int axis) {
        int along = Axes.positive(x, axis);
        int extent = x.shape().dim(along);
        if (extent == 0) {
            throw new ShapeException(name + " needs elements along axis " + axis + ", but " + x.type() + " has none.");
        }
        Axes axes = Axes.of(x, along);
        Value attains = x.apply(Primitive.EQ, axes.spread(axes.reduce(extremum, x)))
                .apply(Primitive.OR, x.apply(Primitive.NE, x));
        TensorType counts = x.type().with(DType.I32);
        Value position = attains.apply(Primitive.SELECT, Value.iota(counts, along), Value.full(counts, extent));
        return position.reduce(Reduction.MIN, along);
    }

    private static int[] lastIs(int axis, int rank) {
        return IntStream.range(0, rank)
                .map(i -> i < axis ? i : i < rank - 1 ? i + 1 : axis)
                .toArray();
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }
}

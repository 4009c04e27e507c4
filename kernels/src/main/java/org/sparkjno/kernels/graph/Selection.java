// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.scalar.Primitive;

/** Choosing elements along an axis, written in terms of operations. */
final class Selection {
    private Selection() {}

    /** The elements of {@code x} at these positions along an axis, zero where there is no such position. */
    static Value along(Value x, Value positions, int axis) {
        List<Integer> expected = new ArrayList<>(x.shape().dims());
        if (positions.shape().rank() == expected.size()) {
            expected.set(axis, positions.shape().dim(axis));
        }
        if (!positions.shape().dims().equals(expected)) {
            throw new ShapeException("takeAlongAxis along axis " + axis + " of " + x.type()
                    + " needs positions with the same other extents, but got " + positions.type() + ".");
        }
        Types.requireIndices("takeAlongAxis", positions.type());
        int extent = x.shape().dim(axis);
        int[] last = lastIs(axis, expected.size());
        Value lines = x.transpose(last);
        Value at = positions.transpose(last).cast(DType.I64);
        int count = at.shape().dim(-1);
        Value flat = at.reshape(count == 0 ? 0 : (int) (at.shape().size() / count), count);
        Value line = Value.iota(flat.type(), 0).times(extent);
        Value absent = Value.full(flat.type(), -1);
        Value exists = absent.apply(Primitive.LT, flat)
                .apply(Primitive.AND, flat.apply(Primitive.LT, Value.full(flat.type(), extent)));
        Value taken =
                lines.reshape((int) x.shape().size()).gather(exists.apply(Primitive.SELECT, line.plus(flat), absent));
        return taken.reshape(at.shape()).transpose(inverse(last));
    }

    /** The first position of a largest element, or of a NaN, along an axis. */
    static Value argmax(Value x, int axis) {
        int extent = x.shape().dim(axis);
        if (extent == 0) {
            throw new ShapeException("argmax needs elements along axis " + axis + ", but " + x.type() + " has none.");
        }
        List<Integer> others = IntStream.range(0, x.shape().rank())
                .filter(other -> other != axis)
                .boxed()
                .toList();
        Value largest = x.max(axis).broadcast(x.shape(), others);
        Value attains = x.apply(Primitive.EQ, largest).apply(Primitive.OR, x.apply(Primitive.NE, x));
        TensorType counts = x.type().with(DType.I32);
        Value position = attains.apply(Primitive.SELECT, Value.iota(counts, axis), Value.full(counts, extent));
        return position.reduce(Reduction.MIN, axis);
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

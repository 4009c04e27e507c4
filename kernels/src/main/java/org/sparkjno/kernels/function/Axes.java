// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Reduction;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * Some axes of a shape: values are reduced over them, and what is left is spread over them again.
 *
 * @param shape the whole shape
 * @param over increasing, none negative
 */
record Axes(Shape shape, List<Integer> over) {
    /**
     * Axes of a value; all of them when none is named.
     *
     * @param axes negative ones count from the last
     * @throws ShapeException when one does not exist or is named twice
     */
    static Axes of(Value value, int... axes) {
        int rank = value.shape().rank();
        if (axes.length == 0) {
            return new Axes(value.shape(), IntStream.range(0, rank).boxed().toList());
        }
        List<Integer> over = Arrays.stream(axes)
                .map(axis -> positive(value, axis))
                .distinct()
                .sorted()
                .boxed()
                .toList();
        if (over.size() < axes.length) {
            throw new ShapeException(
                    "Each axis is named once, but got " + Arrays.toString(axes) + " for " + value.type() + ".");
        }
        return new Axes(value.shape(), over);
    }

    /** An axis counted from the first. */
    static int positive(Value value, int axis) {
        int rank = value.shape().rank();
        int positive = axis < 0 ? axis + rank : axis;
        if (positive < 0 || positive >= rank) {
            throw new ShapeException("axis " + axis + " does not exist in " + value.type() + ".");
        }
        return positive;
    }

    /** The axes that stay. */
    List<Integer> kept() {
        List<Integer> kept = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!over.contains(axis)) {
                kept.add(axis);
            }
        }
        return kept;
    }

    Value reduce(Reduction reduction, Value value) {
        return over.isEmpty()
                ? value
                : value.reduce(
                        reduction, over.stream().mapToInt(Integer::intValue).toArray());
    }

    Value sum(Value value) {
        return reduce(Reduction.SUM, value);
    }

    /** Arithmetic mean; NaN over no elements. */
    Value mean(Value value) {
        double count = 1;
        for (int axis : over) {
            count *= shape.dim(axis);
        }
        return sum(value).times(1 / count);
    }

    /** A value with the kept axes, repeated along the others. */
    Value spread(Value reduced) {
        return reduced.broadcast(shape, kept());
    }
}

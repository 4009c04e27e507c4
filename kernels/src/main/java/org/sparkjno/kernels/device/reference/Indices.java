// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.device.reference;

import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;

/** The multi-indices of the elements of a tensor. */
final class Indices {
    private Indices() {}

    /** All of them, in row-major order. */
    static Iterable<int[]> of(Shape shape) {
        int size = Math.toIntExact(shape.size());
        return () -> IntStream.range(0, size)
                .mapToObj(position -> index(shape, position))
                .iterator();
    }

    private static int[] index(Shape shape, int position) {
        int[] index = new int[shape.rank()];
        int rest = position;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return index;
    }

    /** Row-major position of the element with an index. */
    static int position(Shape shape, int[] index) {
        int position = 0;
        for (int axis = 0; axis < index.length; axis++) {
            position = position * shape.dim(axis) + index[axis];
        }
        return position;
    }
}

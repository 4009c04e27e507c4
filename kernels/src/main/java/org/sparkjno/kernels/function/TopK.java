// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.IndexedOp;
import org.sparkjno.kernels.graph.Value;

/**
 * The largest elements along an axis, the largest first and NaN after all others; equal ones in their order.
 *
 * @param values the elements, whose derivatives are those of the elements they were taken from
 * @param positions where they stood, as i32
 */
public record TopK(Value values, Value positions) {
    /**
     * The {@code k} largest elements along an axis.
     *
     * @throws org.sparkjno.kernels.graph.ShapeException when there are fewer than {@code k}
     */
    public static TopK of(Value x, int k, int axis) {
        int positive = Axes.positive(x, axis);
        Value positions = Value.of(new IndexedOp.ArgSort(positive, true), x).slice(positive, 0, k);
        return new TopK(Selection.takeAlongAxis(x, positions, positive), positions);
    }
}

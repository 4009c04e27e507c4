// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.function.UnaryOperator;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A learned bias of attention scores for each relative position of two points of a window: Z. Liu et al., "Swin transformer",
 * ICCV 2021, equation 4. The table has one row per difference of positions and one column per head.
 *
 * @param extents points of the window along each axis, the last axis fastest
 */
public record RelativePosition(List<Integer> extents) {
    public RelativePosition {
        extents = List.copyOf(extents);
        if (extents.isEmpty() || extents.stream().anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException(
                    "A window has at least one point along each axis, but got " + extents + ".");
        }
    }

    /** The shape of the table for some heads: [∏ (2·extent − 1), heads]. */
    public Shape table(int heads) {
        return Shape.of(extents.stream().mapToInt(extent -> 2 * extent - 1).reduce(1, Math::multiplyExact), heads);
    }

    /**
     * The bias of every pair of points, [heads, points, points].
     *
     * @throws ShapeException when the table does not have a row for each difference
     */
    public Value bias(Value table) {
        if (table.shape().rank() != 2
                || !table.shape().equals(table(table.shape().dim(-1)))) {
            throw new ShapeException("The table of relative positions in a window of " + extents + " is "
                    + table(0).dims().get(0) + " rows of heads, but got " + table.type() + ".");
        }
        int points = extents.stream().reduce(1, Math::multiplyExact);
        double[] rows = new double[points * points];
        for (int query = 0; query < points; query++) {
            for (int key = 0; key < points; key++) {
                rows[query * points + key] = row(query, key);
            }
        }
        TensorType type = new TensorType(DType.I32, Shape.of(points, points));
        return table.gather(Value.constant(Literal.of(type, rows))).transpose(2, 0, 1);
    }

    /** Adds the bias to scores [lead…, heads, points, points]. */
    public UnaryOperator<Value> scores(Value table) {
        return Attention.biased(bias(table));
    }

    private int row(int query, int key) {
        int row = 0;
        int scale = 1;
        int from = query;
        int to = key;
        for (int axis = extents.size() - 1; axis >= 0; axis--) {
            int extent = extents.get(axis);
            row += scale * (from % extent - to % extent + extent - 1);
            scale *= 2 * extent - 1;
            from /= extent;
            to /= extent;
        }
        return row;
    }
}

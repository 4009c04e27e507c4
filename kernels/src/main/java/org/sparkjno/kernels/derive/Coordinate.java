// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.derive;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * A direction in which a value moves: moving by {@code ε} along the coordinate changes {@code value} by
 * {@code ε·direction}. Every element moves at once, so a derivative in a coordinate is taken at each point only of what
 * is computed point by point.
 *
 * @param value what moves, floating-point
 * @param direction its derivative in the coordinate, of its type
 */
public record Coordinate(Value value, Value direction) {
    public Coordinate {
        if (!value.dtype().isFloating()) {
            throw new ShapeException(
                    "Only f32 and f64 values have derivatives, but " + value + " is to be a coordinate.");
        }
        if (!direction.type().equals(value.type())) {
            throw new ShapeException("The direction of a coordinate needs the type of its value, but got "
                    + direction.type() + " for " + value.type() + ".");
        }
    }

    /** The coordinate that a whole tensor holds, one number per point. */
    public static Coordinate of(Value value) {
        return new Coordinate(value, Value.full(value.type(), 1));
    }

    /**
     * One coordinate per entry of the last axis.
     *
     * @param points for example {@code [points, dimensions]}
     * @throws ShapeException when {@code points} is a scalar
     */
    public static List<Coordinate> columns(Value points) {
        if (points.shape().rank() == 0) {
            throw new ShapeException(
                    "Columns are taken of points with at least one axis, but got " + points.type() + ".");
        }
        int dimensions = points.shape().dim(-1);
        TensorType row = points.type().with(Shape.of(dimensions));
        List<Coordinate> columns = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            double[] unit = new double[dimensions];
            unit[i] = 1;
            columns.add(
                    new Coordinate(points, Value.constant(Literal.of(row, unit)).broadcastTo(points.shape())));
        }
        return columns;
    }
}

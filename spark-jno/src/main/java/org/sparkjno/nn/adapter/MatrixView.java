// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A weight as a matrix.
 *
 * @param inputs product of all axes but the last
 * @param outputs last axis
 */
record MatrixView(int inputs, int outputs) {
    static MatrixView of(Shape shape) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(
                    "Adapters belong to matrices and to weights of more axes, but got one of shape " + shape
                            + "; name weights such as '.*weight'.");
        }
        int outputs = shape.dim(-1);
        return new MatrixView(Math.toIntExact(shape.size() / outputs), outputs);
    }

    static MatrixView of(Value weight) {
        return of(weight.shape());
    }

    /** A rank that the matrix can have. */
    int cut(int rank) {
        return Math.min(rank, Math.min(inputs, outputs));
    }

    /** One factor per column. */
    Value timesColumns(Value matrix, Value factors) {
        return matrix.times(factors.broadcast(Shape.of(inputs, outputs), List.of(1)));
    }
}

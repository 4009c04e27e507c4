// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/** The product of the last axis of a tensor with a matrix. */
final class AffineMap {
    private static final String AXES = "abcdefgh";

    private AffineMap() {}

    /** x·W: {@code [axis…, inputs]} and {@code [inputs, outputs]} to {@code [axis…, outputs]}. */
    static Value product(Value x, Value weight) {
        int rank = x.shape().rank();
        if (rank < 1
                || rank > AXES.length()
                || x.shape().dim(-1) != weight.shape().dim(0)) {
            throw new ShapeException(
                    "A linear layer with a weight of " + weight.type() + " takes tensors whose last axis has "
                            + weight.shape().dim(0) + " channels, but got " + x.type() + ".");
        }
        String points = AXES.substring(0, rank - 1);
        return x.contract(points + "i,io->" + points + "o", weight);
    }

    /** x·W + b. */
    static Value of(Value x, Value weight, Value bias) {
        Value product = product(x, weight);
        return product.plus(bias.broadcastTo(product.shape()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.Weights;

/**
 * The Laplacian of a perceptron with tanh in its inputs by one propagation of value, slopes and Laplacian: R. Li et al.,
 * "A computational framework for neural network-based variational Monte Carlo with forward Laplacian", 2024.
 */
final class ForwardLaplacian {
    private ForwardLaplacian() {}

    /** The sum of second derivatives, {@code [points, outputs]}, at points {@code [points, axes]}. */
    static Value of(Mlp network, Weights weights, Value points) {
        Weights first = weights.under("layers.0");
        Value value = network.layers().get(0).apply(first, points);
        List<Value> slopes = new ArrayList<>();
        for (int axis = 0; axis < points.shape().dim(1); axis++) {
            Value row = first.get("weight").slice(0, axis, axis + 1);
            slopes.add(row.reshape(row.shape().dim(1)).broadcastTo(value.shape()));
        }
        Value laplacian = Value.full(value.type(), 0);
        for (int i = 1; i < network.layers().size(); i++) {
            Weights layer = weights.under("layers." + i);
            Value matrix = layer.get("weight");
            Value tanh = value.tanh();
            Value rate = tanh.square().negate().plus(1);
            Value squares =
                    slopes.stream().map(Value::square).reduce(Value::plus).orElseThrow();
            Value curvature = tanh.times(rate).times(-2);
            laplacian = product(rate.times(laplacian).plus(curvature.times(squares)), matrix);
            slopes.replaceAll(slope -> product(rate.times(slope), matrix));
            value = network.layers().get(i).apply(layer, tanh);
        }
        return laplacian;
    }

    private static Value product(Value points, Value matrix) {
        return points.contract("ai,io->ao", matrix);
    }
}

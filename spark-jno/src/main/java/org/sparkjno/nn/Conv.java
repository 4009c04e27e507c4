// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.function.Convolution;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A {@link Convolution} with a bias, of fields {@code [batch, axis…, channels]}, that makes ⌈n/stride⌉ of n points
 * along each axis. The weight is {@code [kernel…, inputs, outputs]}.
 *
 * @param dimensions number of space axes
 * @param inputs channels in
 * @param outputs channels out
 * @param kernel points of a window, along each axis
 * @param stride points from one window to the next, along each axis
 * @param boundary what lies beyond the field
 */
public record Conv(int dimensions, int inputs, int outputs, int kernel, int stride, Boundary boundary)
        implements Layer {
    public Conv {
        if (dimensions < 1 || inputs < 1 || outputs < 1 || kernel < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "A convolution needs at least one axis, one channel in and out, a kernel and"
                            + " a stride of 1 or more, but got " + dimensions + " axes, " + inputs + " and " + outputs
                            + " channels, kernel " + kernel + " and stride " + stride + ".");
        }
    }

    /** First values as PyTorch begins its convolutions: uniform, by the number of inputs of an output. */
    @Override
    public List<Parameter> parameters() {
        int[] window = Collections.nCopies(dimensions, kernel).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        int fan = inputs * Math.toIntExact(Shape.of(window).size());
        Initialisation start = new Initialisation.FanIn();
        return List.of(
                new Parameter("weight", Shape.of(window).append(inputs, outputs), start.weight(fan, outputs)),
                new Parameter("bias", Shape.of(outputs), start.bias(fan, outputs)));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value y = convolution().apply(x, weights.get("weight"));
        return y.plus(weights.get("bias").broadcastTo(y.shape()));
    }

    Convolution convolution() {
        List<Integer> ones = Collections.nCopies(dimensions, 1);
        return new Convolution(ones, ones, boundary.padding(), 1).strided(stride);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The affine map x·W + b of the last axis, at every point alike. W is {@code [inputs, outputs]}, b {@code [outputs]}.
 *
 * @param inputs channels in
 * @param outputs channels out
 * @param start first values
 */
public record Linear(int inputs, int outputs, Initialisation start) implements Affine {
    public Linear {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException("A linear layer needs at least one channel in and out, but got " + inputs
                    + " and " + outputs + ".");
        }
    }

    /** The map that begins as {@link Initialisation.FanIn}. */
    public Linear(int inputs, int outputs) {
        this(inputs, outputs, new Initialisation.FanIn());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter("weight", Shape.of(inputs, outputs), start.weight(inputs, outputs)),
                new Parameter("bias", Shape.of(outputs), start.bias(inputs, outputs)));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        return AffineMap.of(x, weights.get("weight"), weights.get("bias"));
    }
}

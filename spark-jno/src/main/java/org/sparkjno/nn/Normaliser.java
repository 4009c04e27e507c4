// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The unit-Gaussian normalisation (x − mean)/(deviation + ε), or its inverse. The statistics are buffers, so that a model of
 * other data is the same program.
 *
 * @param shape of the statistics, the last axes of the fields: {@code [channels]} for one mean per channel, which serves
 *     every grid, or {@code [axis…, channels]} for one per point
 * @param direction to or from unit variance
 */
public record Normaliser(Shape shape, Direction direction) implements Layer {
    private static final double EPSILON = 1e-5;

    /** To or from unit variance. */
    public enum Direction {
        NORMALISE,
        RESTORE
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public List<Parameter> buffers() {
        return List.of(
                new Parameter("mean", shape, new Initialiser.Constant(0)),
                new Parameter("deviation", shape, new Initialiser.Constant(1)));
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value mean = weights.get("mean").broadcastTo(x.shape());
        Value deviation = weights.get("deviation").plus(EPSILON);
        return switch (direction) {
            case NORMALISE ->
                x.minus(mean)
                        .times(Value.full(deviation.type(), 1).div(deviation).broadcastTo(x.shape()));
            case RESTORE -> x.times(deviation.broadcastTo(x.shape())).plus(mean);
        };
    }
}

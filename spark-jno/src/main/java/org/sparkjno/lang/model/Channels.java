// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;

/** Arguments side by side as the channels of one tensor, and results taken apart again. */
final class Channels {
    private Channels() {}

    /** Number of channels of some scalars and vectors. */
    static int count(List<Space> arguments) {
        int channels = 0;
        for (Space argument : arguments) {
            if (argument.components().rank() > 1) {
                throw new ExpressionException("Models take scalars and vectors, but an argument has values of shape "
                        + argument.components() + "; take its rows with get(i).");
            }
            channels += Math.toIntExact(argument.components().size());
        }
        return channels;
    }

    static void require(String what, int channels, List<Space> arguments) {
        int given = count(arguments);
        if (given != channels) {
            throw new ExpressionException(what + " takes " + channels + " numbers, but got " + given + " in "
                    + arguments.size() + " arguments; give it as many, or make it for " + given + ".");
        }
    }

    /** One tensor {@code [axis…, channels]} along all axes of the arguments. */
    static Traced join(List<Traced> arguments) {
        List<Traced> aligned = Traced.aligned(arguments);
        List<Axis> axes = aligned.get(0).axes();
        List<Value> parts = new ArrayList<>();
        for (Traced argument : aligned) {
            parts.add(argument.components().rank() == 0 ? argument.value().expandDims(axes.size()) : argument.value());
        }
        return new Traced(parts.size() == 1 ? parts.get(0) : Value.concat(axes.size(), parts), axes);
    }

    /** A result of one channel is a scalar, of more a vector. */
    static Shape components(int channels) {
        return channels == 1 ? Shape.SCALAR : Shape.of(channels);
    }

    /** A tensor with channels last as one of {@link #components}. */
    static Traced result(Value value, List<Axis> axes) {
        return new Traced(value.shape().dim(-1) == 1 ? value.squeeze(-1) : value, axes);
    }
}

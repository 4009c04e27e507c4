// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * The numbers {@code weight(k)·exp(±2πi·j·k/n)} for points j and modes k. Angles are reduced as integers, j·k mod n, so that
 * large products lose no digits.
 *
 * @param circle n
 * @param sign −1 or 1
 * @param points how many points, from 0
 * @param from first mode, may be negative
 * @param to after the last mode
 * @param weight of a mode
 */
record CircleTable(int circle, int sign, int points, int from, int to, IntToDoubleFunction weight) {
    /** Modes from 0, all of weight 1. */
    static CircleTable of(int circle, int sign, int points, int modes) {
        return new CircleTable(circle, sign, points, 0, modes, k -> 1);
    }

    /** The matrix [points, modes]. */
    ComplexPair pointsByModes(DType dtype) {
        return matrix(dtype, false);
    }

    /** The matrix [modes, points]. */
    ComplexPair modesByPoints(DType dtype) {
        return matrix(dtype, true);
    }

    private ComplexPair matrix(DType dtype, boolean modesFirst) {
        int modes = to - from;
        double[] re = new double[points * modes];
        double[] im = new double[points * modes];
        for (int k = 0; k < modes; k++) {
            double scale = weight.applyAsDouble(from + k);
            for (int j = 0; j < points; j++) {
                long turn = Math.floorMod((long) (from + k) * j, (long) circle);
                double angle = 2 * Math.PI * turn / circle;
                int at = modesFirst ? k * points + j : j * modes + k;
                re[at] = scale * StrictMath.cos(angle);
                im[at] = scale * sign * StrictMath.sin(angle);
            }
        }
        Shape shape = modesFirst ? Shape.of(modes, points) : Shape.of(points, modes);
        return new ComplexPair(constant(dtype, shape, re), constant(dtype, shape, im));
    }

    /** Weights of modes, [modes]. */
    static Value weights(DType dtype, int from, int to, IntToDoubleFunction weight) {
        double[] weights =
                IntStream.range(from, to).mapToDouble(weight::applyAsDouble).toArray();
        return constant(dtype, Shape.of(to - from), weights);
    }

    private static Value constant(DType dtype, Shape shape, double... elements) {
        return Value.constant(Literal.of(new TensorType(dtype, shape), elements));
    }
}

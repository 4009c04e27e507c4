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
 * Tables of {@code exp(±2πi·turn/n)} for whole numbers of turns, which are reduced modulo n before they become angles, so
 * that large ones lose no digits.
 *
 * @param circle n
 * @param sign −1 or 1
 */
record CircleTable(int circle, int sign) {
    /** What stands at a position of a table, for example the product of a point and a mode. */
    @FunctionalInterface
    interface Turn {
        long at(int... index);
    }

    /** A table of a shape. */
    ComplexPair of(DType dtype, Shape shape, Turn turn) {
        return of(dtype, shape, turn, row -> 1);
    }

    /** A table of a shape whose rows, along the first axis, have weights. */
    ComplexPair of(DType dtype, Shape shape, Turn turn, IntToDoubleFunction weight) {
        int size = Math.toIntExact(shape.size());
        double[] re = new double[size];
        double[] im = new double[size];
        int[] index = new int[shape.rank()];
        for (int i = 0; i < size; i++) {
            for (int axis = index.length - 1, rest = i; axis >= 0; axis--) {
                index[axis] = rest % shape.dim(axis);
                rest /= shape.dim(axis);
            }
            double angle = 2 * Math.PI * Math.floorMod(turn.at(index), (long) circle) / circle;
            double scale = weight.applyAsDouble(index[0]);
            re[i] = scale * StrictMath.cos(angle);
            im[i] = scale * sign * StrictMath.sin(angle);
        }
        TensorType type = new TensorType(dtype, shape);
        return new ComplexPair(Value.constant(Literal.of(type, re)), Value.constant(Literal.of(type, im)));
    }

    /** Weights of numbered modes, [to − from]. */
    static Value weights(DType dtype, int from, int to, IntToDoubleFunction weight) {
        double[] weights = IntStream.range(from, to).mapToDouble(weight).toArray();
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(to - from)), weights));
    }
}

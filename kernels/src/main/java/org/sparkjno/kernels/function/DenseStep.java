// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A {@link FourierStep} by a dense product. The twiddle factors between two steps are part of the matrix, so that a step is
 * one pass through memory.
 *
 * @param matrix what is multiplied by
 * @param from labels of neighbouring axes of the operand
 * @param by labels of the axes of the matrix
 * @param to labels of these axes in the result
 */
record DenseStep(ComplexPair matrix, String from, String by, String to) implements FourierStep {
    /**
     * From points to the digits k of their modes: {@code [r, open, done]} to {@code [open, k, done]}. Point {@code j} of {@code
     * points} and digit k meet in {@code exp(−2πi·j·k/points)}.
     */
    static DenseStep toModes(DType dtype, int points, int radix) {
        Shape digits = Shape.of(radix, points / radix, radix);
        ComplexPair table = CircleTable.of(points, -1, points, radix).pointsByModes(dtype);
        return new DenseStep(table.map(part -> part.reshape(digits)), "rod", "rok", "okd");
    }

    /** From digits k to points, the transpose: {@code [done, k, open]} to {@code [r, done, open]}. */
    static DenseStep toPoints(DType dtype, int points, int radix) {
        Shape digits = Shape.of(radix, radix, points / radix);
        ComplexPair table = CircleTable.of(points, 1, points, radix).modesByPoints(dtype);
        return new DenseStep(table.map(part -> part.reshape(digits)), "dko", "krd", "rdo");
    }

    /** From points to the modes of a table: {@code [r, done]} to {@code [k, done]}. */
    static DenseStep toModes(DType dtype, CircleTable table) {
        return new DenseStep(table.pointsByModes(dtype), "rd", "rk", "kd");
    }

    /** From the modes of a table to points: {@code [k, open]} to {@code [r, open]}. */
    static DenseStep toPoints(DType dtype, CircleTable table) {
        return new DenseStep(table.modesByPoints(dtype), "ko", "kr", "ro");
    }

    @Override
    public ComplexPair apply(Value re, Value im, int axis) {
        Value real = product(re, matrix.re(), axis);
        Value imaginary = product(re, matrix.im(), axis);
        return im == null
                ? new ComplexPair(real, imaginary)
                : new ComplexPair(
                        real.minus(product(im, matrix.im(), axis)), imaginary.plus(product(im, matrix.re(), axis)));
    }

    @Override
    public Value real(ComplexPair z, int axis) {
        return product(z.re(), matrix.re(), axis).minus(product(z.im(), matrix.im(), axis));
    }

    private Value product(Value x, Value factor, int axis) {
        StringBuilder lead = new StringBuilder();
        StringBuilder tail = new StringBuilder();
        for (int i = 0; i < x.shape().rank() - from.length(); i++) {
            (i < axis ? lead : tail).append((char) ('A' + i));
        }
        return Value.of(new Op.Contract(lead + from + tail, by, lead + to + tail), x, factor);
    }
}

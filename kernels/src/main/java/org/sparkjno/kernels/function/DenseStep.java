// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.function.IntToDoubleFunction;
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
 * @param to labels of these axes in the product
 * @param order labels of these axes in the result
 */
record DenseStep(ComplexPair matrix, String from, String by, String to, String order) implements FourierStep {
    /**
     * From points to the digits k of their modes: {@code [r, open, done]} to {@code [open, k, done]}. Point {@code j} of {@code
     * points} and digit k meet in {@code exp(−2πi·j·k/points)}.
     */
    static DenseStep toModes(DType dtype, int points, int radix) {
        int open = points / radix;
        CircleTable.Turn turn = at -> ((long) at[0] * open + at[1]) * at[2];
        ComplexPair matrix = new CircleTable(points, -1).of(dtype, Shape.of(radix, open, radix), turn);
        return new DenseStep(matrix, "rod", "rok", "okd", "okd");
    }

    /** From digits k to points, the transpose: {@code [done, k, open]} to {@code [r, done, open]}. */
    static DenseStep toPoints(DType dtype, int points, int radix) {
        int done = points / radix;
        CircleTable.Turn turn = at -> at[0] * ((long) at[1] * done + at[2]);
        ComplexPair matrix = new CircleTable(points, 1).of(dtype, Shape.of(radix, radix, done), turn);
        return new DenseStep(matrix, "dko", "krd", "rdo", "rdo");
    }

    /** As {@link #toPoints}, for when nothing is open and no axis follows: the product has vectors along r. */
    static DenseStep toLastPoints(DType dtype, int points, int radix) {
        int done = points / radix;
        CircleTable.Turn turn = at -> at[0] * ((long) at[2] * done + at[1]);
        ComplexPair matrix = new CircleTable(points, 1).of(dtype, Shape.of(radix, done, radix), turn);
        return new DenseStep(matrix, "dko", "kdr", "odr", "rdo");
    }

    /** From points to modes from one on: {@code [r, done]} to {@code [k, done]}. */
    static DenseStep toWindow(DType dtype, int points, int from, int to, double scale) {
        CircleTable.Turn turn = at -> (long) at[0] * (from + at[1]);
        Shape shape = Shape.of(points, to - from);
        return new DenseStep(new CircleTable(points, -1).of(dtype, shape, turn, j -> scale), "rd", "rk", "kd", "kd");
    }

    /** From modes from one on to points: {@code [k, open]} to {@code [r, open]}. */
    static DenseStep fromWindow(DType dtype, int points, int from, int to, IntToDoubleFunction weight) {
        CircleTable.Turn turn = at -> (long) at[1] * (from + at[0]);
        Shape shape = Shape.of(to - from, points);
        IntToDoubleFunction ofRow = row -> weight.applyAsDouble(from + row);
        return new DenseStep(new CircleTable(points, 1).of(dtype, shape, turn, ofRow), "ko", "kr", "ro", "ro");
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

    /** For half of the work. */
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
        Value product = Value.of(new Op.Contract(lead + from + tail, by, lead + to + tail), x, factor);
        String before = lead + to + tail;
        String after = lead + order + tail;
        return order.equals(to)
                ? product
                : product.transpose(after.chars().map(before::indexOf).toArray());
    }
}

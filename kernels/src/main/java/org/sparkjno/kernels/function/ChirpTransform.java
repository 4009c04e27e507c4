// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * The discrete Fourier transform of a line of any length as a convolution, by {@code 2jk = j² + k² − (k − j)²}, which
 * transforms of a power of two carry out: L. I. Bluestein, "A linear filtering approach to the computation of discrete
 * Fourier transform", IEEE Trans. Audio Electroacoust. 18, 1970.
 *
 * @param points length of the line
 * @param from first mode, may be negative
 * @param to after the last mode
 * @param sign −1 from points to modes, 1 from modes to points
 * @param weight factor of each mode
 */
record ChirpTransform(int points, int from, int to, int sign, IntToDoubleFunction weight) implements FourierStep {
    /** The power of two that holds the convolution of a line. */
    static int padded(int points) {
        return Integer.highestOneBit(2 * points - 2) * 2;
    }

    @Override
    public ComplexPair apply(Value re, Value im, int axis) {
        Value weights = CircleTable.weights(re.dtype(), from, to, weight);
        if (sign < 0) {
            return whole(re, im, axis)
                    .map(part -> part.roll(-from, axis).slice(axis, 0, to - from))
                    .map(part -> part.times(weights.broadcast(part.shape(), List.of(axis))));
        }
        ComplexPair placed = new ComplexPair(re, im)
                .map(part -> part.times(weights.broadcast(part.shape(), List.of(axis))))
                .map(part -> part.pad(axis, 0, points - (to - from)).roll(from, axis));
        return whole(placed.re(), placed.im(), axis);
    }

    @Override
    public Value real(ComplexPair z, int axis) {
        return apply(z.re(), z.im(), axis).re();
    }

    /** All points to all modes, or back. */
    private ComplexPair whole(Value re, Value im, int axis) {
        DType dtype = re.dtype();
        int padded = padded(points);
        double[][] chirp = chirp(points);
        double[][] filter = new double[2][padded];
        for (int j = 0; j < points; j++) {
            int mirror = (padded - j) % padded;
            filter[0][j] = filter[0][mirror] = chirp[0][j];
            filter[1][j] = filter[1][mirror] = -chirp[1][j];
        }
        transform(filter);
        ComplexPair factor = constant(dtype, chirp);
        FourierLine line = new FourierLine(padded, 0, padded);
        ComplexPair spectrum =
                line.modes(times(re, im, factor, axis).map(part -> part.pad(axis, 0, padded - points)), axis, 1);
        ComplexPair filtered = times(spectrum.re(), spectrum.im(), constant(dtype, filter), axis);
        ComplexPair convolved = line.field(filtered, axis, 1.0 / padded).map(part -> part.slice(axis, 0, points));
        return times(convolved.re(), convolved.im(), factor, axis);
    }

    private static ComplexPair times(Value re, Value im, ComplexPair line, int axis) {
        ComplexPair factor = line.map(part -> part.broadcast(re.shape(), List.of(axis)));
        return im == null ? factor.map(re::times) : new ComplexPair(re, im).times(factor);
    }

    /** {@code exp(±πi·j²/n)}. */
    private double[][] chirp(int n) {
        double[][] chirp = new double[2][n];
        for (int j = 0; j < n; j++) {
            double angle = Math.PI * ((long) j * j % (2L * n)) / n;
            chirp[0][j] = StrictMath.cos(angle);
            chirp[1][j] = sign * StrictMath.sin(angle);
        }
        return chirp;
    }

    private static ComplexPair constant(DType dtype, double[][] z) {
        TensorType type = new TensorType(dtype, Shape.of(z[0].length));
        return new ComplexPair(Value.constant(Literal.of(type, z[0])), Value.constant(Literal.of(type, z[1])));
    }

    /** The discrete Fourier transform in place, of numbers known now and a power of two in number: radix 2, halves first. */
    private static void transform(double[][] z) {
        int n = z[0].length;
        if (n == 1) {
            return;
        }
        double[][] even = new double[2][n / 2];
        double[][] odd = new double[2][n / 2];
        for (int j = 0; j < n / 2; j++) {
            for (int part = 0; part < 2; part++) {
                even[part][j] = z[part][2 * j];
                odd[part][j] = z[part][2 * j + 1];
            }
        }
        transform(even);
        transform(odd);
        for (int k = 0; k < n / 2; k++) {
            double cos = StrictMath.cos(2 * Math.PI * k / n);
            double sin = -StrictMath.sin(2 * Math.PI * k / n);
            double re = cos * odd[0][k] - sin * odd[1][k];
            double im = cos * odd[1][k] + sin * odd[0][k];
            z[0][k] = even[0][k] + re;
            z[1][k] = even[1][k] + im;
            z[0][k + n / 2] = even[0][k] - re;
            z[1][k + n / 2] = even[1][k] - im;
        }
    }
}

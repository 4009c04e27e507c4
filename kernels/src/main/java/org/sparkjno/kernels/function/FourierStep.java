// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Value;

/**
 * One step of a {@link FourierLine}: a whole transform of a short line, by a dense product or, where its length is a large
 * prime, by a {@link ChirpTransform}.
 *
 * @param points number of points, the radix
 * @param from first mode, may be negative
 * @param to after the last mode
 * @param weight factor of each mode
 * @param sign −1 from points to modes, 1 from modes to points
 */
record FourierStep(int points, int from, int to, IntToDoubleFunction weight, int sign) {
    /** From points to modes. */
    static FourierStep toModes(int points, int from, int to, double scale) {
        return new FourierStep(points, from, to, k -> scale, -1);
    }

    /** From modes to points. */
    static FourierStep toPoints(int points, int from, int to, IntToDoubleFunction weight) {
        return new FourierStep(points, from, to, weight, 1);
    }

    /**
     * The transform along an axis.
     *
     * @param im imaginary part, or null for a real field
     * @param place where the transformed axis stands in the result
     */
    ComplexPair apply(Value re, Value im, int axis, int place) {
        if (isChirp()) {
            return chirp(re, im, axis, place);
        }
        ComplexPair matrix = matrix(re.dtype());
        Value real = product(re, matrix.re(), axis, place);
        Value imaginary = product(re, matrix.im(), axis, place);
        return im == null
                ? new ComplexPair(real, imaginary)
                : new ComplexPair(
                        real.minus(product(im, matrix.im(), axis, place)),
                        imaginary.plus(product(im, matrix.re(), axis, place)));
    }

    /** The real part of the transform, for half of the work. */
    Value real(ComplexPair z, int axis, int place) {
        if (isChirp()) {
            return chirp(z.re(), z.im(), axis, place).re();
        }
        ComplexPair matrix = matrix(z.re().dtype());
        return product(z.re(), matrix.re(), axis, place).minus(product(z.im(), matrix.im(), axis, place));
    }

    private boolean isChirp() {
        return to - from <= points && FourierPlan.isChirp(points, to - from);
    }

    private ComplexPair matrix(DType dtype) {
        CircleTable table = new CircleTable(points, sign, points, from, to, weight);
        return sign < 0 ? table.pointsByModes(dtype) : table.modesByPoints(dtype);
    }

    /** Sums over an axis of x and the first axis of a matrix; its second axis takes a place in the result. */
    private static Value product(Value x, Value matrix, int axis, int place) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < x.shape().rank(); i++) {
            labels.append((char) ('a' + i));
        }
        char summed = labels.charAt(axis);
        String out =
                new StringBuilder(labels).deleteCharAt(axis).insert(place, 'Z').toString();
        return Value.of(new Op.Contract(labels.toString(), summed + "Z", out), x, matrix);
    }

    private ComplexPair chirp(Value re, Value im, int axis, int place) {
        ChirpTransform chirp = new ChirpTransform(points, sign);
        Value weights = CircleTable.weights(re.dtype(), from, to, weight);
        ComplexPair result;
        if (sign < 0) {
            result = chirp.apply(re, im, axis)
                    .map(part -> rolled(part, axis, -from).slice(axis, 0, to - from))
                    .map(part -> part.times(weights.broadcast(part.shape(), List.of(axis))));
        } else {
            ComplexPair placed = new ComplexPair(re, im)
                    .map(part -> part.times(weights.broadcast(part.shape(), List.of(axis))))
                    .map(part -> rolled(part.pad(axis, 0, points - (to - from)), axis, from));
            result = chirp.apply(placed.re(), placed.im(), axis);
        }
        return result.map(part -> moved(part, axis, place));
    }

    /** Moves every element by some places along an axis, around its end. */
    private static Value rolled(Value x, int axis, int by) {
        int extent = x.shape().dim(axis);
        int head = Math.floorMod(-by, extent);
        return head == 0 ? x : Value.concat(axis, List.of(x.slice(axis, head, extent), x.slice(axis, 0, head)));
    }

    private static Value moved(Value x, int axis, int place) {
        int[] order = new int[x.shape().rank()];
        for (int i = 0, from = 0; i < order.length; i++) {
            if (i == place) {
                order[i] = axis;
            } else {
                from += from == axis ? 1 : 0;
                order[i] = from++;
            }
        }
        return axis == place ? x : x.transpose(order);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * Cosines and sines of 2π·n·k/N for all points n of a periodic grid and some modes k: the matrices of a truncated discrete
 * Fourier transform. Angles are reduced as integers, n·k mod N, so that large arguments lose no digits.
 */
final class FourierBasis {
    private final int points;
    private final int[] modes;

    private FourierBasis(int points, int... modes) {
        this.points = points;
        this.modes = modes;
    }

    /** Modes 0 … count−1, which suffice along the last axis of a real field. */
    static FourierBasis half(int points, int count) {
        require(points, count, points / 2 + 1);
        return new FourierBasis(points, IntStream.range(0, count).toArray());
    }

    /** Modes 0 … count−1, then −count … −1. */
    static FourierBasis full(int points, int count) {
        require(points, count, points / 2);
        return new FourierBasis(
                points,
                IntStream.concat(IntStream.range(0, count), IntStream.range(-count, 0))
                        .toArray());
    }

    private static void require(int points, int count, int limit) {
        if (count > limit) {
            throw new IllegalArgumentException("A grid of " + points + " points carries at most " + limit
                    + " Fourier modes, but the model keeps " + count + "; use a finer grid or fewer modes.");
        }
    }

    /**
     * A tensor of {@code scale(j)·cos(angle)} and {@code scale(j)·sin(angle)} terms, where j is the position of a mode.
     *
     * @param layout order of the axes: n for points, k for modes, r for the listed terms; r may be absent
     * @param terms what to tabulate
     */
    Value tabulate(DType dtype, String layout, IntToDoubleFunction scale, Term... terms) {
        int[] extents = new int[layout.length()];
        int[] at = new int[layout.length()];
        int n = layout.indexOf('n');
        int k = layout.indexOf('k');
        int r = layout.indexOf('r');
        extents[n] = points;
        extents[k] = modes.length;
        if (r >= 0) {
            extents[r] = terms.length;
        }
        Shape shape = Shape.of(extents);
        double[] table = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < table.length; i++) {
            int rest = i;
            for (int axis = extents.length - 1; axis >= 0; axis--) {
                at[axis] = rest % extents[axis];
                rest /= extents[axis];
            }
            Term term = terms[r < 0 ? 0 : at[r]];
            table[i] = scale.applyAsDouble(at[k]) * term.of(angle(at[n], modes[at[k]]));
        }
        return Value.constant(Literal.of(new TensorType(dtype, shape), table));
    }

    private double angle(int point, int mode) {
        return 2 * Math.PI * Math.floorMod((long) point * mode, (long) points) / points;
    }

    /**
     * How often mode number {@code j} of {@link #half} stands for itself and its complex conjugate in the inverse transform of a
     * real field.
     */
    double multiplicity(int j) {
        return modes[j] == 0 || 2 * modes[j] == points ? 1 : 2;
    }

    /** Real and imaginary parts of exp(±iθ). */
    enum Term {
        COS {
            @Override
            double of(double angle) {
                return StrictMath.cos(angle);
            }
        },
        SIN {
            @Override
            double of(double angle) {
                return StrictMath.sin(angle);
            }
        },
        MINUS_SIN {
            @Override
            double of(double angle) {
                return -StrictMath.sin(angle);
            }
        };

        abstract double of(double angle);
    }
}

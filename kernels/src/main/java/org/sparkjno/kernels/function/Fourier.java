// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.Arrays;
import java.util.List;
import org.sparkjno.kernels.graph.ComplexPair;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * Discrete Fourier transforms over some axes, {@code X[k] = Σ x[j]·exp(−2πi·j·k/n)}, of any length, complex or real, of all
 * modes or of the lowest only. Modes and scales follow the conventions of {@code numpy.fft}.
 *
 * <p>A line of which up to about 45 modes are wanted is transformed by one dense product, any other in steps of small radices
 * (J. W. Cooley, J. W. Tukey, 1965), or as a convolution where its length has a large prime factor (L. I. Bluestein,
 * 1970): the cheapest by count is taken. Results differ by rounding only.
 *
 * @param norm where the scale 1/n stands
 * @param axes the axes, each once; negative ones count from the last. A real field has half of its modes along the last of
 *     these
 */
public record Fourier(Norm norm, List<Integer> axes) {
    /** Where the scale 1/n stands that makes the inverse undo the transform. */
    public enum Norm {
        /** In the inverse. */
        BACKWARD,
        /** {@code 1/√n} in both, which keeps the Euclidean norm. */
        ORTHO,
        /** In the transform, so that mode 0 is the mean. */
        FORWARD;

        private double forward(int points) {
            return switch (this) {
                case BACKWARD -> 1;
                case ORTHO -> 1 / Math.sqrt(points);
                case FORWARD -> 1.0 / points;
            };
        }

        private double inverse(int points) {
            return 1 / (points * forward(points));
        }
    }

    public Fourier {
        axes = List.copyOf(axes);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("A Fourier transform needs at least one axis.");
        }
    }

    /** Transforms over these axes with the scale in the inverse. */
    public static Fourier over(int... axes) {
        return new Fourier(Norm.BACKWARD, Arrays.stream(axes).boxed().toList());
    }

    /** The spectrum of a complex field, of its type: modes 0 … n−1 along each axis. */
    public ComplexPair fft(ComplexPair x) {
        ComplexPair spectrum = x;
        for (int axis : positive(x.re())) {
            spectrum = allModes(spectrum, axis);
        }
        return spectrum;
    }

    /** The field of a spectrum that {@link #fft} gives. */
    public ComplexPair ifft(ComplexPair spectrum) {
        ComplexPair x = spectrum;
        for (int axis : positive(x.re())) {
            x = fromAllModes(x, axis);
        }
        return x;
    }

    /** The spectrum of a real field: modes 0 … n/2 along the last of the axes, all modes along the others. */
    public ComplexPair rfft(Value x) {
        List<Integer> all = positive(x);
        int last = all.get(all.size() - 1);
        int points = x.shape().dim(last);
        ComplexPair spectrum = line(points, 0, points / 2 + 1).modes(x, last, norm.forward(points));
        for (int axis : all.subList(0, all.size() - 1)) {
            spectrum = allModes(spectrum, axis);
        }
        return spectrum;
    }

    /**
     * The real field of a spectrum that {@link #rfft} gives. Imaginary parts that no real field has are ignored.
     *
     * @param points extent of the last of the axes, which its n/2+1 modes leave open
     * @throws ShapeException when the spectrum does not have as many modes
     */
    public Value irfft(ComplexPair spectrum, int points) {
        List<Integer> all = positive(spectrum.re());
        int last = all.get(all.size() - 1);
        if (spectrum.re().shape().dim(last) != points / 2 + 1) {
            throw new ShapeException("A real field of " + points + " points has " + (points / 2 + 1)
                    + " modes along axis " + last + ", but got " + spectrum.re().type() + ".");
        }
        ComplexPair x = spectrum;
        for (int axis : all.subList(0, all.size() - 1)) {
            x = fromAllModes(x, axis);
        }
        return line(points, 0, points / 2 + 1).realField(x, last, norm.inverse(points));
    }

    /**
     * The lowest modes of a real field: 0 … m−1 along the last of the axes, −m … m−1 in this order along the others. Modes
     * that are not kept are not computed.
     *
     * @param kept m per axis, at most n/2+1 for the last and n/2 for the others
     * @throws ShapeException when a grid does not carry so many modes
     */
    public ComplexPair lowModes(Value x, int... kept) {
        List<Integer> all = positive(x);
        requireOnePerAxis(kept.length);
        int last = all.size() - 1;
        int points = carries(x.shape().dim(all.get(last)), kept[last], 1);
        ComplexPair spectrum = line(points, 0, kept[last]).modes(x, all.get(last), norm.forward(points));
        for (int i = 0; i < last; i++) {
            int extent = carries(x.shape().dim(all.get(i)), kept[i], 0);
            spectrum = line(extent, -kept[i], kept[i]).modes(spectrum, all.get(i), norm.forward(extent));
        }
        return spectrum;
    }

    /**
     * The real field whose lowest modes are given and whose other modes are zero.
     *
     * @param modes as {@link #lowModes} orders them
     * @param points extents of the axes
     * @throws ShapeException when a grid does not carry so many modes, or the number of modes along an axis but the last
     *     is odd
     */
    public Value fromLowModes(ComplexPair modes, int... points) {
        List<Integer> all = positive(modes.re());
        requireOnePerAxis(points.length);
        int last = all.size() - 1;
        ComplexPair x = modes;
        for (int i = 0; i < last; i++) {
            int kept = modes.re().shape().dim(all.get(i));
            if (kept % 2 != 0) {
                throw new ShapeException("Modes −m … m−1 along axis " + all.get(i) + " are even in number, but got "
                        + modes.re().type() + ".");
            }
            int extent = carries(points[i], kept / 2, 0);
            x = line(extent, -kept / 2, kept / 2).field(x, all.get(i), norm.inverse(extent));
        }
        int kept = modes.re().shape().dim(all.get(last));
        int extent = carries(points[last], kept, 1);
        return line(extent, 0, kept).realField(x, all.get(last), norm.inverse(extent));
    }

    private ComplexPair allModes(ComplexPair x, int axis) {
        int points = x.re().shape().dim(axis);
        return line(points, 0, points).modes(x, axis, norm.forward(points));
    }

    private ComplexPair fromAllModes(ComplexPair x, int axis) {
        int points = x.re().shape().dim(axis);
        return line(points, 0, points).field(x, axis, norm.inverse(points));
    }

    private static FourierLine line(int points, int from, int to) {
        if (points < 1) {
            throw new ShapeException("A Fourier transform needs at least one point along each of its axes.");
        }
        return new FourierLine(points, from, to);
    }

    private List<Integer> positive(Value x) {
        int[] named = axes.stream().mapToInt(Integer::intValue).toArray();
        Axes.of(x, named);
        return axes.stream().map(axis -> Axes.positive(x, axis)).toList();
    }

    private void requireOnePerAxis(int count) {
        if (count != axes.size()) {
            throw new ShapeException(
                    "A Fourier transform over " + axes.size() + " axes needs as many extents, but got " + count + ".");
        }
    }

    private static int carries(int points, int kept, int more) {
        if (kept < 1 || kept > points / 2 + more) {
            throw new ShapeException("A grid of " + points + " points carries 1 to " + (points / 2 + more)
                    + " Fourier modes along this axis, but " + kept + " are to be kept.");
        }
        return points;
    }
}

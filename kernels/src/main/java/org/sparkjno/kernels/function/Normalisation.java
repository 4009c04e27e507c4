// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.scalar.Primitive;

/**
 * Values divided by their scale, {@code (x − mean) / sqrt(variance + ε)}, with the biased variance, within groups of
 * elements; then, when asked, times a learned scale and plus a learned shift. Channels are the last axis.
 *
 * @param groups which elements are normalised together
 * @param epsilon added to the variance, at least 0; 1e-5 is usual
 */
public record Normalisation(Groups groups, double epsilon) {
    /** Which elements share a mean and a variance. */
    public sealed interface Groups {
        /**
         * All elements along the last axes.
         *
         * @param count how many axes, at least 1
         * @param centred whether the mean is subtracted
         */
        record LastAxes(int count, boolean centred) implements Groups {}

        /**
         * All points of one sample and of neighbouring channels: x is {@code [batch, space…, channels]}.
         *
         * @param channels how many channels form a group, at least 1
         */
        record Channels(int channels) implements Groups {}
    }

    public Normalisation {
        if (!(epsilon >= 0)) {
            throw new IllegalArgumentException(
                    "The epsilon of a normalisation is at least 0, but got " + epsilon + ".");
        }
        int size = groups instanceof Groups.LastAxes last ? last.count() : ((Groups.Channels) groups).channels();
        if (size < 1) {
            throw new IllegalArgumentException(
                    "A normalisation needs at least one axis or channel, but got " + groups + ".");
        }
    }

    /** Over the last axes: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", 2016, equation 3. */
    public static Normalisation layer(int axes, double epsilon) {
        return new Normalisation(new Groups.LastAxes(axes, true), epsilon);
    }

    /**
     * Over the last axes and without subtracting a mean, {@code x / sqrt(mean(x²) + ε)}: B. Zhang, R. Sennrich, "Root mean
     * square layer normalization", NeurIPS 2019, equation 4.
     */
    public static Normalisation rms(int axes, double epsilon) {
        return new Normalisation(new Groups.LastAxes(axes, false), epsilon);
    }

    /**
     * Over space and groups of neighbouring channels: Y. Wu, K. He, "Group normalization", ECCV 2018, equation 7.
     *
     * @param channels how many channels form one group
     */
    public static Normalisation group(int channels, double epsilon) {
        return new Normalisation(new Groups.Channels(channels), epsilon);
    }

    /**
     * Over space, each channel alone: D. Ulyanov, A. Vedaldi, V. Lempitsky, "Instance normalization: the missing ingredient
     * for fast stylization", 2016, equation 2.
     */
    public static Normalisation instance(double epsilon) {
        return group(1, epsilon);
    }

    /**
     * Normalised values, of the type of {@code x}.
     *
     * @throws ShapeException when x has too few axes, or channels that do not fill whole groups
     */
    public Value apply(Value x) {
        int rank = x.shape().rank();
        if (groups instanceof Groups.LastAxes last) {
            if (last.count() > rank) {
                throw new ShapeException("A normalisation over the last " + last.count() + " axes needs them, but got "
                        + x.type() + ".");
            }
            return standardise(x, Axes.of(x, IntStream.range(-last.count(), 0).toArray()), last.centred());
        }
        int size = ((Groups.Channels) groups).channels();
        if (rank < 2 || x.shape().dim(-1) % size != 0) {
            throw new ShapeException("A normalisation over groups of " + size
                    + " channels needs [batch, space…, channels]" + " with whole groups, but got " + x.type() + ".");
        }
        Value grouped = x.reshape(new Shape(x.shape().dims().subList(0, rank - 1))
                .append(x.shape().dim(-1) / size, size));
        int[] axes = IntStream.concat(IntStream.range(1, rank - 1), IntStream.of(rank))
                .toArray();
        return standardise(grouped, Axes.of(grouped, axes), true).reshape(x.shape());
    }

    /**
     * Normalised values times a scale plus a shift.
     *
     * @param scale of the shape of the normalised last axes, or [channels] for groups of channels
     * @param shift of the same shape
     * @throws ShapeException as {@link #apply(Value)}, or when the scale or the shift has another shape
     */
    public Value apply(Value x, Value scale, Value shift) {
        return aligned(x, scale).times(apply(x)).plus(aligned(x, shift));
    }

    private Value aligned(Value x, Value parameter) {
        int rank = x.shape().rank();
        int axes = Math.min(rank, groups instanceof Groups.LastAxes last ? last.count() : 1);
        List<Integer> expected = x.shape().dims().subList(rank - axes, rank);
        if (!parameter.shape().dims().equals(expected)) {
            throw new ShapeException("The scale and the shift of this normalisation of " + x.type() + " need the shape "
                    + expected + ", but got " + parameter.type() + ".");
        }
        return parameter.broadcastTo(x.shape());
    }

    private Value standardise(Value x, Axes axes, boolean centred) {
        Value deviation = centred ? x.minus(axes.spread(axes.mean(x))) : x;
        Value variance = axes.mean(deviation.square());
        return deviation.times(axes.spread(variance.plus(epsilon).apply(Primitive.RSQRT)));
    }
}

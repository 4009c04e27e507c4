// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.graph.Op;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * Convolution (cross-correlation, as usual in machine learning) along any number of space axes: {@code y[o] = Σ w[k]·x[o·stride +
 * k·dilation − low]}, summed over the channels of a group as well. It is one contraction of overlapping windows, which are
 * only views: K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document processing",
 * 2006, without its copies. Notation after V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning",
 * 2016.
 *
 * <p>Fields are {@code [batch, space…, channels]}; weights are {@code [kernel…, inputs/groups, outputs]}.
 *
 * @param stride points from one window to the next, per space axis
 * @param dilation points between neighbours of a window, per space axis
 * @param padding what lies beyond the field
 * @param groups into how many separate blocks channels fall; the number of channels makes it depthwise
 */
public record Convolution(List<Integer> stride, List<Integer> dilation, Padding padding, int groups) {
    /** What lies beyond the field, and how far the windows reach there. */
    public sealed interface Padding {
        /**
         * Zeros.
         *
         * @param width how many, before and after the field, along every space axis; with 0, windows stay within the field
         */
        record Zeros(int width) implements Padding {}

        /** As many zeros as make {@code ⌈n/stride⌉} windows; where odd in number, one more after the field. */
        record Same() implements Padding {}

        /** As {@link Same}, but the field continued periodically. */
        record Periodic() implements Padding {}
    }

    public Convolution {
        stride = List.copyOf(stride);
        dilation = List.copyOf(dilation);
        boolean positive = groups > 0
                && stride.stream().allMatch(step -> step > 0)
                && dilation.stream().allMatch(step -> step > 0)
                && !(padding instanceof Padding.Zeros zeros && zeros.width() < 0);
        if (!positive || stride.isEmpty() || stride.size() != dilation.size()) {
            throw new IllegalArgumentException("A convolution needs positive strides " + stride + " and dilations "
                    + dilation + " for the same axes, no negative padding and at least one group, but got " + padding
                    + " and " + groups + ".");
        }
    }

    /** Dense and undilated, of stride 1, with as many points as the field. */
    public static Convolution same(int axes) {
        return of(axes, new Padding.Same());
    }

    /** Dense and undilated, of stride 1, on a periodic field. */
    public static Convolution periodic(int axes) {
        return of(axes, new Padding.Periodic());
    }

    /** Dense and undilated, of stride 1, where whole windows fit. */
    public static Convolution valid(int axes) {
        return of(axes, new Padding.Zeros(0));
    }

    private static Convolution of(int axes, Padding padding) {
        List<Integer> ones = Collections.nCopies(axes, 1);
        return new Convolution(ones, ones, padding, 1);
    }

    /** The same with another stride along every axis. */
    public Convolution strided(int step) {
        return new Convolution(Collections.nCopies(stride.size(), step), dilation, padding, groups);
    }

    /** The same with another dilation along every axis. */
    public Convolution dilated(int step) {
        return new Convolution(stride, Collections.nCopies(stride.size(), step), padding, groups);
    }

    /** The same with channels in groups. */
    public Convolution grouped(int count) {
        return new Convolution(stride, dilation, padding, count);
    }

    /**
     * The convolution of a field with weights: {@code [batch, windows…, outputs]}.
     *
     * @throws ShapeException when field and weights do not fit, a kernel is longer than the padded field, or a periodic
     *     field is shorter than what it must repeat
     */
    public Value apply(Value x, Value weights) {
        require(x, weights, "[batch, space…, inputs]", axes());
        Value windows = x;
        for (int i = axes() - 1; i >= 0; i--) {
            Margin margin = margin(x.shape().dim(1 + i), weights.shape().dim(i), i);
            windows = padded(windows, 1 + i, margin)
                    .window(1 + i, weights.shape().dim(i), stride.get(i), dilation.get(i));
        }
        Labels labels = new Labels(axes());
        Op product = new Op.Contract(labels.windows() + "GI", labels.kernel() + "IGO", labels.points() + "GO");
        return merged(Value.of(product, ungrouped(windows), ungrouped(weights)));
    }

    /**
     * The transpose of {@link #apply} as a function of the field, also called transposed convolution or deconvolution: from
     * {@code [batch, windows…, outputs]} to {@code [batch, space…, inputs]}.
     *
     * @param weights as for {@link #apply}
     * @param space extents of the result
     * @throws ShapeException when a convolution of a field of these extents does not have the shape of {@code y}
     */
    public Value transposed(Value y, Value weights, int... space) {
        require(y, weights, "[batch, windows…, outputs]", axes() + 1);
        if (space.length != axes()) {
            throw new ShapeException("A transposed convolution over " + axes()
                    + " axes gives a field of as many extents," + " but " + space.length + " were asked for.");
        }
        Labels labels = new Labels(axes());
        Op product = new Op.Contract(labels.points() + "GO", labels.kernel() + "IGO", labels.windows() + "GI");
        Value x = merged(Value.of(product, ungrouped(y), ungrouped(weights)));
        for (int i = 0; i < axes(); i++) {
            Margin margin = margin(space[i], weights.shape().dim(i), i);
            int length = margin.low() + space[i] + margin.high();
            requireWindows(y, weights, i, length, space[i]);
            x = cropped(x.overlapAdd(1 + i, length, stride.get(i), dilation.get(i)), 1 + i, margin, space[i]);
        }
        return x;
    }

    /**
     * Points added before and after an axis.
     *
     * @param low before
     * @param high after
     */
    private record Margin(int low, int high) {}

    private int axes() {
        return stride.size();
    }

    private Margin margin(int points, int kernel, int axis) {
        if (padding instanceof Padding.Zeros zeros) {
            return new Margin(zeros.width(), zeros.width());
        }
        int windows = (points + stride.get(axis) - 1) / stride.get(axis);
        int reach = (windows - 1) * stride.get(axis) + (kernel - 1) * dilation.get(axis) + 1;
        int missing = Math.max(0, reach - points);
        if (padding instanceof Padding.Periodic && missing - missing / 2 > points) {
            throw new ShapeException("A periodic convolution reaches " + (missing - missing / 2)
                    + " points beyond an axis of " + points + "; use a smaller kernel or dilation.");
        }
        return new Margin(missing / 2, missing - missing / 2);
    }

    private Value padded(Value x, int axis, Margin margin) {
        int points = x.shape().dim(axis);
        if (margin.low() == 0 && margin.high() == 0) {
            return x;
        }
        return padding instanceof Padding.Periodic
                ? Value.concat(
                        axis, List.of(x.slice(axis, points - margin.low(), points), x, x.slice(axis, 0, margin.high())))
                : x.pad(axis, margin.low(), margin.high());
    }

    /** The transpose of {@link #padded}. */
    private Value cropped(Value x, int axis, Margin margin, int points) {
        Value inside = x.slice(axis, margin.low(), margin.low() + points);
        if (!(padding instanceof Padding.Periodic)) {
            return inside;
        }
        Value before = x.slice(axis, 0, margin.low()).pad(axis, points - margin.low(), 0);
        Value after = x.slice(axis, margin.low() + points, x.shape().dim(axis)).pad(axis, 0, points - margin.high());
        return inside.plus(before).plus(after);
    }

    /** Refuses fields and weights that do not fit, where the channels of the field belong to an axis of the weights. */
    private void require(Value field, Value weights, String layout, int weightsAxis) {
        int rank = axes() + 2;
        boolean fits = field.shape().rank() == rank
                && weights.shape().rank() == rank
                && weights.shape().dim(-1) % groups == 0;
        int channels = fits ? weights.shape().dim(weightsAxis) * (weightsAxis == axes() ? groups : 1) : 0;
        if (!fits || field.shape().dim(-1) != channels) {
            throw new ShapeException("A convolution over " + axes() + " axes in " + groups + " groups takes a field "
                    + layout + " and weights [kernel…, inputs/groups, outputs], but got " + field.type() + " and "
                    + weights.type() + ".");
        }
    }

    private void requireWindows(Value y, Value weights, int axis, int length, int points) {
        int reach = (weights.shape().dim(axis) - 1) * dilation.get(axis) + 1;
        int windows = length < reach ? 0 : (length - reach) / stride.get(axis) + 1;
        if (windows != y.shape().dim(1 + axis)) {
            throw new ShapeException("A convolution of " + points + " points along space axis " + axis + " has "
                    + windows + " windows, but the field to transpose it on is " + y.type() + ".");
        }
    }

    /** The last axis as groups and their channels. */
    private Value ungrouped(Value x) {
        List<Integer> dims = new ArrayList<>(x.shape().dims());
        dims.set(dims.size() - 1, groups);
        dims.add(x.shape().dim(-1) / groups);
        return x.reshape(new Shape(dims));
    }

    private static Value merged(Value x) {
        List<Integer> dims = new ArrayList<>(x.shape().dims());
        int channels = dims.remove(dims.size() - 1);
        dims.set(dims.size() - 1, dims.get(dims.size() - 1) * channels);
        return x.reshape(new Shape(dims));
    }

    /** Letters for the axes of fields, windows and kernels. */
    private record Labels(int axes) {
        String points() {
            return "b" + letters('c');
        }

        String kernel() {
            return letters('n');
        }

        String windows() {
            StringBuilder both = new StringBuilder("b");
            for (int i = 0; i < axes; i++) {
                both.append((char) ('c' + i)).append((char) ('n' + i));
            }
            return both.toString();
        }

        private String letters(char first) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < axes; i++) {
                letters.append((char) (first + i));
            }
            return letters.toString();
        }
    }
}

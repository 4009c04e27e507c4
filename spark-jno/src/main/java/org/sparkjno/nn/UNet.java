// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * One level of a U-Net: O. Ronneberger, P. Fischer, T. Brox, "U-Net: convolutional networks for biomedical image
 * segmentation", MICCAI 2015. The encoder's result goes down to a grid of half as many points, through what is there,
 * up again, and beside itself into the decoder. What is there is another level, or at the bottom a block. Grids of any
 * size will do: n points become ⌈n/2⌉, and n again.
 *
 * @param encoder on this grid
 * @param down to the coarser grid
 * @param inner on the coarser grid
 * @param up from the coarser grid
 * @param decoder on this grid, of the encoder's result and what came up
 */
public record UNet(Layer encoder, Conv down, Layer inner, UpConv up, Layer decoder) implements Layer {
    /**
     * A U-Net: levels with two convolutions of three points before and after, widths doubled from level to level, and a
     * linear map to the outputs. As that of M. Takamoto et al., "PDEBench", 2022, but with strided convolutions in
     * place of pooling and without batch norms, so that a prediction does not depend on the rest of its batch.
     *
     * @param dimensions number of space axes, 1 to 3
     * @param inputs channels in
     * @param outputs channels out
     * @param width channels on the finest grid
     * @param levels how often the grid is halved
     * @param boundary what convolutions see beyond the field
     * @param activation after each convolution
     */
    public static Sequential of(
            int dimensions, int inputs, int outputs, int width, int levels, Boundary boundary, Activation activation) {
        if (dimensions < 1 || dimensions > 3 || levels < 1) {
            throw new IllegalArgumentException("A U-Net has one to three space axes and at least one level, but got "
                    + dimensions + " and " + levels + ".");
        }
        Layer inner = block(dimensions, width << (levels - 1), width << levels, boundary, activation);
        for (int level = levels - 1; level >= 0; level--) {
            int own = width << level;
            Conv down = new Conv(dimensions, own, own, 2, 2, boundary);
            UpConv up = new UpConv(new Conv(dimensions, own, 2 * own, 2, 2, boundary));
            inner = new UNet(
                    block(dimensions, level == 0 ? inputs : own / 2, own, boundary, activation),
                    down,
                    inner,
                    up,
                    block(dimensions, 2 * own, own, boundary, activation));
        }
        return Sequential.of(inner, new Linear(width, outputs));
    }

    /** A U-Net of four levels for fields {@code [batch, x, channels]}, with zeros beyond them and GELU. */
    public static Sequential of1d(int inputs, int outputs, int width) {
        return of(1, inputs, outputs, width, 4, Boundary.ZEROS, Activation.GELU);
    }

    /** A U-Net of four levels for fields {@code [batch, height, width, channels]}, with zeros beyond them and GELU. */
    public static Sequential of2d(int inputs, int outputs, int width) {
        return of(2, inputs, outputs, width, 4, Boundary.ZEROS, Activation.GELU);
    }

    /**
     * A U-Net of four levels for fields {@code [batch, depth, height, width, channels]}, with zeros beyond them and
     * GELU.
     */
    public static Sequential of3d(int inputs, int outputs, int width) {
        return of(3, inputs, outputs, width, 4, Boundary.ZEROS, Activation.GELU);
    }

    private static Layer block(int dimensions, int inputs, int outputs, Boundary boundary, Activation activation) {
        return Sequential.of(
                new Conv(dimensions, inputs, outputs, 3, 1, boundary),
                new Pointwise(activation),
                new Conv(dimensions, outputs, outputs, 3, 1, boundary),
                new Pointwise(activation));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Parameter.under("encoder", encoder.parameters()));
        all.addAll(Parameter.under("down", down.parameters()));
        all.addAll(Parameter.under("inner", inner.parameters()));
        all.addAll(Parameter.under("up", up.parameters()));
        all.addAll(Parameter.under("decoder", decoder.parameters()));
        return all;
    }

    @Override
    public List<Parameter> buffers() {
        List<Parameter> all = new ArrayList<>(Parameter.under("encoder", encoder.buffers()));
        all.addAll(Parameter.under("inner", inner.buffers()));
        all.addAll(Parameter.under("decoder", decoder.buffers()));
        return all;
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value fine = encoder.apply(weights.under("encoder"), x);
        Value coarse = inner.apply(weights.under("inner"), down.apply(weights.under("down"), fine));
        int[] grid = fine.shape().dims().subList(1, fine.shape().rank() - 1).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        Value back = up.apply(weights.under("up"), coarse, grid);
        Value both = Value.concat(fine.shape().rank() - 1, List.of(fine, back));
        return decoder.apply(weights.under("decoder"), both);
    }
}

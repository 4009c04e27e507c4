// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Literal;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.TensorType;
import org.sparkjno.kernels.graph.Value;

/**
 * The Fourier neural operator of Z. Li et al., ICLR 2021: coordinates appended, lifting, Fourier layers with an
 * activation between them, projection. Fields are {@code [batch, axis…, channels]} with one to three space axes; the
 * grid may change from call to call.
 *
 * @param lift from the field's channels and one coordinate per axis to the width
 * @param layers at least one Fourier layer
 * @param projection from the width to the result's channels
 * @param padding zeros after the end of each axis within the Fourier layers, for fields that are not periodic
 * @param activation between two Fourier layers
 */
public record Fno(Linear lift, List<FourierLayer> layers, Mlp projection, int padding, Activation activation)
        implements Layer {
    private static final int LAYERS = 4;
    private static final int PROJECTION_WIDTH = 128;

    public Fno {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || padding < 0) {
            throw new IllegalArgumentException(
                    "A Fourier neural operator needs at least one layer and a padding of 0 or more," + " but got "
                            + layers.size() + " layers and padding " + padding + ".");
        }
    }

    /** The four-layer operator of the paper for fields {@code [batch, x, channels]}. */
    public static Fno of1d(int inputs, int outputs, int width, int modes, int padding) {
        return of(new SpectralConv1d(width, width, modes), inputs, outputs, padding);
    }

    /** The four-layer operator of the paper for fields {@code [batch, height, width, channels]}. */
    public static Fno of2d(int inputs, int outputs, int width, int modes, int padding) {
        return of(new SpectralConv2d(width, width, modes), inputs, outputs, padding);
    }

    /** The four-layer operator of the paper for fields {@code [batch, depth, height, width, channels]}. */
    public static Fno of3d(int inputs, int outputs, int width, int modes, int padding) {
        return of(new SpectralConv3d(width, width, modes), inputs, outputs, padding);
    }

    private static Fno of(SpectralConv spectral, int inputs, int outputs, int padding) {
        int width = spectral.inputs();
        FourierLayer layer = new FourierLayer(spectral, new Linear(width, width));
        return new Fno(
                new Linear(inputs + spectral.dimensions(), width),
                Collections.nCopies(LAYERS, layer),
                Mlp.of(Activation.GELU, width, PROJECTION_WIDTH, outputs),
                padding,
                Activation.GELU);
    }

    /** The same operator with another number of Fourier layers, all like the first one. */
    public Fno withDepth(int depth) {
        return new Fno(lift, Collections.nCopies(depth, layers.get(0)), projection, padding, activation);
    }

    /** The same operator with another activation, between the Fourier layers and in the projection. */
    public Fno withActivation(Activation other) {
        return new Fno(lift, layers, new Mlp(projection.layers(), other), padding, other);
    }

    /** The same operator with another width within its projection. */
    public Fno withProjectionWidth(int width) {
        Mlp other = Mlp.of(projection.activation(), projection.inputs(), width, projection.outputs());
        return new Fno(lift, layers, other, padding, activation);
    }

    private int dimensions() {
        return layers.get(0).spectral().dimensions();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Parameter.under("lift", lift.parameters()));
        for (int i = 0; i < layers.size(); i++) {
            all.addAll(Parameter.under("layers." + i, layers.get(i).parameters()));
        }
        all.addAll(Parameter.under("projection", projection.parameters()));
        return all;
    }

    @Override
    public Value apply(Weights weights, Value x) {
        requireField(x);
        Value y = lift.apply(weights.under("lift"), withCoordinates(x));
        for (int axis = 1; axis <= dimensions() && padding > 0; axis++) {
            y = y.pad(axis, 0, padding);
        }
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).apply(weights.under("layers." + i), i == 0 ? y : activation.apply(y));
        }
        for (int axis = 1; axis <= dimensions() && padding > 0; axis++) {
            y = y.slice(axis, 0, x.shape().dim(axis));
        }
        return projection.apply(weights.under("projection"), y);
    }

    private void requireField(Value x) {
        int channels = lift.inputs() - dimensions();
        if (x.shape().rank() != dimensions() + 2 || x.shape().dim(-1) != channels) {
            throw new ShapeException("This Fourier neural operator takes fields with a batch axis, " + dimensions()
                    + " space axes and " + channels + " channels, but got " + x.type()
                    + "; take a model that was made for such fields.");
        }
    }

    /** The field with the coordinates of its points, 0 … 1 along each axis, as further channels. */
    private Value withCoordinates(Value x) {
        List<Integer> grid = x.shape().dims().subList(1, x.shape().rank() - 1);
        List<Value> parts = new ArrayList<>(List.of(x));
        Shape spread = new Shape(x.shape().dims().subList(0, x.shape().rank() - 1)).append(1);
        for (int axis = 0; axis < grid.size(); axis++) {
            Value line = coordinates(x.dtype(), grid.get(axis));
            parts.add(line.broadcast(spread, List.of(axis + 1)));
        }
        return Value.concat(x.shape().rank() - 1, parts);
    }

    private static Value coordinates(DType dtype, int points) {
        double[] line = new double[points];
        for (int i = 0; i < points; i++) {
            line[i] = points == 1 ? 0 : (double) i / (points - 1);
        }
        return Value.constant(Literal.of(new TensorType(dtype, Shape.of(points)), line));
    }
}

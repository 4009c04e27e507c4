// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Weights;

/**
 * A network from fields on a regular grid to fields on the same grid, such as a Fourier neural operator.
 *
 * @param network maps {@code [batch, axis…, inputs]} to {@code [batch, axis…, outputs]}
 * @param dimensions number of grid axes
 * @param inputs channels that all arguments have together
 * @param outputs channels of the result
 */
public record FieldOperator(Layer network, int dimensions, int inputs, int outputs) implements NetworkArchitecture {
    @Override
    public Space infer(List<Space> arguments) {
        Channels.require("This operator between fields", inputs, arguments);
        List<Axis> axes = Space.axes(arguments);
        grid(axes);
        return new Space(axes, Channels.components(outputs));
    }

    private static Axis grid(List<Axis> axes) {
        if (axes.isEmpty() || axes.get(axes.size() - 1).kind() == Axis.Kind.SAMPLES) {
            throw new ExpressionException("An operator between fields needs an argument with values on a grid, but its"
                    + " arguments have values along " + axes + "; attach fields to a structured domain.");
        }
        return axes.get(axes.size() - 1);
    }

    @Override
    public boolean isPointwise() {
        return false;
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        Traced joined = Channels.join(arguments);
        Axis axis = grid(joined.axes());
        RegularGrid grid = setting.grid(axis)
                .filter(found -> found.axes().size() == dimensions)
                .orElseThrow(() -> new ExpressionException("An operator between fields in " + dimensions
                        + " dimensions needs values on a regular grid of as many, but the points of " + axis
                        + " lie otherwise; use a structured domain."));
        int batch = Math.toIntExact(joined.value().shape().size() / grid.points() / inputs);
        List<Integer> dims = new ArrayList<>(List.of(batch));
        IntStream.of(grid.shape()).forEach(dims::add);
        dims.add(inputs);
        Value result = network.apply(weights, joined.value().reshape(new Shape(dims)));
        List<Integer> back = new ArrayList<>(
                joined.value().shape().dims().subList(0, joined.axes().size()));
        back.add(outputs);
        return Channels.result(result.reshape(new Shape(back)), joined.axes());
    }
}

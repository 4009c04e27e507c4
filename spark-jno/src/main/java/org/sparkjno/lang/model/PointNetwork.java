// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.List;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Layer;
import org.sparkjno.nn.Weights;

/**
 * A network of numbers at each point: its arguments side by side, its outputs a scalar or a vector.
 *
 * @param network maps the last axis from {@code inputs} to {@code outputs} channels, at every point alike
 * @param inputs numbers that all arguments have together
 * @param outputs components of the result
 */
public record PointNetwork(Layer network, int inputs, int outputs) implements NetworkArchitecture {
    @Override
    public Space infer(List<Space> arguments) {
        Channels.require("This network", inputs, arguments);
        return new Space(Space.axes(arguments), Channels.components(outputs));
    }

    @Override
    public boolean isPointwise() {
        return true;
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        Traced joined = Channels.join(arguments);
        if (joined.axes().isEmpty()) {
            return Channels.result(
                    network.apply(weights, joined.value().expandDims(0)).squeeze(0), joined.axes());
        }
        return Channels.result(network.apply(weights, joined.value()), joined.axes());
    }
}

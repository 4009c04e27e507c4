// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Initialiser;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * A trained number or tensor, without arguments: the unknown of an inverse problem.
 *
 * @param components its shape
 * @param initialiser its first values
 */
public record Coefficient(Shape components, Initialiser initialiser) implements Architecture {
    private static final String VALUE = "value";

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(VALUE, components, initialiser));
    }

    @Override
    public Space infer(List<Space> arguments) {
        return Space.SCALAR.with(components);
    }

    @Override
    public boolean isPointwise() {
        return true;
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        return new Traced(weights.get(VALUE), List.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;
import org.sparkjno.nn.adapter.Adaptation;

/**
 * An architecture with adapters.
 *
 * @param base as it was
 * @param adaptation which adapters
 */
record Adapted(Architecture base, Adaptation adaptation) implements Architecture {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Parameter> parameters() {
        return adaptation.parameters(base);
    }

    @Override
    public List<Parameter> buffers() {
        return adaptation.buffers(base);
    }

    @Override
    public Space infer(List<Space> arguments) {
        return base.infer(arguments);
    }

    @Override
    public boolean isPointwise() {
        return base.isPointwise();
    }

    @Override
    public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
        return base.apply(adaptation.weights(base, weights), arguments, setting);
    }

    /** Those first values of adapters that depend on the adapted weights. */
    Map<String, double[]> starts(Function<String, double[]> numbers) {
        Map<String, double[]> starts = new LinkedHashMap<>();
        for (Parameter parameter : base.parameters()) {
            if (adaptation.adapters().containsKey(parameter.name())) {
                adaptation
                        .adapters()
                        .get(parameter.name())
                        .start(parameter, numbers.apply(parameter.name()))
                        .forEach((name, values) -> starts.put(parameter.name() + "." + name, values));
            }
        }
        return starts;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

/**
 * An architecture whose weights are rounded where they are used, while training keeps them in full: P. Micikevicius et al., "Mixed
 * precision training", ICLR 2018, section 3.1.
 *
 * @param base as it was
 * @param type to which weights are rounded
 */
record Rounded(Architecture base, DType type) implements Architecture {
    private static final long serialVersionUID = 1L;

    Rounded {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("Weights are rounded to a floating type, not to " + type.text() + ".");
        }
    }

    @Override
    public List<Parameter> parameters() {
        return base.parameters();
    }

    @Override
    public List<Parameter> buffers() {
        return base.buffers();
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
        Map<String, Value> rounded = new HashMap<>();
        parameters().forEach(one -> rounded.put(one.name(), round(weights.get(one.name()))));
        buffers().forEach(one -> rounded.put(one.name(), weights.get(one.name())));
        return base.apply(Weights.of(rounded), arguments, setting);
    }

    private Value round(Value weight) {
        return weight.cast(type).cast(weight.dtype());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * An activation as a layer, for {@link Sequential}.
 *
 * @param activation of each element
 */
public record Pointwise(Activation activation) implements Layer {
    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Value apply(Weights weights, Value x) {
        return activation.apply(x);
    }
}

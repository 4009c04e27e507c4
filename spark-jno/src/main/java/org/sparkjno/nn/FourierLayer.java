// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * The sum of a spectral convolution and a pointwise linear map.
 *
 * @param spectral global part
 * @param pointwise local part
 */
public record FourierLayer(SpectralConv spectral, Linear pointwise) implements Layer {
    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(Parameter.under("spectral", spectral.parameters()));
        all.addAll(Parameter.under("pointwise", pointwise.parameters()));
        return all;
    }

    @Override
    public Value apply(Weights weights, Value x) {
        return spectral.apply(weights.under("spectral"), x).plus(pointwise.apply(weights.under("pointwise"), x));
    }
}

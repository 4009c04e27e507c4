// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn.adapter;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.nn.Parameter;

/**
 * How a weight W is computed from its frozen numbers and a few trained ones. Weights of more than two axes, as of
 * convolutions, count as matrices {@code [inputs, outputs]} whose columns are their last axis. At first, all adapters
 * leave W as it is, but for rounding.
 */
public sealed interface Adapter extends Serializable permits Lora, Dora, Pissa, LoraXs, Vera, Lokr, Ia3, Oft {
    /** What is trained for a weight, with names relative to it. */
    List<Parameter> parameters(Parameter base);

    /** What is kept beside a weight and not trained, with names relative to it. */
    default List<Parameter> buffers(Parameter base) {
        return List.of();
    }

    /**
     * The weight that layers see.
     *
     * @param base the frozen weight
     * @param own the adapter's parameters and buffers by their relative names
     * @return of the type of {@code base}
     */
    Value effective(Value base, Map<String, Value> own);

    /**
     * First values that depend on the frozen weight; all others come from initialisers.
     *
     * @param numbers of the weight, row-major
     * @return row-major numbers by relative name; empty for most adapters
     */
    default Map<String, double[]> start(Parameter base, double[] numbers) {
        return Map.of();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.kernels.graph.Value;

/**
 * A part of a model: a pure function of weights and a tensor. A layer is a plain value, a record of sizes and of smaller
 * layers, so that a model can be printed, compared, walked and rebuilt with a part exchanged. It holds no numbers; these
 * live in the vectors that a {@link ParameterLayout} describes.
 *
 * <p>Tensors are channel-last: {@code [batch, axis…, channels]}.
 */
public interface Layer extends Serializable {
    /** What training changes, with names relative to this layer. */
    List<Parameter> parameters();

    /** Numbers that belong to the layer but are not trained, such as the statistics of a {@link Normaliser}. */
    default List<Parameter> buffers() {
        return List.of();
    }

    /**
     * The output for {@code x}.
     *
     * @param weights values of the parameters and buffers by their relative names
     * @throws org.sparkjno.kernels.graph.ShapeException when {@code x} does not fit the layer
     */
    Value apply(Weights weights, Value x);
}

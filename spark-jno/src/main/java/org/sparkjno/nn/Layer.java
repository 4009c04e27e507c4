// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import org.sparkjno.kernels.graph.Value;

/**
 * A model from tensor to tensor: a pure function of weights and a tensor.
 *
 * <p>Tensors are channel-last: {@code [batch, axis…, channels]}.
 */
public interface Layer extends Model {
    /**
     * The output for {@code x}.
     *
     * @param weights values of the parameters and buffers by their relative names
     * @throws org.sparkjno.kernels.graph.ShapeException when {@code x} does not fit the layer
     */
    Value apply(Weights weights, Value x);
}

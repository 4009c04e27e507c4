// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * The way back from a strided convolution to its finer grid, also called transposed convolution or deconvolution, with
 * a bias.
 *
 * @param down the convolution; its inputs are the outputs of this
 */
public record UpConv(Conv down) implements Model {
    @Override
    public List<Parameter> parameters() {
        return List.of(
                down.parameters().get(0), new Parameter("bias", Shape.of(down.inputs()), new Initialiser.Constant(0)));
    }

    /**
     * The field on the finer grid.
     *
     * @param y {@code [batch, coarse…, down.outputs]}
     * @param grid extents of the finer grid
     * @return {@code [batch, grid…, down.inputs]}
     */
    Value apply(Weights weights, Value y, int... grid) {
        Value fine = down.convolution().transposed(y, weights.get("weight"), grid);
        return fine.plus(weights.get("bias").broadcastTo(fine.shape()));
    }
}

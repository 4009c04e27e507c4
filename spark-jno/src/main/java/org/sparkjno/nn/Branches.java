// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.ShapeException;
import org.sparkjno.kernels.graph.Value;

/**
 * The branch networks of an operator, one per input function, whose outputs are multiplied: P. Jin, S. Meng, L. Lu,
 * "MIONet: learning multiple-input operators via tensor product", SIAM J. Sci. Comput. 44, 2022, equation 2.13. Each
 * gives a coefficient for every function of the basis and every output, {@code [samples, basis·outputs]}.
 */
final class Branches {
    private static final String NAME = "branches";

    private Branches() {}

    static List<Parameter> parameters(List<Layer> branches) {
        return Parameter.listed(NAME, branches, Model::parameters);
    }

    static List<Parameter> buffers(List<Layer> branches) {
        return Parameter.listed(NAME, branches, Model::buffers);
    }

    static Value apply(List<Layer> branches, Weights weights, List<Value> inputs) {
        if (inputs.size() != branches.size()) {
            throw new ShapeException("This operator has " + branches.size()
                    + " branches, one per input function, but got " + inputs.size() + " inputs.");
        }
        Value product = null;
        for (int i = 0; i < branches.size(); i++) {
            Value factor = branches.get(i).apply(weights.under(NAME + "." + i), inputs.get(i));
            product = product == null ? factor : product.times(factor);
        }
        return product;
    }

    /** {@code [axis…, basis·outputs]} as {@code [axis…, basis, outputs]}. */
    static Value byOutput(Value coefficients, int outputs) {
        Shape shape = coefficients.shape();
        Shape leading = new Shape(shape.dims().subList(0, shape.rank() - 1));
        return coefficients.reshape(leading.append(shape.dim(-1) / outputs, outputs));
    }
}

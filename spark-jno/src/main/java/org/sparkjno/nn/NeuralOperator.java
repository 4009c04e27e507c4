// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.nn;

import java.util.ArrayList;
import java.util.List;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.kernels.graph.Value;

/**
 * A network between normalised fields, with the normalisation in and out: a model in the units of its data.
 *
 * @param input normalises what comes in
 * @param network works on fields of mean 0 and variance 1
 * @param output restores the units of the result
 */
public record NeuralOperator(Normaliser input, Layer network, Normaliser output) implements Layer {
    /** A network with statistics of these shapes, see {@link Normaliser}. */
    public static NeuralOperator of(Shape inputStatistics, Layer network, Shape outputStatistics) {
        return new NeuralOperator(
                new Normaliser(inputStatistics, Normaliser.Direction.NORMALISE),
                network,
                new Normaliser(outputStatistics, Normaliser.Direction.RESTORE));
    }

    @Override
    public List<Parameter> parameters() {
        return Parameter.under("network", network.parameters());
    }

    @Override
    public List<Parameter> buffers() {
        List<Parameter> all = new ArrayList<>(Parameter.under("input", input.buffers()));
        all.addAll(Parameter.under("network", network.buffers()));
        all.addAll(Parameter.under("output", output.buffers()));
        return all;
    }

    @Override
    public Value apply(Weights weights, Value x) {
        Value normal = input.apply(weights.under("input"), x);
        return output.apply(weights.under("output"), network.apply(weights.under("network"), normal));
    }
}

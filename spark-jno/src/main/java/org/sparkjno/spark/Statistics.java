// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.sparkjno.datasets.sample.UnitGaussian;
import org.sparkjno.datasets.source.DatasetMetadata;
import org.sparkjno.nn.ModelWeights;

/**
 * The numbers of a dataset that a model needs to know: its normalisers' means and deviations.
 *
 * @param buffers by the names of a {@link org.sparkjno.nn.NeuralOperator}'s buffers
 */
record Statistics(Map<String, double[]> buffers) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The channel-wise statistics of the fields that a model reads and predicts. */
    static Statistics of(DatasetMetadata metadata, Pairing pairing) {
        Map<String, double[]> buffers = new TreeMap<>();
        put(buffers, "input", metadata.field(pairing.input()).normaliser());
        put(buffers, "output", metadata.field(pairing.output()).normaliser());
        return new Statistics(buffers);
    }

    private static void put(Map<String, double[]> buffers, String end, UnitGaussian normaliser) {
        buffers.put(end + ".mean", normaliser.mean());
        buffers.put(end + ".deviation", normaliser.deviation());
    }

    /** Writes them into a model's buffers. */
    void assignTo(ModelWeights weights) {
        buffers.forEach(weights::assign);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import org.sparkjno.datasets.source.DatasetMetadata;
import org.sparkjno.spark.DistributedEvaluation;
import org.sparkjno.spark.Pairing;
import picocli.CommandLine.Option;

/** Options of commands that apply a trained model to a dataset. */
final class ModelOptions {
    @Option(
            names = "--checkpoint",
            paramLabel = "C",
            required = true,
            description = "A checkpoint, or a directory of checkpoints of which the newest counts.")
    private String checkpoint;

    @Option(names = "--data", paramLabel = "D", required = true, description = "A dataset that jno generate made.")
    private String data;

    @Option(
            names = "--stride",
            paramLabel = "N",
            defaultValue = "1",
            description = "Use every N-th point of the stored fields.")
    private int stride;

    String data() {
        return data;
    }

    String checkpoint() {
        return checkpoint;
    }

    /** The model on the fields of a dataset: the first one in, the last one out. */
    DistributedEvaluation model(DatasetMetadata metadata) {
        int last = metadata.fields().size() - 1;
        Pairing pairing = new Pairing(
                metadata.fields().get(0).name(), metadata.fields().get(last).name(), stride);
        return new DistributedEvaluation(checkpoint, metadata, pairing);
    }
}

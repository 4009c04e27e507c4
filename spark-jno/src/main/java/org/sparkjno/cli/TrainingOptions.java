// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of commands that train. */
final class TrainingOptions {
    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training samples.")
    private Integer epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the dataset, the first weights and the order of samples.")
    private int seed;

    @Option(names = "--resume", description = "Go on from the newest checkpoint in the output directory.")
    private boolean resume;

    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also save every N steps, not only after each epoch.")
    private int checkpointSteps;

    int seed() {
        return seed;
    }

    TrainingRun.Settings settings(int defaultEpochs, int tasks, Path out) {
        return new TrainingRun.Settings(
                epochs == null ? defaultEpochs : epochs, seed, tasks, out, resume, checkpointSteps);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jno train}: trains the model of a problem. */
@Command(
        name = "train",
        description = "Trains a Fourier neural operator on a problem; generates the dataset when none is named.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno train burgers --out runs/burgers"})
final class Train extends Task {
    @Mixin
    private SparkOptions spark;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private ExplainOptions explain;

    @Parameters(paramLabel = "PROBLEM", description = "darcy or burgers.")
    private String problem;

    @Option(names = "--data", paramLabel = "D", description = "A dataset that jno generate made.")
    private String data;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "For checkpoints and pictures.")
    private Path out;

    @Override
    Outcome execute() throws Exception {
        Experiment experiment = Experiment.named(problem);
        Path place = OutputDirectory.writable(out, "--out");
        return spark.with(session -> {
            ParquetDataset dataset = data == null
                    ? TrainingRun.dataset(session, experiment, training, place, console())
                    : named(session);
            return new TrainingRun(
                            session,
                            experiment,
                            dataset,
                            training.settings(experiment.epochs(), spark.tasks(session), place),
                            explain,
                            console())
                    .run();
        });
    }

    private ParquetDataset named(SparkSession session) {
        ParquetDataset dataset = ParquetDataset.open(session, data);
        if (!dataset.metadata().problem().equals(problem)) {
            throw new IllegalArgumentException("The dataset " + data + " holds samples of "
                    + dataset.metadata().problem() + ", not of " + problem + "; name another dataset or problem.");
        }
        return dataset;
    }
}

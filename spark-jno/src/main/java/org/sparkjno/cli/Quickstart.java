// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.nio.file.Path;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jno quickstart}: Darcy flow from nothing to pictures. */
@Command(
        name = "quickstart",
        description =
                "Generates Darcy flow samples, trains a Fourier neural operator on them and shows what it learned.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./submit-scripts/quickstart --out runs/quickstart"})
final class Quickstart extends Task {
    @Mixin
    private SparkOptions spark;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private ExplainOptions explain;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/quickstart",
            description = "For the dataset, checkpoints and pictures (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--full", description = "The setting of the paper: 85×85 points, 500 epochs; takes hours.")
    private boolean full;

    @Override
    Outcome execute() throws Exception {
        Experiment experiment = full ? Experiment.darcyFull() : Experiment.darcy();
        Path place = OutputDirectory.writable(out, "--out");
        return spark.with(session -> {
            ParquetDataset dataset = TrainingRun.dataset(session, experiment, training, place, console());
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
}

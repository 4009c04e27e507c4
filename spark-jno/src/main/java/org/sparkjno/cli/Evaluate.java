// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sparkjno.datasets.sample.Split;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.spark.DistributedEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jno evaluate}: the error of a trained model on held-out samples. */
@Command(
        name = "evaluate",
        description = "Prints the relative L2 error of a trained model on the held-out samples of a dataset.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno evaluate --checkpoint runs/darcy/checkpoints --data runs/darcy/data"})
final class Evaluate extends Task {
    @Mixin
    private SparkOptions spark;

    @Mixin
    private ModelOptions options;

    @Mixin
    private ExplainOptions explain;

    @Override
    Outcome execute() throws Exception {
        double[] errors = spark.with(session -> {
            DistributedEvaluation.read(options.checkpoint());
            ParquetDataset dataset = ParquetDataset.open(session, options.data());
            DistributedEvaluation model = options.model(dataset.metadata());
            explain.write(model.functions(), console());
            return model.errors(dataset.samples(Split.TEST));
        });
        double mean = TrainingRun.mean(errors);
        double worst = Arrays.stream(errors).max().orElse(Double.NaN);
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("relative_l2", mean);
        metrics.put("worst_relative_l2", worst);
        metrics.put("samples", errors.length);
        return Outcome.of(
                metrics,
                String.format(
                        Locale.ROOT,
                        "relative L2 error over %d held-out samples: %.3f %% (worst %.3f %%)",
                        errors.length,
                        100 * mean,
                        100 * worst));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.datasets.source.Specification;
import org.sparkjno.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jno generate}: makes a dataset. */
@Command(
        name = "generate",
        description = "Generates samples of a problem and keeps them as Parquet.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  jno generate darcy --samples 1200 --out data/darcy"})
final class Generate extends Task {
    @Mixin
    private SparkOptions spark;

    @Parameters(paramLabel = "PROBLEM", description = "darcy or burgers.")
    private String problem;

    @Option(names = "--samples", paramLabel = "N", defaultValue = "1200", description = "Samples in all.")
    private int samples;

    @Option(
            names = "--test",
            paramLabel = "N",
            description = "How many of them are held out for evaluation; by default a sixth.")
    private Integer test;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Tells datasets apart.")
    private int seed;

    @Option(names = "--out", paramLabel = "D", required = true, description = "Where the dataset will lie.")
    private String out;

    @Override
    Outcome execute() throws Exception {
        int heldOut = test == null ? samples / 6 : test;
        Specification specification =
                new Specification(Experiment.named(problem).problem(), seed, samples - heldOut, heldOut);
        long start = System.nanoTime();
        spark.with(session -> ParquetDataset.generate(session, specification, out));
        double seconds = (System.nanoTime() - start) * 1e-9;
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("samples", samples);
        metrics.put("held_out", heldOut);
        metrics.put("samples_per_second", samples / seconds);
        metrics.put("dataset", out);
        return Outcome.of(metrics, samples + " samples of " + problem + " lie in " + out + ".");
    }
}

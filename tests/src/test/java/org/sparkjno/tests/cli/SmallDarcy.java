// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.generate.Problem;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.datasets.source.Specification;

/** Datasets so small that commands take seconds: the smallest grid that the model of {@code jno train darcy} fits. */
final class SmallDarcy {
    static final Problem PROBLEM = new Darcy(13, 1);

    private SmallDarcy() {}

    /** Generates 44 samples, 4 of them held out. */
    static void generate(Path data, Problem problem) throws IOException {
        try (SparkSession session = session()) {
            ParquetDataset.generate(
                    session, new Specification(problem, 0, 40, 4), data.toUri().toString());
        }
    }

    /** A session with two task slots; to be closed before a command runs. */
    static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
    }

    /** Trains two epochs of two steps with one task. */
    static JnoRun train(Path data, Path out, Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("train", "darcy", "--data", data, "--out", out, "--epochs", 2, "--tasks", 1));
        arguments.addAll(List.of(more));
        return JnoRun.of(arguments.toArray());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.datasets.generate.Darcy;
import org.sparkjno.datasets.source.ParquetDataset;
import org.sparkjno.datasets.source.Specification;
import org.sparkjno.tests.process.JavaProcess;

/** A driver that is killed and started again with {@code --resume} ends with the weights of one that was left alone. */
final class KillAndResumeTest {
    @TempDir
    static Path directory;

    private static Path data;

    @BeforeAll
    static void generate() throws IOException {
        data = directory.resolve("data");
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            ParquetDataset.generate(
                    session,
                    new Specification(new Darcy(13, 1), 0, 64, 4),
                    data.toUri().toString());
        }
    }

    @Test
    void aKilledAndResumedRunEndsWithTheSameBits() throws Exception {
        Path undisturbed = directory.resolve("undisturbed");
        try (JavaProcess process = train(undisturbed)) {
            assertFine(process);
        }

        Path disturbed = directory.resolve("disturbed");
        try (JavaProcess process = train(disturbed)) {
            process.await(line -> line.contains(" 30 % "));
            process.kill();
        }
        assertThat(FinalWeights.steps(checkpoints(disturbed))).isNotEmpty();
        assertThat(newest(disturbed)).isLessThan(newest(undisturbed));

        try (JavaProcess process = train(disturbed, "--resume")) {
            assertFine(process);
            assertThat(process.errors()).noneMatch(line -> line.contains("step 0/"));
        }
        assertThat(newest(disturbed)).isEqualTo(newest(undisturbed));
        assertThat(FinalWeights.in(checkpoints(disturbed))).isEqualTo(FinalWeights.in(checkpoints(undisturbed)));
    }

    private static JavaProcess train(Path out, String... more) throws IOException {
        return JavaProcess.jno(
                Map.of("spark.master", "local[2]"),
                Stream.concat(
                                Stream.of(
                                        "train",
                                        "darcy",
                                        "--data",
                                        data.toString(),
                                        "--epochs",
                                        "20",
                                        "--tasks",
                                        "2",
                                        "--checkpoint-steps",
                                        "2",
                                        "--out",
                                        out.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void assertFine(JavaProcess process) throws Exception {
        assertThat(process.status())
                .as(() -> String.join(System.lineSeparator(), process.errors()))
                .isZero();
    }

    private static Path checkpoints(Path out) {
        return out.resolve("checkpoints");
    }

    /** Name of the newest checkpoint; names are in the order of steps. */
    private static String newest(Path out) throws IOException {
        List<Path> steps = FinalWeights.steps(checkpoints(out));
        return steps.get(steps.size() - 1).getFileName().toString();
    }
}

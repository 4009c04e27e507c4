// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.SavedModels;
import org.sparkjno.lang.problem.Study;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.tests.process.JavaProcess;

/** {@code jno problem}: users' problems by the names of their classes. */
final class ProblemCommandTest {
    private static final String ROD = HeatedRod.class.getName();

    @TempDir
    Path directory;

    /** No study. */
    public abstract static class Unfinished implements Study {}

    /** A study that needs something. */
    public record Demanding(Training training) implements Study {
        @Override
        public Problem problem() {
            throw new UnsupportedOperationException("never asked");
        }
    }

    /** A study whose constructor fails. */
    public static final class Broken implements Study {
        /** Fails. */
        public Broken() {
            training();
        }

        @Override
        public Problem problem() {
            throw new UnsupportedOperationException("never asked");
        }

        @Override
        public Training training() {
            return Training.steps(0);
        }
    }

    private static JsonNode metrics(JnoRun run) throws IOException {
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("command").asText()).isEqualTo("problem");
        return report.get("metrics");
    }

    @Test
    void aClassIsTrainedByTheTasksOfSpark() throws IOException {
        Path out = directory.resolve("out");
        JsonNode metrics = metrics(JnoRun.of("problem", ROD, "--out", out, "--json"));
        double alone = new HeatedRod()
                .problem()
                .train(new HeatedRod().training())
                .history()
                .last();

        assertThat(metrics.get("tasks").asInt()).isEqualTo(2);
        assertThat(metrics.get("work")).hasSize(2);
        assertThat(metrics.get("work").get(1).asText()).contains("task 1 of 2", "MFLOP per step");
        assertThat(metrics.get("steps").asInt()).isEqualTo(20);
        assertThat(metrics.get("loss").asDouble()).isCloseTo(alone, within(1e-5 * alone));
        assertThat(metrics.get("losses").get("equation").asDouble())
                .isEqualTo(metrics.get("loss").asDouble());
        assertThat(metrics.get("tracked").get("max|r|").asDouble()).isPositive();
        assertThat(new ObjectMapper().readTree(out.resolve("metrics.json").toFile()))
                .isEqualTo(metrics);
        assertThat(out.resolve("losses.png")).isNotEmptyFile();
        assertThat(Double.parseDouble(Files.readString(out.resolve("largest.txt"))))
                .isPositive();
        assertThat(SavedModels.load(out.resolve("models")).models()).hasSize(1);
    }

    @Test
    void trainingIsResumed() throws IOException {
        Path kept = directory.resolve("checkpoints");
        Path out = directory.resolve("out");
        metrics(JnoRun.of("problem", ROD, "--out", out, "--steps", 8, "--seed", 3, "--checkpoints", kept, "--json"));
        JsonNode resumed = metrics(JnoRun.of(
                "problem", ROD, "--out", out, "--steps", 16, "--seed", 3, "--checkpoints", kept, "--resume", "--json"));
        JsonNode whole = metrics(JnoRun.of("problem", ROD, "--out", out, "--steps", 16, "--seed", 3, "--json"));

        assertThat(resumed).isEqualTo(whole);
        assertThat(resumed.get("loss"))
                .isNotEqualTo(metrics(JnoRun.of("problem", ROD, "--out", out, "--steps", 16, "--json"))
                        .get("loss"));
    }

    @Test
    void anExplanationTrainsNothing() throws IOException {
        Path place = directory.resolve("explained");
        JnoRun run = JnoRun.of("problem", ROD, "--explain", place, "--tasks", 2, "--json");

        metrics(run);
        assertThat(run.err()).contains("what is shared or gathered", "task 1 of 2");
        assertThat(place.resolve("problem.txt")).content().contains("what is shared or gathered");
        assertThat(place.resolve("step").resolve("kernels.c")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({
        "org.example.Nothing, There is no class org.example.Nothing; name it in full",
        "org.sparkjno.tests.cli.heatedrod, There is no class",
        "java.lang.String, let it implement org.sparkjno.lang.problem.Study",
        "org.sparkjno.tests.cli.ProblemCommandTest$Unfinished, neither abstract",
        "org.sparkjno.tests.cli.ProblemCommandTest$Demanding, no public constructor without arguments",
        "org.sparkjno.tests.cli.ProblemCommandTest$Broken, fails when it is made: Training needs at least one step",
    })
    void whatIsNoStudyIsRefused(String name, String sentence) {
        JnoRun run = JnoRun.of("problem", name, "--out", directory.resolve("out"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains(sentence);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertThat(JnoRun.of("problem", ROD, "--out", directory, "--resume").err())
                .contains("--checkpoints DIR");
        JnoRun without = JnoRun.of("problem", ROD);
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err()).contains("--out DIR", "--explain DIR");
    }

    @Test
    @Tag("cluster")
    void executorsInProcessesOfTheirOwnTrainIt() throws Exception {
        Path out = directory.resolve("out");
        Map<String, String> cluster = Map.of(
                "spark.master",
                "local-cluster[2,1,1024]",
                "spark.executor.memory",
                "1024m",
                "spark.scheduler.minRegisteredResourcesRatio",
                "1.0",
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"));
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        try (JavaProcess process =
                JavaProcess.jno(cluster, "problem", ROD, "--tasks", "2", "--out", out.toString(), "--json")) {
            int status = process.status();
            assertThat(status)
                    .as(() -> String.join(System.lineSeparator(), process.errors()))
                    .isZero();
            JsonNode report = new ObjectMapper().readTree(process.output());
            assertThat(report.get("metrics").get("tasks").asInt()).isEqualTo(2);
            assertThat(process.errors()).anyMatch(line -> line.contains("step 20/20"));
        }
        assertThat(out.resolve("models")).isDirectory();
    }
}

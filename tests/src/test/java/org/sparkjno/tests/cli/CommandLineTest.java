// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command promises: exit status, one JSON object, help. */
final class CommandLineTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    @TempDir
    static Path directory;

    private static Path data;
    private static Path trained;
    private static JnoRun training;

    @BeforeAll
    static void trainOnce() throws IOException {
        data = directory.resolve("data");
        trained = directory.resolve("trained");
        SmallDarcy.generate(data, SmallDarcy.PROBLEM);
        training = SmallDarcy.train(data, trained, "--json");
    }

    @Test
    void trainingAnswersWithItsMetrics() throws Exception {
        JsonNode metrics = report(training, "train").get("metrics");

        assertThat(metrics.get("relative_l2").asDouble()).isBetween(1e-6, 10.0);
        assertThat(metrics.get("loss").asDouble()).isBetween(1e-6, 10.0);
        assertThat(metrics.get("steps").asInt()).isEqualTo(4);
        assertThat(metrics.get("samples_per_second").asDouble()).isPositive();
        assertThat(metrics.get("checkpoint").asText()).endsWith("step-00000004");
        assertThat(trained.resolve("loss.png")).isNotEmptyFile();
        assertThat(trained.resolve("fields.png")).isNotEmptyFile();
        assertThat(training.err()).contains("100 %");
    }

    @Test
    void evaluationFindsTheErrorOfTraining() throws Exception {
        JnoRun evaluation = JnoRun.of("evaluate", "--checkpoint", checkpoints(), "--data", data, "--json");
        JsonNode metrics = report(evaluation, "evaluate").get("metrics");

        double error =
                report(training, "train").get("metrics").get("relative_l2").asDouble();
        assertThat(metrics.get("relative_l2").asDouble()).isEqualTo(error);
        assertThat(metrics.get("samples").asInt()).isEqualTo(4);
    }

    @Test
    void predictionsAreWritten() throws Exception {
        Path predictions = directory.resolve("predictions");
        JnoRun run =
                JnoRun.of("predict", "--checkpoint", checkpoints(), "--data", data, "--out", predictions, "--json");

        assertThat(report(run, "predict").get("metrics").get("samples").asInt()).isEqualTo(44);
        assertThat(predictions.resolve("_SUCCESS")).exists();
    }

    @Test
    void datasetsAreGenerated() throws Exception {
        Path burgers = directory.resolve("burgers");
        JnoRun run = JnoRun.of("generate", "burgers", "--samples", 6, "--test", 2, "--out", burgers, "--json");
        JsonNode metrics = report(run, "generate").get("metrics");

        assertThat(metrics.get("samples").asInt()).isEqualTo(6);
        assertThat(metrics.get("held_out").asInt()).isEqualTo(2);
        assertThat(burgers.resolve("_SUCCESS")).exists();
    }

    @Test
    void theDoctorFindsThisMachineFit() throws Exception {
        JsonNode metrics = report(JnoRun.of("doctor", "--json"), "doctor").get("metrics");

        assertThat(metrics.fieldNames())
                .toIterable()
                .contains("java", "spark", "cores", "cuda", "compiler", "vector_bits", "cache_directory", "self_test");
        assertThat(metrics.get("self_test").asText()).isEqualTo("passed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "generate", "train", "problem", "evaluate", "predict", "bench", "doctor"})
    void everyCommandShowsAnExample(String command) {
        JnoRun help = JnoRun.of(command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: jno " + command, "--json", "--verbose", "Example:");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fly", "train", "train darcy", "bench fast", "doctor --epochs 3", "train darcy --epochs x"})
    void wrongUseHasStatusTwoAndShowsTheUse(String line) {
        JnoRun run = JnoRun.of((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: jno");
    }

    @Test
    void aFailureIsOneObjectToo() throws Exception {
        JnoRun run = JnoRun.of("evaluate", "--checkpoint", checkpoints(), "--data", directory.resolve("no"), "--json");

        assertThat(run.status()).isEqualTo(1);
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("command").asText()).isEqualTo("evaluate");
        assertThat(report.get("status").asText()).isEqualTo("failed");
        assertThat(report.get("seconds").asDouble()).isPositive();
        assertThat(report.get("error").asText()).startsWith("There is no dataset");
    }

    private static Path checkpoints() {
        return trained.resolve("checkpoints");
    }

    /** The report of a command that went well; fails if anything else stands on standard output. */
    private static JsonNode report(JnoRun run, String command) throws JsonProcessingException {
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("command").asText()).isEqualTo(command);
        assertThat(report.get("status").asText()).isEqualTo("ok");
        assertThat(report.get("seconds").asDouble()).isPositive();
        return report;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkjno.bench.Amount;
import org.sparkjno.bench.Benchmark;
import org.sparkjno.bench.Race;
import org.sparkjno.bench.RaceDay;

final class BenchTest {
    private static final Race.Standing OURS = new Race.Standing("spark-jno", 400, 390, 0.02, 0);
    private static final Race.Standing TORCH = new Race.Standing("torch", 500, 490, 0.01, 2e-6);
    private static final Race.Standing JAX = new Race.Standing("jax", 800, 750, 0.03, 1e-6);

    @Test
    void aRaceWithPeersNamesThemAndTheRatio() {
        Outcome outcome = outcome(List.of(), race("fno", Map.of("torch.compile", "TypeError: no"), TORCH, JAX));
        JsonNode row = json(outcome).get("results").get(0);

        assertThat(outcome.success()).isTrue();
        assertThat(row.get("name").asText()).isEqualTo("fno");
        assertThat(row.get("ready_seconds").asDouble()).isEqualTo(1.5);
        assertThat(row.get("ours").get("ms").asDouble()).isEqualTo(400);
        assertThat(row.get("ours").get("least_ms").asDouble()).isEqualTo(390);
        assertThat(row.get("ours").get("spread").asDouble()).isEqualTo(0.02);
        assertThat(row.get("peers").get("torch").get("ms").asDouble()).isEqualTo(500);
        assertThat(row.get("peers").get("jax").get("difference").asDouble()).isEqualTo(1e-6);
        assertThat(row.get("failures").get("torch.compile").asText()).isEqualTo("TypeError: no");
        assertThat(row.get("best_peer").asText()).isEqualTo("torch");
        assertThat(row.get("ratio_to_best_peer").asDouble()).isEqualTo(0.8);
        assertThat(outcome.text()).contains("ratio to the best peer (torch): 0.80", "torch.compile failed: TypeError");
    }

    @Test
    void aRaceWithoutPeersSaysWhatIsMissing() {
        Outcome outcome = outcome(List.of("torch", "jax"), race("fno", Map.of()));
        JsonNode row = json(outcome).get("results").get(0);

        assertThat(outcome.success()).isTrue();
        assertThat(row.get("peers")).isEmpty();
        assertThat(row.get("ratio_to_best_peer").isNull()).isTrue();
        assertThat(json(outcome).get("absent")).hasSize(2);
        assertThat(outcome.text()).contains("not raced: python3 cannot import torch", "--python");
    }

    @Test
    void aPeerThatFindsOtherNumbersFailsTheCommand() {
        Outcome outcome = outcome(List.of(), race("pinn", Map.of(), new Race.Standing("jax", 20, 20, 0, 3e-4)));

        assertThat(outcome.success()).isFalse();
        assertThat(outcome.text()).contains("FAILED");
        assertThat(json(outcome).get("results").get(0).get("agrees").asBoolean())
                .isFalse();
    }

    @Test
    void kernelsAreMeasuredByTheFastestCopyOfAsManyBytes() {
        Optional<Amount> bytes = Optional.of(new Amount(2, "GB/s"));
        Race.Result copy = new Race.Result("copy", 0, OURS, List.of(), Map.of(), bytes);
        Race.Result tanh =
                new Race.Result("tanh", 0, new Race.Standing("spark-jno", 500, 500, 0, 0), List.of(), Map.of(), bytes);
        Race.Result other = new Race.Result("softmax", 0, OURS, List.of(), Map.of(), Optional.empty());
        JsonNode rows = json(outcome(List.of(), copy, tanh, other)).get("results");

        assertThat(rows.get(0).get("ours").get("rate").asDouble()).isEqualTo(5);
        assertThat(rows.get(0).get("of_copy_bandwidth").isNull()).isTrue();
        assertThat(rows.get(1).get("of_copy_bandwidth").asDouble()).isEqualTo(0.8);
        assertThat(rows.get(2).get("of_copy_bandwidth").isNull()).isTrue();
    }

    @Test
    void withoutPythonOursIsTimedAlone() {
        StringWriter out = new StringWriter();
        int status = Jno.run(
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                "bench",
                "pinn",
                "--python",
                "/no/such/python");

        assertThat(status).isZero();
        assertThat(out.toString())
                .contains("spark-jno")
                .contains("not raced: /no/such/python cannot import torch")
                .contains("not raced: /no/such/python cannot import jax");
    }

    private static Race.Result race(String name, Map<String, String> failures, Race.Standing... peers) {
        return new Race.Result(name, 1.5, OURS, List.of(peers), failures, Optional.empty());
    }

    private static Outcome outcome(List<String> absent, Race.Result... results) {
        return new RaceReport(Benchmark.FNO, "python3", new RaceDay.Report(1, true, List.of(results), absent))
                .outcome();
    }

    private static JsonNode json(Outcome outcome) {
        return new ObjectMapper().valueToTree(outcome.fields());
    }
}

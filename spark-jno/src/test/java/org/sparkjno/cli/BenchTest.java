// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.bench.FnoBench;
import org.sparkjno.bench.Race;

final class BenchTest {
    @Test
    void aRaceWithPeersNamesThemAndTheRatio() {
        JsonNode row = row(new Race.Result("fno", 400, 0.02, Map.of("torch", 500.0, "jax", 800.0), 0.8));

        assertThat(row.get("name").asText()).isEqualTo("fno");
        assertThat(row.get("ours_ms").asDouble()).isEqualTo(400);
        assertThat(row.get("spread").asDouble()).isEqualTo(0.02);
        assertThat(row.get("peers").get("torch").asDouble()).isEqualTo(500);
        assertThat(row.get("peers").get("jax").asDouble()).isEqualTo(800);
        assertThat(row.get("ratio_to_best_peer").asDouble()).isEqualTo(0.8);
    }

    @Test
    void aRaceWithoutPeersHasNoRatio() {
        JsonNode row = row(new Race.Result("fno", 400, 0.02, Map.of(), Double.NaN));

        assertThat(row.get("peers")).isEmpty();
        assertThat(row.get("ratio_to_best_peer").isNull()).isTrue();
    }

    private static JsonNode row(Race.Result race) {
        Outcome outcome = Bench.outcome(new FnoBench.Report(race, 1.5, ""));
        JsonNode results = new ObjectMapper().valueToTree(outcome.fields()).get("results");
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}

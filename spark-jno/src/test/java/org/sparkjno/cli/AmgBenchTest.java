// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AmgBenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int jno(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench", "amg"));
        all.addAll(List.of(arguments));
        return Jno.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }

    @Test
    void peersThatAreNotThereAreLeftOut() throws Exception {
        int status = jno(
                "--parts",
                "time,reuse",
                "--size",
                "12",
                "--repetitions",
                "1",
                "--amgcl",
                "/no/such/folder",
                "--hypre",
                "/no/such/folder",
                "--json");
        JsonNode report = new ObjectMapper().readTree(out.toString());

        assertThat(status).as(err.toString()).isZero();
        assertThat(report.get("command").asText()).isEqualTo("bench amg");
        assertThat(report.get("status").asText()).isEqualTo("ok");
        assertThat(report.get("iterations")).isEmpty();
        JsonNode race = report.get("race");
        assertThat(race.get("ours").get("relative_residual").asDouble()).isLessThanOrEqualTo(1e-8);
        assertThat(race.get("ours").get("seconds").asDouble()).isPositive();
        assertThat(race.get("peers").size() + report.get("absent").size()).isPositive();
        assertThat(report.get("ratios"))
                .hasSize(3)
                .allSatisfy(ratio -> assertThat(ratio.get("ratio").isNumber()).isTrue());
    }

    @Test
    void iterationsStandBesideTheirBars() {
        int status = jno("--parts", "iterations", "--quick");

        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Poisson 7-point 24³", "16 at 1.7 or 10 at 3.3 reached", "growth from")
                .doesNotContain("MISSED", "not raced", "set-up ");
    }

    @Test
    void whatMakesNoSenseIsWrongUse() {
        assertThat(jno("--full", "--quick")).isEqualTo(2);
        assertThat(jno("--parts", "speed")).isEqualTo(2);
        assertThat(Jno.run(new PrintWriter(out), new PrintWriter(err), "bench")).isEqualTo(2);
        assertThat(err.toString()).contains("Name a benchmark: pinn, ");
        assertThat(jno("--size", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("jno bench amg: The size must be positive, but is 0.");
    }
}

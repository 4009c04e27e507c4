// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The text that AmgX is given. */
class AmgxParametersTest {
    @Test
    void flatAndNestedAreOne() {
        Map<String, Object> flat = Map.of("solver", "PCG", "tolerance", 1e-6, "max_iters", 50);
        AmgxParameters parameters = AmgxParameters.of(flat);
        assertThat(parameters)
                .isEqualTo(AmgxParameters.of(Map.of("config_version", 2, "solver", flat)))
                .hasToString("{\"config_version\": 2, \"solver\": {\"convergence\": \"ABSOLUTE\", \"max_iters\": 50, "
                        + "\"monitor_residual\": 1, \"norm\": \"L2\", \"solver\": \"PCG\", \"store_res_history\": 1, "
                        + "\"tolerance\": 1.0E-6}}");
        assertThat(parameters.tolerance()).isEqualTo(1e-6);
    }

    @Test
    void whatTellsOfTheResidualIsAlwaysSet() {
        assertThat(AmgxParameters.of(Map.of("solver", "PCG", "monitor_residual", 0, "store_res_history", 0)))
                .isEqualTo(AmgxParameters.of(Map.of("solver", "PCG", "convergence", "RELATIVE_INI")));
    }

    @Test
    void nestedFilesKeepTheirOtherKeys() {
        assertThat(AmgxParameters.of(Map.of("determinism_flag", 1, "solver", Map.of("solver", "PCG", "scope", "main")))
                        .text())
                .startsWith("{\"config_version\": 2, \"determinism_flag\": 1, \"solver\": {")
                .contains("\"scope\": \"main\"");
    }

    @Test
    void presets() {
        assertThat(AmgxParameters.standard().text()).contains("PBICGSTAB").contains("\"interpolator\": \"D2\"");
        assertThat(AmgxParameters.symmetric().text()).contains("PCG");
        assertThat(AmgxParameters.symmetric().tolerance()).isEqualTo(1e-8);
    }

    @Test
    void refusals() {
        refused(Map.of("tolerance", 1e-6), "needs the key solver");
        refused(Map.of("solver", "PCG", "convergence", "ABSOLUTE"), "convergence is ABSOLUTE");
        refused(Map.of("solver", "PCG", "tolerance", 2), "between 0 and 1, but is 2");
        refused(Map.of("solver", "PCG", "exception_handling", 1), "ends the process");
        refused(
                Map.of("solver", "PCG", "preconditioner", Map.of("solver", "AMG", "cycle", true)),
                "preconditioner.cycle");
        refused(Map.of("solver", "PCG", "max_iters", List.of(1)), "max_iters must be a text");
        refused(Map.of("solver", "PCG", "tolerance", Double.NaN), "finite number");
        refused(Map.of("solver", "P\"CG"), "P\"CG");
    }

    private static void refused(Map<String, ?> settings, String part) {
        assertThatThrownBy(() -> AmgxParameters.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}

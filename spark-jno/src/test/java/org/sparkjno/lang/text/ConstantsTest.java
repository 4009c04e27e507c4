// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.PointValues;

class ConstantsTest {
    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void jsonHasDottedNames() throws IOException {
        Constants constants = Constants.read(file("c.json", """
                {"fluid": {"nu": 0.01, "speed": "1.5 m/s"}, "k": 3, "D": [[1, 2], [3, 4]]}
                """));
        assertThat(constants.names()).containsExactly("D", "fluid.nu", "fluid.speed", "k");
        assertThat(constants.number("fluid.nu")).isEqualTo(0.01);
        assertThat(constants.number("fluid.speed")).isEqualTo(1.5);
        assertThat(constants.get("fluid.nu")).hasToString("fluid.nu");
        assertThat(constants.get("D").space().components()).isEqualTo(Shape.of(2, 2));
        assertThat(PointValues.of(constants.get("D").det())).containsExactly(-2);
        assertThat(PointValues.of(Residual.parse("2*k - fluid.nu*100", constants.all())))
                .containsExactly(5);
        assertThatThrownBy(() -> constants.get("fluid.mu")).hasMessageContaining("did you mean 'fluid.nu'?");
        assertThatThrownBy(() -> constants.number("D")).hasMessageContaining("no single number");
    }

    @Test
    void propertiesToo() throws IOException {
        Constants constants = Constants.read(file("c.properties", "# of water\nc.rho = 998 kg/m^3\nc.n=7\n"));
        assertThat(constants.number("c.rho")).isEqualTo(998);
        assertThat(constants.number("c.n")).isEqualTo(7);
    }

    @Test
    void otherContentIsRefused() {
        assertThatThrownBy(() -> Constants.read(file("c.json", "{\"a\": true}")))
                .hasMessageContaining("'a' is neither a number");
        assertThatThrownBy(() -> Constants.read(file("c.json", "{\"a\": \"fast\"}")))
                .hasMessageContaining("'fast'");
        assertThatThrownBy(() -> Constants.read(file("c.json", "{\"a\": \"3 furlong\"}")))
                .hasMessageContaining("no unit");
        assertThatThrownBy(() -> Constants.read(file("c.json", "{\"a\": 1"))).hasMessageContaining("line 1");
        assertThatThrownBy(() -> Constants.read(file("c.toml", "a = 1"))).hasMessageContaining(".json and .properties");
    }
}

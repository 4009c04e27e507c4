// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;

/** Files that gmsh wrote (make_mesh_fixtures.py says how). */
class GmshFileTest {
    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = GmshFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static Mesh read(byte[] bytes) throws IOException {
        return GmshFile.read("some.msh", new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plate-2.2.msh", "plate-2.2-binary.msh", "plate-4.1.msh", "plate-4.1-binary.msh"})
    void platesAreReadFromAllVersions(String name) throws IOException {
        Mesh mesh = read(bytes(name));
        assertThat(mesh.dimensions()).isEqualTo(2);
        assertThat(mesh.vertexCount()).isEqualTo(69);
        assertThat(mesh.cellCount()).isEqualTo(101);
        assertThat(mesh.tags()).containsExactlyInAnyOrder("inlet", "wall", "13");
        assertThat(mesh.regions()).containsExactly("fluid");
        assertThat(mesh.region("fluid")).hasSize(101);
        assertThat(mesh.boundaryNodes("inlet").measure()).isCloseTo(1, within(1e-9));
        assertThat(mesh.boundaryNodes("wall").measure()).isCloseTo(5, within(1e-9));
        assertThat(mesh.measure()).isCloseTo(2 - 0.09 * Math.PI, within(0.05));
        Points hole = mesh.boundaryNodes("13");
        for (int i = 0; i < hole.count(); i++) {
            assertThat(Math.hypot(hole.point(i)[0] - 1, hole.point(i)[1] - 0.5)).isCloseTo(0.3, within(1e-9));
        }
        assertThat(Arrays.stream(mesh.tags().stream()
                                .mapToInt(tag -> mesh.facets(tag).length)
                                .toArray())
                        .sum())
                .isEqualTo(mesh.boundary().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"line-2.2.msh", "line-4.1-binary.msh"})
    void rodsAreRead(String name) throws IOException {
        Mesh mesh = read(bytes(name));
        assertThat(mesh.dimensions()).isEqualTo(1);
        assertThat(mesh.measure()).isCloseTo(2, within(1e-12));
        assertThat(mesh.boundaryNodes("west").normals()).containsExactly(-1);
        assertThat(mesh.boundaryNodes("east").coordinates()).containsExactly(2);
        assertThat(mesh.regions()).containsExactly("rod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"block-4.1.msh", "block-2.2-binary.msh"})
    void blocksAreRead(String name) throws IOException {
        Mesh mesh = read(bytes(name));
        assertThat(mesh.dimensions()).isEqualTo(3);
        assertThat(mesh.cellCount()).isEqualTo(48);
        assertThat(mesh.measure()).isCloseTo(2, within(1e-9));
        assertThat(mesh.boundaryNodes("top").measure()).isCloseTo(1, within(1e-9));
        assertThat(mesh.boundaryNodes("side").measure()).isCloseTo(8, within(1e-9));
        assertThat(mesh.boundaryNodes("bottom").coordinate(2)).containsOnly(0);
    }

    @Test
    void quadranglesAreRefusedByName() throws IOException {
        byte[] file = bytes("quads-4.1.msh");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("quadrangles")
                .hasMessageContaining("Mesh.RecombineAll");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plate-2.2.msh", "plate-2.2-binary.msh", "plate-4.1.msh", "plate-4.1-binary.msh"})
    void truncatedFilesAreRefused(String name) throws IOException {
        byte[] whole = bytes(name);
        for (double part : new double[] {0, 0.001, 0.3, 0.6, 0.9}) {
            byte[] start = Arrays.copyOf(whole, (int) (part * whole.length));
            assertThatThrownBy(() -> read(start))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("some.msh");
        }
    }

    @Test
    void otherVersionsAndTiltedSurfacesAreRefused() throws IOException {
        String plate = new String(bytes("plate-2.2.msh"), StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> read(ascii(plate.replaceFirst("2\\.2", "4.0"))))
                .hasMessageContaining("version 4.0");
        String tilted = plate.replaceFirst("\n2 0 0 0\n", "\n2 0 0 0.5\n");
        assertThat(tilted).isNotEqualTo(plate);
        assertThatThrownBy(() -> read(ascii(tilted))).hasMessageContaining("tilted in space");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

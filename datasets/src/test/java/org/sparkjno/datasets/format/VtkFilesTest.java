// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.datasets.mesh.Mesh;

/** Files that VTK itself and meshio wrote (make_mesh_fixtures.py says how), and our own. */
class VtkFilesTest {
    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = VtkFilesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static MeshFields read(String name, byte[] bytes) throws IOException {
        InputStream stream = new ByteArrayInputStream(bytes);
        return name.endsWith(".vtu") ? VtuFile.read(name, stream) : VtkFile.read(name, stream);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plate-42.vtk",
                "plate-42-binary.vtk",
                "plate-51.vtk",
                "plate-51-binary.vtk",
                "plate-ascii.vtu",
                "plate-base64.vtu",
                "plate-zlib.vtu",
                "plate-appended-raw.vtu",
                "plate-appended-raw-zlib.vtu",
                "plate-appended-base64.vtu",
                "plate-appended-base64-zlib.vtu"
            })
    void platesAreReadFromAllEncodings(String name) throws IOException {
        MeshFields plate = read(name, bytes(name));
        Mesh mesh = plate.mesh();
        assertThat(mesh.vertexCount()).isEqualTo(69);
        assertThat(mesh.cellCount()).isEqualTo(101);
        assertThat(mesh.measure()).isCloseTo(2 - 0.09 * Math.PI, within(0.05));
        assertThat(plate.components("u")).isEqualTo(1);
        assertThat(plate.components("v")).isEqualTo(3);
        for (int node = 0; node < mesh.vertexCount(); node++) {
            double[] p = mesh.vertex(node);
            assertThat(plate.fields().get("u")[node]).isCloseTo(p[0] * p[0] + p[1], within(1e-9));
            assertThat(plate.fields().get("v")[3 * node + 1]).isCloseTo(-p[0], within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatIsWrittenIsRead(int dimensions) throws IOException {
        int[] counts = Arrays.copyOf(new int[] {3, 2, 4}, dimensions);
        double[] upper = Arrays.copyOf(new double[] {1, 2, 3}, dimensions);
        Mesh mesh = Mesh.structured(new double[dimensions], upper, counts);
        Map<String, double[]> fields = new LinkedHashMap<>();
        fields.put("position & \"more\"", mesh.vertices());
        fields.put("weight", mesh.nodes().weights());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        VtuWriter.write(new MeshFields(mesh, fields), stream);
        MeshFields back = read("back.vtu", stream.toByteArray());
        assertThat(back.mesh().vertices()).isEqualTo(mesh.vertices());
        assertThat(back.mesh().cells()).isEqualTo(mesh.cells());
        assertThat(back.fields().keySet()).containsExactlyElementsOf(fields.keySet());
        fields.forEach((name, values) -> assertThat(back.fields().get(name)).isEqualTo(values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plate-42.vtk", "plate-51-binary.vtk", "plate-base64.vtu", "plate-appended-raw-zlib.vtu"})
    void truncatedFilesAreRefused(String name) throws IOException {
        byte[] whole = bytes(name);
        for (double part : new double[] {0, 0.001, 0.3, 0.6}) {
            byte[] start = Arrays.copyOf(whole, (int) (part * whole.length));
            assertThatThrownBy(() -> read(name, start))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void otherContentsAreRefusedByName() throws IOException {
        String vtk = new String(bytes("plate-42.vtk"), StandardCharsets.US_ASCII);
        String vtu = new String(bytes("plate-ascii.vtu"), StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> read("a.vtk", ascii(vtk.replace("UNSTRUCTURED_GRID", "POLYDATA"))))
                .hasMessageContaining("holds POLYDATA");
        assertThatThrownBy(() -> read("a.vtu", ascii(vtu.replace("UnstructuredGrid", "PolyData"))))
                .hasMessageContaining("holds PolyData");
        String nine = vtk.replaceFirst("CELL_TYPES 101\n5", "CELL_TYPES 101\n9");
        assertThat(nine).isNotEqualTo(vtk);
        assertThatThrownBy(() -> read("a.vtk", ascii(nine))).hasMessageContaining("quadrangles");
        assertThatThrownBy(() -> read(
                        "a.vtu", ascii(vtu.replace("type=\"Unst", "compressor=\"vtkLZ4DataCompressor\" type=\"Unst"))))
                .hasMessageContaining("vtkLZ4DataCompressor");
    }

    @Test
    void pointsWithoutCellsAreLeftOut() throws IOException {
        String file = """
                # vtk DataFile Version 3.0
                by hand
                ASCII
                DATASET UNSTRUCTURED_GRID
                POINTS 5 float
                9 9 9 0 0 0 1 0 0 7 7 7 0 1 0
                CELLS 2 6
                3 1 2 4
                1 0
                CELL_TYPES 2
                5 1
                CELL_DATA 2
                SCALARS gmsh:physical int 1
                LOOKUP_TABLE default
                3 4
                POINT_DATA 5
                SCALARS u double
                LOOKUP_TABLE default
                10 11 12 13 14
                """;
        MeshFields back = read("a.vtk", ascii(file));
        assertThat(back.mesh().vertices()).containsExactly(0, 0, 1, 0, 0, 1);
        assertThat(back.fields().get("u")).containsExactly(11, 12, 14);
        assertThat(back.mesh().region("3")).containsExactly(0);
    }

    @Test
    void fieldsMustFitTheMesh() {
        Mesh mesh = Mesh.structured(new double[1], new double[] {1}, new int[] {3});
        assertThatThrownBy(() -> new MeshFields(mesh, Map.of("u", new double[5])))
                .hasMessageContaining("'u' has 5 values for 4 nodes");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

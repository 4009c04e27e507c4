// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkjno.amg.matrix.Pattern;

class MeshTest {
    private static Mesh unit(int dimensions, int... counts) {
        double[] upper = new double[dimensions];
        Arrays.fill(upper, 1);
        return Mesh.structured(new double[dimensions], upper, counts);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void structuredMeshesFillTheirBox(int dimensions) {
        double[] lower = {-1, 0, 1};
        double[] upper = {1, 0.5, 4};
        Mesh mesh = Mesh.structured(
                Arrays.copyOf(lower, dimensions),
                Arrays.copyOf(upper, dimensions),
                Arrays.copyOf(new int[] {4, 3, 5}, dimensions));
        double volume = new double[] {2, 1, 3}[dimensions - 1];
        double surface = new double[] {2, 5, 17}[dimensions - 1];
        assertThat(mesh.measure()).isCloseTo(volume, within(1e-12));
        assertThat(mesh.nodes().measure()).isCloseTo(volume, within(1e-12));
        assertThat(mesh.boundaryNodes().measure()).isCloseTo(surface, within(1e-12));
        assertThat(mesh.tags()).hasSize(2 * dimensions);
        assertThat(mesh.interiorIndices().length + mesh.boundaryIndices().length)
                .isEqualTo(mesh.vertexCount());
        assertThat(mesh.interiorNodes().count()).isEqualTo(new int[] {3, 6, 24}[dimensions - 1]);
        for (BoxSide side : BoxSide.of(dimensions)) {
            Points nodes = mesh.boundaryNodes(side.tag());
            double value = (side.isUpper() ? upper : lower)[side.axis()];
            assertThat(nodes.coordinate(side.axis())).containsOnly(value);
            for (int i = 0; i < nodes.count(); i++) {
                assertThat(nodes.normal(i)[side.axis()]).isCloseTo(side.isUpper() ? 1 : -1, within(1e-12));
            }
        }
    }

    @Test
    void nodesAreInTheOrderOfTheGrid() {
        Mesh mesh = unit(2, 2, 4);
        assertThat(mesh.grid().orElseThrow().shape()).containsExactly(3, 5);
        assertThat(mesh.vertex(0)).containsExactly(0, 0);
        assertThat(mesh.vertex(1)).containsExactly(0, 0.25);
        assertThat(mesh.vertex(5)).containsExactly(0.5, 0);
        assertThat(mesh.vertex(14)).containsExactly(1, 1);
    }

    @Test
    void neighboursShareACell() {
        Mesh mesh = unit(2, 2, 2);
        Pattern neighbours = mesh.neighbours();
        assertThat(row(neighbours, 4)).containsExactly(0, 1, 3, 5, 7, 8);
        assertThat(row(neighbours, 0)).containsExactly(1, 3, 4);
        assertThat(row(mesh.cellsOfNodes(), 4)).hasSize(6);
    }

    private static int[] row(Pattern pattern, int i) {
        return Arrays.copyOfRange(pattern.columns(), pattern.rowStart()[i], pattern.rowStart()[i + 1]);
    }

    @Test
    void tagsMoveFacets() {
        Mesh mesh = unit(2, 4, 4).tagged("inlet", p -> p[0] == 0 && p[1] >= 0.5);
        assertThat(mesh.facets("inlet")).hasSize(2);
        assertThat(mesh.facets("left")).hasSize(2);
        assertThat(mesh.boundaryIndices("inlet")).containsExactly(2, 3, 4);
        assertThatThrownBy(() -> mesh.facets("outlet"))
                .hasMessageContaining("'outlet'")
                .hasMessageContaining("inlet");
    }

    @Test
    void clockwiseCellsAreTurned() {
        Mesh mesh = Mesh.of(2, new double[] {0, 0, 1, 0, 0, 1}, new int[] {0, 2, 1});
        assertThat(mesh.cells()).containsExactly(0, 1, 2);
        assertThat(mesh.measure()).isEqualTo(0.5);
    }

    @Test
    void meshesTravel() throws IOException, ClassNotFoundException {
        Mesh mesh = unit(2, 2, 3).withRegion("some", new int[] {1, 2});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(mesh);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Mesh copy = (Mesh) in.readObject();
            assertThat(copy.vertices()).isEqualTo(mesh.vertices());
            assertThat(copy.tags()).isEqualTo(mesh.tags());
            assertThat(copy.region("some")).containsExactly(1, 2);
            assertThat(copy.grid()).isEqualTo(mesh.grid());
        }
    }

    @Test
    void brokenMeshesAreRefused() {
        double[] corners = {0, 0, 1, 0, 0, 1, 2, 0};
        assertThatThrownBy(() -> Mesh.of(2, corners.clone(), new int[] {0, 1, 2}))
                .hasMessageContaining("Vertex 3 belongs to no cell");
        assertThatThrownBy(() -> Mesh.of(2, corners.clone(), new int[] {0, 1, 2, 0, 1, 3}))
                .hasMessageContaining("Cell 1 has the measure 0");
        assertThatThrownBy(() -> Mesh.of(2, corners.clone(), new int[] {0, 1, 7}))
                .hasMessageContaining("vertex 7");
    }

    @Test
    void pointsAreChecked() {
        assertThatThrownBy(() -> new Points(2, new double[3], new double[0], new double[2]))
                .hasMessageContaining("need 4 numbers");
        assertThatThrownBy(() -> new Points(2, new double[4], new double[2], new double[2]))
                .hasMessageContaining("one normal per point");
        Points cloud = Points.cloud(new double[][] {{0, 1}, {2, 3}});
        assertThat(cloud.measure()).isEqualTo(1);
        assertThat(cloud.where(p -> p[0] > 1).coordinates()).containsExactly(2, 3);
        assertThatThrownBy(() -> cloud.normal(0)).hasMessageContaining("only boundary points have normals");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.random.RandomStream;

class TriangulationTest {
    static Stream<Geometry> regions() {
        return Stream.of(
                Geometry.disk(0, 0, 1),
                Geometry.polygon(new double[][] {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}}),
                Geometry.rectangle(0, 0, 2, 1).difference(Geometry.disk(1, 0.5, 0.3)),
                Geometry.disk(0, 0, 1).union(Geometry.disk(1, 0, 1)),
                Geometry.disk(0, 0, 1).intersection(Geometry.disk(1, 0, 1)),
                Geometry.rectangle(-1, -1, 1, 1)
                        .difference(Geometry.disk(0, 0, 0.5))
                        .union(Geometry.disk(0, 0, 0.2)));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void trianglesAreNearlyEquilateral(Geometry region) {
        for (double size : new double[] {0.2, 0.1, 0.05}) {
            double[] smallest = smallestAngles(region.mesh(size));
            assertThat(Arrays.stream(smallest).min().orElseThrow()).isGreaterThan(25);
            assertThat(Arrays.stream(smallest).average().orElseThrow()).isGreaterThan(45);
        }
    }

    private static double[] smallestAngles(Mesh mesh) {
        double[] smallest = new double[mesh.cellCount()];
        for (int cell = 0; cell < smallest.length; cell++) {
            smallest[cell] = 180;
            for (int k = 0; k < 3; k++) {
                double[] a = mesh.vertex(mesh.cells()[3 * cell + k]);
                double[] b = mesh.vertex(mesh.cells()[3 * cell + (k + 1) % 3]);
                double[] c = mesh.vertex(mesh.cells()[3 * cell + (k + 2) % 3]);
                double angle = Math.atan2(c[1] - a[1], c[0] - a[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
                smallest[cell] = Math.min(smallest[cell], Math.toDegrees((angle + 2 * Math.PI) % (2 * Math.PI)));
            }
        }
        return smallest;
    }

    @ParameterizedTest
    @MethodSource("regions")
    void meshesFillTheirRegion(Geometry region) {
        double size = 0.05;
        Mesh mesh = region.mesh(size);
        // The chords of arcs miss segments of area length · size² / 12 r.
        assertThat(mesh.measure()).isCloseTo(region.measure(), within(1e-12 + 9 * size * size / 12));
        assertThat(mesh.tags()).containsExactlyInAnyOrderElementsOf(region.tags());
        Points boundary = mesh.boundaryNodes();
        for (int i = 0; i < boundary.count(); i++) {
            assertThat(region.distance(boundary.point(i))).isCloseTo(0, within(1e-12));
        }
        for (String tag : region.tags()) {
            double length = region.boundary(tag, 1, Sampler.UNIFORM, 0).measure();
            assertThat(mesh.boundaryNodes(tag).measure()).isCloseTo(length, within(2e-3 * length));
        }
        Points inner = mesh.interiorNodes();
        assertThat(inner.where(p -> region.distance(p) < 0).count()).isEqualTo(inner.count());
        assertThat(region.mesh(size).vertices()).isEqualTo(mesh.vertices());
    }

    @Test
    void normalsOfHolesPointInwards() {
        Mesh ring = Geometry.disk(0, 0, 1)
                .difference(Geometry.disk(0, 0, 0.5).tagged("hole"))
                .mesh(0.1);
        Points hole = ring.boundaryNodes("hole");
        for (int i = 0; i < hole.count(); i++) {
            assertThat(hole.normal(i)[0]).isCloseTo(-hole.point(i)[0] / 0.5, within(1e-9));
        }
    }

    /** Stars with as many as 40 spikes: every edge is there, and the triangles sum up to the area. */
    @Property(tries = 20)
    void everyPolygonIsMeshed(@ForAll @IntRange(min = 3, max = 40) int corners, @ForAll long seed) {
        RandomStream random = new RandomStream(seed);
        double[][] vertices = new double[corners][];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * (i + 0.8 * random.uniform(2L * i)) / corners;
            double radius = 0.2 + random.uniform(2L * i + 1);
            vertices[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
        }
        Geometry polygon = Geometry.polygon(vertices);
        Mesh mesh = polygon.mesh(0.2);
        assertThat(mesh.measure()).isCloseTo(polygon.measure(), within(1e-12));
        assertThat(mesh.tags()).hasSize(corners);
    }

    @Test
    void latticesAndCirclesAreNoSpecialCase() {
        double[] points = new double[2 * 200];
        for (int i = 0; i < 100; i++) {
            points[2 * i] = i % 10;
            points[2 * i + 1] = i / 10;
            points[200 + 2 * i] = 4.5 + 20 * Math.cos(i * Math.PI / 50);
            points[201 + 2 * i] = 4.5 + 20 * Math.sin(i * Math.PI / 50);
        }
        Delaunay.Triangles found = Delaunay.triangles(points);
        Mesh mesh = Mesh.of(2, points, found.corners());
        assertThat(mesh.cellCount()).isEqualTo(2 * 200 - 100 - 2);
        assertThat(mesh.measure()).isCloseTo(50 * 400 * Math.sin(Math.PI / 50), within(1e-9));
    }

    @Test
    void cylindersAreStacksOfPrisms() {
        Mesh mesh = Geometry.cylinder(1, 0, -1, 0.5, 2)
                .tagged("inlet", p -> p[2] < -1 + 1e-9)
                .mesh(0.1);
        assertThat(mesh.tags()).containsExactlyInAnyOrder("side", "inlet", "top");
        assertThat(mesh.measure()).isCloseTo(Math.PI / 2, within(0.02));
        assertThat(mesh.boundaryNodes("inlet").measure()).isCloseTo(Math.PI / 4, within(0.01));
        assertThat(mesh.boundaryNodes("side").measure()).isCloseTo(2 * Math.PI, within(0.02));
        assertThat(mesh.boundaryNodes().measure()).isCloseTo(2.5 * Math.PI, within(0.04));
        assertThat(mesh.boundaryNodes("top").coordinate(2)).containsOnly(1);
    }

    @Test
    void severalIntervalsAreMeshed() {
        Mesh mesh = Geometry.interval(0, 3)
                .difference(Geometry.interval(1, 1.5).tagged("cut"))
                .mesh(0.25);
        assertThat(mesh.measure()).isCloseTo(2.5, within(1e-12));
        assertThat(mesh.boundaryNodes("cut").coordinates()).containsExactly(1, 1.5);
        assertThat(mesh.boundaryNodes("cut").normals()).containsExactly(1, -1);
        assertThat(mesh.cellCount()).isEqualTo(10);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.datasets.mesh.Points;

class GeometryTest {
    private static final Geometry HOLED = Geometry.rectangle(0, 0, 2, 1).difference(Geometry.disk(1, 0.5, 0.3));
    private static final Geometry L = Geometry.polygon(new double[][] {{0, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 2}, {0, 2}});

    /** Region, measure, measure of the boundary, tolerance relative to both. */
    static Stream<Arguments> regions() {
        double exact = 1e-12;
        double lens = 2 * Math.PI / 3 - Math.sqrt(3) / 2;
        return Stream.of(
                Arguments.of(Geometry.interval(-1, 2), 3, 2, exact),
                Arguments.of(Geometry.interval(0, 3).difference(Geometry.interval(1, 1.5)), 2.5, 4, exact),
                Arguments.of(Geometry.rectangle(-1, 0, 1, 3), 6, 10, exact),
                Arguments.of(Geometry.disk(3, -2, 0.5), Math.PI / 4, Math.PI, exact),
                Arguments.of(L, 3, 8, exact),
                Arguments.of(HOLED, 2 - 0.09 * Math.PI, 6 + 0.6 * Math.PI, exact),
                Arguments.of(Geometry.disk(0, 0, 1).intersection(Geometry.disk(1, 0, 1)), lens, 4 * Math.PI / 3, exact),
                Arguments.of(
                        Geometry.disk(0, 0, 1).union(Geometry.disk(1, 0, 1)),
                        2 * Math.PI - lens,
                        8 * Math.PI / 3,
                        exact),
                Arguments.of(Geometry.rectangle(0, 0, 1, 1).union(Geometry.rectangle(1, 0, 2, 1)), 2, 6, exact),
                Arguments.of(Geometry.rectangle(0, 0, 2, 2).union(Geometry.rectangle(0, 0, 1, 1)), 4, 8, exact),
                Arguments.of(Geometry.rectangle(0, 0, 2, 2).difference(Geometry.rectangle(0, 0, 1, 1)), 3, 8, exact),
                Arguments.of(Geometry.box(0, 0, 0, 1, 2, 3), 6, 22, exact),
                Arguments.of(Geometry.sphere(1, 2, 3, 2), 32 * Math.PI / 3, 16 * Math.PI, exact),
                Arguments.of(Geometry.cylinder(0, 0, 1, 1, 2), 2 * Math.PI, 6 * Math.PI, exact),
                Arguments.of(
                        Geometry.box(0, 0, 0, 2, 1, 1).difference(Geometry.cylinder(1, 0.5, 0, 0.25, 1)),
                        2 - Math.PI / 16,
                        10 + Math.PI * (0.5 - 0.125),
                        2e-4),
                Arguments.of(
                        Geometry.sphere(0, 0, 0, 1).intersection(Geometry.box(0, -2, -2, 2, 2, 2)),
                        2 * Math.PI / 3,
                        3 * Math.PI,
                        1e-3));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void measuresAreThoseOfTextbooks(Geometry region, double measure, double boundary, double tolerance) {
        assertThat(region.measure()).isCloseTo(measure, within(tolerance * measure));
        assertThat(region.boundary(7, Sampler.UNIFORM, 1).measure()).isCloseTo(boundary, within(tolerance * boundary));
    }

    @ParameterizedTest
    @MethodSource("regions")
    void samplesLieWhereTheyShould(Geometry region, double measure, double boundary, double tolerance) {
        for (Sampler sampler : Sampler.values()) {
            Points inside = region.interior(300, sampler, 5);
            assertThat(inside.count()).isGreaterThanOrEqualTo(300);
            assertThat(inside.measure()).isCloseTo(region.measure(), within(1e-12 * measure));
            assertThat(inside.where(region::contains).count()).isEqualTo(inside.count());
            Points around = region.boundary(200, sampler, 5);
            assertThat(around.count()).isGreaterThanOrEqualTo(200);
            if (sampler != Sampler.GRID) {
                assertThat(inside.count()).isEqualTo(300);
                assertThat(around.count()).isEqualTo(200);
            }
            for (int i = 0; i < around.count(); i++) {
                assertThat(region.distance(around.point(i))).isCloseTo(0, within(1e-12));
                assertThat(region.contains(beside(around, i, -1e-4))).isTrue();
                assertThat(region.contains(beside(around, i, 1e-4))).isFalse();
            }
        }
    }

    /** The divergence theorem for the field (x², y², z²) joins weights, normals and measures. */
    @ParameterizedTest
    @MethodSource("regions")
    void weightsIntegrate(Geometry region, double measure, double boundary, double tolerance) {
        int count = 20_000;
        Points inside = region.interior(count, Sampler.SOBOL, 3);
        Points around = region.boundary(count, Sampler.SOBOL, 3);
        double volume = 0;
        double surface = 0;
        for (int i = 0; i < inside.count(); i++) {
            for (double x : inside.point(i)) {
                volume += 2 * x * inside.weights()[i];
            }
        }
        for (int i = 0; i < around.count(); i++) {
            double[] x = around.point(i);
            double[] n = around.normal(i);
            for (int axis = 0; axis < x.length; axis++) {
                surface += x[axis] * x[axis] * n[axis] * around.weights()[i];
            }
        }
        assertThat(volume).isCloseTo(surface, within(4e-3 * (measure + boundary)));
    }

    private static double[] beside(Points points, int i, double step) {
        double[] x = points.point(i);
        for (int axis = 0; axis < x.length; axis++) {
            x[axis] += step * points.normal(i)[axis];
        }
        return x;
    }

    @Test
    void tagsNameTheParts() {
        assertThat(Geometry.interval(0, 1).tags()).containsExactly("left", "right");
        assertThat(Geometry.box(0, 0, 0, 1, 1, 1).tags())
                .containsExactly("left", "right", "bottom", "top", "back", "front");
        assertThat(Geometry.sphere(0, 0, 0, 1).tags()).containsExactly("surface");
        assertThat(Geometry.cylinder(0, 0, 0, 1, 1).tags()).containsExactly("side", "bottom", "top");
        assertThat(L.tags()).containsExactly("e0", "e1", "e2", "e3", "e4", "e5");
        assertThat(HOLED.tags()).containsExactly("left", "right", "bottom", "top", "arc");
        assertThat(HOLED.boundary("left", 5, Sampler.GRID, 0).coordinate(0)).containsOnly(0);
        assertThat(Geometry.interval(0, 2)
                        .boundary("right", 1, Sampler.UNIFORM, 0)
                        .coordinates())
                .containsExactly(2);
    }

    @Test
    void normalsPointOutOfHoles() {
        Points hole = HOLED.boundary("arc", 50, Sampler.SOBOL, 0);
        for (int i = 0; i < hole.count(); i++) {
            double[] x = hole.point(i);
            assertThat(hole.normal(i)[0]).isCloseTo((1 - x[0]) / 0.3, within(1e-12));
            assertThat(hole.normal(i)[1]).isCloseTo((0.5 - x[1]) / 0.3, within(1e-12));
        }
    }

    @Test
    void partsOfTheBoundaryCanBeRenamed() {
        Geometry channel = Geometry.rectangle(0, 0, 2, 1).tagged("inlet", p -> p[0] < 1e-9 && p[1] > 0.25);
        assertThat(channel.tags()).contains("inlet", "left");
        assertThat(channel.boundary("inlet", 9, Sampler.SOBOL, 0).measure()).isCloseTo(0.75, within(1e-9));
        assertThat(channel.boundary("left", 9, Sampler.SOBOL, 0).measure()).isCloseTo(0.25, within(1e-9));
        Geometry shell = Geometry.sphere(0, 0, 0, 1).tagged("north", p -> p[2] > 0);
        assertThat(shell.boundary("north", 9, Sampler.SOBOL, 0).measure()).isCloseTo(2 * Math.PI, within(1e-9));
        assertThat(Geometry.disk(0, 0, 1).tagged("wall").tags()).containsExactly("wall");
        assertThatThrownBy(() -> channel.tagged("nowhere", p -> p[0] > 3)).hasMessageContaining("'nowhere'");
    }

    @Test
    void sameSeedSamePointsAfterSerialisation() throws IOException, ClassNotFoundException {
        Geometry region = Geometry.box(0, 0, 0, 1, 1, 1)
                .difference(Geometry.sphere(0, 0, 0, 0.5))
                .tagged("low", p -> p[2] < 1e-9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(region);
        }
        Geometry copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (Geometry) in.readObject();
        }
        for (Sampler sampler : Sampler.values()) {
            assertThat(copy.interior(40, sampler, 9).coordinates())
                    .isEqualTo(region.interior(40, sampler, 9).coordinates());
            assertThat(copy.boundary("low", 40, sampler, 9).coordinates())
                    .isEqualTo(region.boundary("low", 40, sampler, 9).coordinates());
        }
        assertThat(region.interior(40, Sampler.UNIFORM, 10).coordinates())
                .isNotEqualTo(region.interior(40, Sampler.UNIFORM, 9).coordinates());
    }

    @Test
    void distancesAreExact() {
        assertThat(Geometry.rectangle(0, 0, 2, 1).distance(new double[] {5, 5})).isEqualTo(5);
        assertThat(Geometry.rectangle(0, 0, 2, 1).distance(new double[] {1.5, 0.5}))
                .isEqualTo(-0.5);
        assertThat(L.distance(new double[] {2, 2})).isEqualTo(1);
        assertThat(L.distance(new double[] {0.5, 0.25})).isEqualTo(-0.25);
        assertThat(Geometry.cylinder(0, 0, 0, 1, 1).distance(new double[] {4, 0, 5}))
                .isEqualTo(5);
        assertThat(HOLED.distance(new double[] {1, 0.5})).isCloseTo(0.3, within(1e-15));
        assertThat(HOLED.distance(new double[] {0.25, 0.5})).isCloseTo(-0.25, within(1e-15));
        Geometry joined = Geometry.rectangle(0, 0, 1, 1).union(Geometry.rectangle(0.9, 0, 2, 1));
        assertThat(joined.distance(new double[] {0.95, 0.5})).isCloseTo(-0.5, within(1e-15));
        Geometry holes = Geometry.interval(0, 3).difference(Geometry.interval(1, 2));
        assertThat(holes.distance(new double[] {1.25})).isCloseTo(0.25, within(1e-15));
    }

    @Test
    void misuseIsExplained() {
        assertThatThrownBy(() -> Geometry.interval(1, 0)).hasMessageContaining("must run upwards");
        assertThatThrownBy(() -> Geometry.disk(0, 0, -1)).hasMessageContaining("radius");
        assertThatThrownBy(() -> Geometry.polygon(new double[][] {{0, 0}, {1, 1}, {1, 0}, {0, 1}}))
                .hasMessageContaining("e0 and e2");
        assertThatThrownBy(() -> Geometry.disk(0, 0, 1).union(Geometry.sphere(0, 0, 0, 1)))
                .hasMessageContaining("same dimensions");
        assertThatThrownBy(() -> Geometry.disk(0, 0, 1).difference(Geometry.rectangle(-2, -2, 2, 2)))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> HOLED.boundary("front", 3, Sampler.GRID, 0)).hasMessageContaining("'front'");
        assertThatThrownBy(() -> HOLED.contains(new double[3])).hasMessageContaining("3 coordinates");
        assertThatThrownBy(() -> HOLED.interior(0, Sampler.GRID, 0)).hasMessageContaining("at least 1 point");
        assertThatThrownBy(() -> Geometry.sphere(0, 0, 0, 1).mesh(0.1)).hasMessageContaining("gmsh");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.datasets.format.GmshFile;
import org.sparkjno.datasets.geometry.Geometry;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.expression.Axis;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Noise;

class RegionTest {
    @Test
    void shapesAreCombined() {
        Geometry plate = Geometry.rectangle(0, 0, 2, 1)
                .difference(Geometry.disk(1, 0.5, 0.2).tagged("hole"));
        Domain domain = Domain.of(plate).points(200).boundaryPoints(40);
        Points inside = domain.interior().cloud().draw(1);
        for (int i = 0; i < inside.count(); i++) {
            assertThat(Math.hypot(inside.point(i)[0] - 1, inside.point(i)[1] - 0.5))
                    .isGreaterThanOrEqualTo(0.2);
        }
        assertThat(inside.measure()).isCloseTo(2 - Math.PI * 0.04, within(1e-9));
        Points hole = domain.boundary("hole").cloud().draw(1);
        // Normals point out of the plate, so into the hole.
        double outward = hole.normal(0)[0] * (hole.point(0)[0] - 1) + hole.normal(0)[1] * (hole.point(0)[1] - 0.5);
        assertThat(outward).isCloseTo(-0.2, within(1e-9));
        assertThatThrownBy(() -> domain.boundary("inlet"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("hole");
    }

    @Test
    void regionsAreChosenByProperties() {
        Domain square = Domain.rectangle(0, 0, 1, 1).meshSize(0.25);
        Region inflow = square.boundary().where("inflow", p -> p[0] < 1e-9 && p[1] > 0.4);
        assertThat(PointValues.of(inflow.get("y"))).containsExactlyInAnyOrder(0.5, 0.75, 1);
        assertThat(inflow.axis()).isEqualTo(new Axis(Axis.Kind.POINTS, "boundary inflow"));
        Expression u = inflow.restrict(square.interior("x").plus(square.interior("y")));
        assertThat(PointValues.of(u)).hasSize(3);
        assertThatThrownBy(() ->
                        square.interior().where("none", p -> p[0] > 7).cloud().draw(0))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("None of the 9 points");
        Region late = square.time(0, 1, 5).interior().where("late", p -> p[2] > 0.6);
        assertThat(PointValues.of(late.get("t"))).hasSize(18).containsOnly(0.75, 1);
    }

    @Test
    void meshesComeFromFiles() throws IOException {
        String file = """
                $MeshFormat
                2.2 0 8
                $EndMeshFormat
                $PhysicalNames
                1
                1 7 "inlet"
                $EndPhysicalNames
                $Nodes
                5
                1 0 0 0
                2 1 0 0
                3 1 1 0
                4 0 1 0
                5 0.5 0.5 0
                $EndNodes
                $Elements
                5
                1 1 2 7 1 4 1
                2 2 2 0 1 1 2 5
                3 2 2 0 1 2 3 5
                4 2 2 0 1 3 4 5
                5 2 2 0 1 4 1 5
                $EndElements
                """;
        Domain domain =
                Domain.of(GmshFile.read("square.msh", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8))));
        assertThat(PointValues.of(domain.interior("x"))).containsExactly(0.5);
        assertThat(PointValues.of(domain.boundary("inlet").normal("x"))).containsExactly(-1, -1);
        Region all = domain.all();
        assertThat(PointValues.of(all.integral(all.get("x").times(0).plus(1)))[0])
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void noiseLiesAlongItsAxes() {
        Domain square = Domain.rectangle(0, 0, 1, 1).points(9).samples(4);
        assertThat(square.interior().noise(Noise.GAUSSIAN, "a").space().axes()).hasSize(1);
        assertThat(square.noise(Noise.LAPLACE, "b", square.interior()).space().axes())
                .hasSize(2);
        assertThatThrownBy(() -> Domain.interval(0, 1).noise(Noise.UNIFORM, "c"))
                .hasMessageContaining("samples(count)");
    }

    @Test
    void geometriesDifferFromSampleToSample() {
        Family family = Family.of(
                Domain.disk(0, 0, 1).meshSize(0.2).all(),
                Domain.rectangle(0, 0, 2, 1).meshSize(0.25).all());
        Expression x = family.get("x");
        Expression y = family.get("y");
        Expression u = x.square().times(y).plus(y.square());
        double[] areas = PointValues.of(family.integral(x.times(0).plus(1)));
        assertThat(areas[0]).isCloseTo(Math.PI, within(0.05));
        assertThat(areas[1]).isCloseTo(2, within(1e-12));
        double[] error = PointValues.of(
                family.mean(u.laplacian(x, y).minus(y.times(2)).minus(2).square()));
        assertThat(error).hasSize(2);
        assertThat(Math.max(error[0], error[1])).isLessThan(1e-20);
        double[] means = PointValues.of(family.mean(x));
        assertThat(means[1]).isCloseTo(1, within(1e-12));
        Region elsewhere = Domain.disk(3, 0, 1).meshSize(0.5).interior();
        assertThat(elsewhere.restrict(u).space().axes()).containsExactly(elsewhere.axis());
        assertThatThrownBy(() -> family.field("f", new double[][] {{1}, {2}})).hasMessageContaining("row 0");
        assertThatThrownBy(() -> Family.of(List.of("x"), List.of(Points.cloud(new double[][] {{1, 2}}))))
                .hasMessageContaining("2 coordinates");
    }

    private static PdeSample sample(long seed, int points) {
        double[] f = new double[points];
        Arrays.setAll(f, i -> seed + i);
        return new PdeSample(
                seed,
                RegularGrid.unit(1, points),
                List.of(new Field("f", new int[] {points}, f)),
                Map.of("k", 0.5 * seed));
    }

    @Test
    void samplesOfEquationsAreInstancesOfProblems() {
        Recorded recorded = Recorded.of(List.of(sample(3, 4), sample(5, 4)));
        Expression product = recorded.field("f").times(recorded.parameter("k"));
        assertThat(PointValues.of(product)).containsExactly(4.5, 6, 7.5, 9, 12.5, 15, 17.5, 20);
        assertThat(PointValues.of(recorded.domain().interior("x"))).hasSize(4);
        assertThatThrownBy(() -> recorded.parameter("nu")).hasMessageContaining("[k]");
        assertThatThrownBy(() -> Recorded.of(List.of(sample(1, 4), sample(2, 5))))
                .hasMessageContaining("another grid");
    }
}

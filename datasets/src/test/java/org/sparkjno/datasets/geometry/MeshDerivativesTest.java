// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.datasets.mesh.Gradient;
import org.sparkjno.datasets.mesh.Hessian;
import org.sparkjno.datasets.mesh.Laplacian;
import org.sparkjno.datasets.mesh.Mesh;

/** Difference operators on real meshes: what they are exact for, and how fast their errors fall. */
class MeshDerivativesTest {
    private static final Geometry HOLED = Geometry.rectangle(0, 0, 2, 1).difference(Geometry.disk(1, 0.5, 0.3));

    static Stream<Mesh> meshes() {
        return Stream.of(
                Geometry.interval(0, 2).mesh(0.2),
                Geometry.disk(0, 0, 1).mesh(0.2),
                HOLED.mesh(0.2),
                Geometry.rectangle(0, 0, 2, 1).mesh(0.2),
                Geometry.box(0, 0, 0, 1, 1, 1).mesh(0.25));
    }

    @ParameterizedTest
    @MethodSource("meshes")
    void quadraticsAreDifferentiatedExactly(Mesh mesh) {
        int last = mesh.dimensions() - 1;
        ToDoubleFunction<double[]> f = p -> 1 + 2 * p[0] + p[0] * p[last] + 3 * p[last] * p[last];
        int[] all = IntStream.range(0, mesh.vertexCount()).toArray();
        double mixed = last == 0 ? 8 : 1;
        assertThat(error(mesh, Hessian.leastSquares(mesh).get(0).get(last), f, p -> mixed, all))
                .isLessThan(1e-10);
        double laplacian = last == 0 ? 8 : 6;
        assertThat(error(mesh, Laplacian.leastSquares(mesh), f, p -> laplacian, all))
                .isLessThan(1e-10);
        ToDoubleFunction<double[]> slope = p -> last == 0 ? 2 + 8 * p[0] : 2 + p[last];
        assertThat(error(mesh, Gradient.leastSquares(mesh).get(0), f, slope, all))
                .isLessThan(1e-10);
        assertThat(error(mesh, Gradient.areaWeighted(mesh).get(last), p -> 5 * p[last], p -> 5, all))
                .isLessThan(1e-12);
        ToDoubleFunction<double[]> bowl = p -> IntStream.rangeClosed(0, last)
                .mapToDouble(axis -> p[axis] * p[axis] - p[axis])
                .sum();
        assertThat(error(mesh, Laplacian.cotangent(mesh), bowl, p -> 2 * (last + 1), all))
                .isLessThan(1e-10);
    }

    @Test
    void gradientsAreOfSecondOrder() {
        for (Geometry region : List.of(HOLED, Geometry.disk(0, 0, 1))) {
            assertThat(order(
                            region,
                            mesh -> Gradient.areaWeighted(mesh).get(0),
                            MeshDerivativesTest::slope,
                            Mesh::interiorIndices))
                    .isGreaterThan(1.9);
            assertThat(order(
                            region,
                            mesh -> Gradient.leastSquares(mesh).get(0),
                            MeshDerivativesTest::slope,
                            Mesh::interiorIndices))
                    .isGreaterThan(1.9);
            assertThat(order(
                            region,
                            mesh -> Gradient.leastSquares(mesh).get(0),
                            MeshDerivativesTest::slope,
                            Mesh::boundaryIndices))
                    .isGreaterThan(1.6);
        }
        assertThat(error(HOLED.mesh(0.05), Gradient::areaWeighted)).isLessThan(0.01);
    }

    private static double error(Mesh mesh, Function<Mesh, List<CsrMatrix>> gradient) {
        return error(
                mesh,
                gradient.apply(mesh).get(0),
                MeshDerivativesTest::wave,
                MeshDerivativesTest::slope,
                mesh.interiorIndices());
    }

    @Test
    void laplaciansConverge() {
        for (Geometry region : List.of(HOLED, Geometry.disk(0, 0, 1))) {
            assertThat(order(region, Laplacian::leastSquares, MeshDerivativesTest::curvature, Mesh::interiorIndices))
                    .isGreaterThan(1.5);
            assertThat(order(region, Laplacian::leastSquares, MeshDerivativesTest::curvature, Mesh::boundaryIndices))
                    .isGreaterThan(0.9);
            assertThat(order(region, Laplacian::cotangent, MeshDerivativesTest::curvature, Mesh::interiorIndices))
                    .isGreaterThan(0.6);
        }
        Mesh mesh = HOLED.mesh(0.05);
        assertThat(error(
                        mesh,
                        Laplacian.cotangent(mesh),
                        MeshDerivativesTest::wave,
                        MeshDerivativesTest::curvature,
                        mesh.interiorIndices()))
                .isLessThan(0.02);
        assertThat(error(
                        mesh,
                        Laplacian.leastSquares(mesh),
                        MeshDerivativesTest::wave,
                        MeshDerivativesTest::curvature,
                        mesh.interiorIndices()))
                .isLessThan(0.005);
    }

    private static double wave(double[] p) {
        return Math.sin(2 * p[0] + 0.3) * Math.cos(3 * p[1]);
    }

    private static double slope(double[] p) {
        return 2 * Math.cos(2 * p[0] + 0.3) * Math.cos(3 * p[1]);
    }

    private static double curvature(double[] p) {
        return -13 * wave(p);
    }

    private static double order(
            Geometry region,
            Function<Mesh, CsrMatrix> operator,
            ToDoubleFunction<double[]> exact,
            Function<Mesh, int[]> where) {
        Mesh coarse = region.mesh(0.1);
        Mesh fine = region.mesh(0.05);
        return Math.log(error(coarse, operator.apply(coarse), MeshDerivativesTest::wave, exact, where.apply(coarse))
                        / error(fine, operator.apply(fine), MeshDerivativesTest::wave, exact, where.apply(fine)))
                / Math.log(2);
    }

    /** The relative error in the mean square over some nodes. */
    private static double error(
            Mesh mesh,
            CsrMatrix operator,
            ToDoubleFunction<double[]> f,
            ToDoubleFunction<double[]> exact,
            int[] nodes) {
        double[] values = new double[mesh.vertexCount()];
        double[] found = new double[mesh.vertexCount()];
        for (int node = 0; node < values.length; node++) {
            values[node] = f.applyAsDouble(mesh.vertex(node));
        }
        operator.multiply(values, found);
        double error = 0;
        double size = 0;
        for (int node : nodes) {
            double truth = exact.applyAsDouble(mesh.vertex(node));
            error += (found[node] - truth) * (found[node] - truth);
            size += truth * truth;
        }
        return Math.sqrt(error / size);
    }

    @Test
    void constantsHaveNoDerivatives() {
        Mesh mesh = HOLED.mesh(0.1);
        double[] ones = new double[mesh.vertexCount()];
        Arrays.fill(ones, 1);
        double[] found = new double[ones.length];
        Laplacian.cotangent(mesh).multiply(ones, found);
        assertThat(Arrays.stream(found).map(Math::abs).max().orElseThrow()).isCloseTo(0, within(1e-9));
    }
}

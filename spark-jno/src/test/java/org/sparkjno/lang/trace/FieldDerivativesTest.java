// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkjno.datasets.geometry.Geometry;
import org.sparkjno.datasets.mesh.Mesh;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;

/** Derivatives of values at points against those of the functions that gave the values. */
class FieldDerivativesTest {
    private static final double TURN = 2 * Math.PI;

    private static double largest(Expression expression) {
        double largest = 0;
        for (double value : PointValues.of(expression)) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Relative error in the mean square. */
    private static double error(Expression computed, Expression exact) {
        double[] a = PointValues.of(computed);
        double[] b = PointValues.of(exact);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(difference / norm);
    }

    private static Expression wave(Region r) {
        return r.get("x").times(TURN).sin().times(r.get("y").times(TURN).cos());
    }

    @Test
    void spectralDerivativesOfPeriodicFieldsAreExact() {
        Region r =
                Domain.periodicGrid(new double[2], new double[] {1, 1}, 17, 17).interior();
        Expression x = r.get("x");
        Expression y = r.get("y");
        Expression u = wave(r);
        assertThat(largest(u.d(x).by(Scheme.SPECTRAL).minus(u.d(x)))).isLessThan(1e-11);
        assertThat(largest(u.laplacian(x, y).by(Scheme.SPECTRAL).minus(u.laplacian(x, y))))
                .isLessThan(1e-9);
        assertThat(largest(u.d(x, y).by(Scheme.SPECTRAL).minus(u.d(x, y)))).isLessThan(1e-10);
        assertThat(error(u.d(x).by(Scheme.FINITE_DIFFERENCES), u.d(x))).isBetween(0.01, 0.05);
    }

    @Test
    void cosineDerivativesOfFieldsWithoutSlopeAreExact() {
        Region r = Domain.grid(new double[2], new double[] {1, 1}, 17, 13).interior();
        Expression x = r.get("x");
        Expression y = r.get("y");
        Expression u = x.times(TURN).cos().times(y.times(Math.PI).cos());
        assertThat(largest(u.laplacian(x, y).by(Scheme.COSINE).minus(u.laplacian(x, y))))
                .isLessThan(1e-9);
        assertThat(largest(u.d(y).by(Scheme.COSINE).minus(u.d(y)))).isLessThan(1e-11);
    }

    @Test
    void schemesMixCoordinateByCoordinate() {
        RegularGrid grid =
                new RegularGrid(List.of(new RegularGrid.Axis(16, 0, 1, true), new RegularGrid.Axis(65, 0, 1, false)));
        Region r = Domain.of(grid).interior();
        Expression x = r.get("x");
        Expression y = r.get("y");
        Expression u = x.times(TURN).sin().times(y.times(2).exp());
        Expression mixed = u.d(x, x).by(Scheme.SPECTRAL).plus(u.d(y, y).by(Scheme.FINITE_DIFFERENCES));
        Expression differences = u.laplacian(x, y).by(Scheme.FINITE_DIFFERENCES);
        assertThat(error(mixed, u.laplacian(x, y))).isLessThan(1e-3);
        assertThat(error(differences, u.laplacian(x, y))).isBetween(1e-3, 0.1);
        Expression nested = u.d(x).by(Scheme.SPECTRAL).d(y).by(Scheme.FINITE_DIFFERENCES);
        assertThat(error(nested, u.d(x, y))).isLessThan(1e-3);
    }

    @Test
    void differencesOnFineGridsAreThoseOnCoarseOnes() {
        // 65 points are differentiated by shifted values, 64 by a matrix; both must have order 2.
        for (boolean periodic : new boolean[] {false, true}) {
            for (int order = 1; order <= 3; order++) {
                double coarse = differenceError(33, periodic, order);
                double fine = differenceError(65, periodic, order);
                double finest = differenceError(129, periodic, order);
                assertThat(Math.log(coarse / fine) / Math.log(2))
                        .as("order of %s", order)
                        .isBetween(1.4, 2.5);
                assertThat(Math.log(fine / finest) / Math.log(2))
                        .as("order of %s", order)
                        .isBetween(1.4, 2.5);
            }
        }
    }

    private static double differenceError(int n, boolean periodic, int order) {
        double[] lower = {0};
        double[] upper = {1};
        Region r = (periodic ? Domain.periodicGrid(lower, upper, n - 1) : Domain.grid(lower, upper, n)).interior();
        Expression x = r.get("x");
        Expression u = x.times(TURN).sin();
        Expression[] times = IntStream.range(0, order).mapToObj(i -> x).toArray(Expression[]::new);
        return error(u.d(times).by(Scheme.FINITE_DIFFERENCES), u.d(times));
    }

    private static Expression smooth(Region r) {
        return r.get("x").times(2).sin().times(r.get("y").times(1.5).cos());
    }

    private static double meshError(double h, Scheme scheme, boolean laplacian) {
        Region r = Domain.disk(0.5, 0.5, 0.5).meshSize(h).all();
        Expression x = r.get("x");
        Expression y = r.get("y");
        Expression u = smooth(r);
        return laplacian
                ? error(u.laplacian(x, y).by(scheme), u.laplacian(x, y))
                : Math.max(error(u.d(x).by(scheme), u.d(x)), error(u.d(y).by(scheme), u.d(y)));
    }

    @Test
    void gradientsOnMeshesConverge() {
        double coarse = meshError(0.1, Scheme.FINITE_DIFFERENCES, false);
        double fine = meshError(0.05, Scheme.FINITE_DIFFERENCES, false);
        assertThat(fine).isLessThan(0.015);
        assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(1.5);
        double weighted = meshError(0.05, Scheme.LINEAR_ELEMENTS, false);
        assertThat(weighted).isLessThan(0.025);
    }

    @Test
    void laplaciansOnMeshesConverge() {
        for (Scheme scheme : new Scheme[] {Scheme.FINITE_DIFFERENCES, Scheme.LINEAR_ELEMENTS}) {
            double coarse = meshError(0.1, scheme, true);
            double fine = meshError(0.05, scheme, true);
            assertThat(fine).isLessThan(0.1);
            assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(0.6);
        }
    }

    @Test
    void meshesInSpaceHaveDerivatives() {
        Region r = Domain.cylinder(0, 0, 0, 1, 1).meshSize(0.2).all();
        Expression[] c = {r.get("x"), r.get("y"), r.get("z")};
        Expression u = smooth(r).times(c[2].exp());
        for (Scheme scheme : new Scheme[] {Scheme.FINITE_DIFFERENCES, Scheme.LINEAR_ELEMENTS}) {
            // Means over cells are of first order on the boundary, which has many of the nodes of a small solid.
            double bar = scheme == Scheme.LINEAR_ELEMENTS ? 0.15 : 0.07;
            for (Expression one : c) {
                assertThat(error(u.d(one).by(scheme), u.d(one))).as("%s", one).isLessThan(bar);
            }
            assertThat(error(u.laplacian(c).by(scheme), u.laplacian(c))).isLessThan(0.15);
        }
        assertThat(error(u.d(c[0], c[2]).by(Scheme.FINITE_DIFFERENCES), u.d(c[0], c[2])))
                .isLessThan(0.3);
    }

    @Test
    void leastSquaresAreExactForQuadratics() {
        Region r = Domain.polygon(new double[] {0, 0}, new double[] {1, 0.2}, new double[] {0.4, 1})
                .meshSize(0.15)
                .all();
        Expression x = r.get("x");
        Expression y = r.get("y");
        Expression u = x.square().plus(x.times(y).times(3)).minus(y).plus(2);
        assertThat(largest(u.d(x, y).by(Scheme.FINITE_DIFFERENCES).minus(3))).isLessThan(1e-9);
        assertThat(largest(
                        u.d(x).by(Scheme.FINITE_DIFFERENCES).minus(x.times(2)).minus(y.times(3))))
                .isLessThan(1e-10);
        Expression square = x.square().plus(y.square());
        assertThat(largest(square.laplacian(x, y).by(Scheme.LINEAR_ELEMENTS).minus(4)))
                .isLessThan(1e-9);
    }

    @Test
    void fieldsOnMeshesInTimeHaveDerivativesInBoth() {
        Mesh disk = Geometry.disk(0, 0, 1).mesh(0.3);
        Region r = Domain.of(disk).time(0, 1, 5).samples(2).all();
        Expression x = r.get("x");
        Expression t = r.get("t");
        Points points = r.cloud().draw(0);
        double[] first = values(points, p -> p[0] * p[0] * p[2] + p[2]);
        Domain d = Domain.of(disk).time(0, 1, 5).samples(2);
        double[] both = IntStream.range(0, 2 * first.length)
                .mapToDouble(i -> first[i % first.length] * (i < first.length ? 1 : -3))
                .toArray();
        Expression u = d.field("u", r, both);
        double[] mixed = PointValues.of(u.d(x, x, t).by(Scheme.FINITE_DIFFERENCES));
        double[] residual = PointValues.of(u.d(t).minus(u.d(x, x).times(2)).by(Scheme.FINITE_DIFFERENCES));
        for (int i = 0; i < mixed.length; i++) {
            double factor = i < first.length ? 1 : -3;
            double[] p = points.point(i % first.length);
            assertThat(mixed[i]).isEqualTo(2 * factor, within(1e-9));
            assertThat(residual[i]).isEqualTo(factor * (p[0] * p[0] + 1 - 4 * p[2]), within(1e-9));
        }
    }

    private static double[] values(Points points, ToDoubleFunction<double[]> function) {
        return IntStream.range(0, points.count())
                .mapToDouble(i -> function.applyAsDouble(points.point(i)))
                .toArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.sparkjno.datasets.mesh.Points;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;

class RandomFieldTest {
    private static final int SAMPLES = 4000;
    private static final Points LINE = Points.cloud(new double[][] {{0}, {0.05}, {0.1}, {0.2}, {0.4}});

    /** The largest error of the covariance with the first point, as a part of the variance. */
    private static double error(RandomField field, Points points, DoubleUnaryOperator covariance) {
        int n = points.count();
        double[] values = field.at("f", points).draw(SAMPLES * n, 7);
        double largest = 0;
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                sum += values[sample * n] * values[sample * n + j];
            }
            double exact = covariance.applyAsDouble(Math.abs(points.point(j)[0] - points.point(0)[0]));
            largest = Math.max(largest, Math.abs(sum / SAMPLES - exact));
        }
        return largest / covariance.applyAsDouble(0);
    }

    @Test
    void covariancesAreThoseAskedFor() {
        double l = 0.1;
        double[] errors = {
            error(RandomField.squaredExponential(l), LINE, r -> Math.exp(-r * r / (2 * l * l))),
            error(RandomField.matern(0.5, l).deviation(3), LINE, r -> 9 * Math.exp(-r / l)),
            error(RandomField.matern(1.5, l), LINE, r -> (1 + Math.sqrt(3) * r / l) * Math.exp(-Math.sqrt(3) * r / l)),
            error(RandomField.squaredExponential(l).periodic(20, 4), LINE, r -> Math.exp(-r * r / (2 * l * l))),
            error(
                    RandomField.matern(2.5, l).periodic(60, 4),
                    LINE,
                    r -> (1 + Math.sqrt(5) * r / l + 5 * r * r / (3 * l * l)) * Math.exp(-Math.sqrt(5) * r / l)),
        };
        assertThat(Arrays.stream(errors).max().orElseThrow()).isLessThan(0.06);
    }

    @Test
    void fieldsOfABoxArePeriodic() {
        Domain torus =
                Domain.periodicGrid(new double[2], new double[] {1, 2}, 24, 32).samples(3);
        Region r = torus.interior();
        Numbers numbers = RandomField.squaredExponential(0.2).periodic(6, 1, 2).at("f", r);
        Expression f = torus.field("f", r, numbers, Shape.SCALAR);
        Expression x = r.get("x");
        Expression y = r.get("y");
        assertThat(PointValues.of(f.laplacian(x, y).by(Scheme.SPECTRAL))).hasSize(3 * 24 * 32);
        Numbers open = RandomField.squaredExponential(0.2).at("g", r);
        Expression g = torus.field("g", r, open, Shape.SCALAR);
        assertThatThrownBy(() -> PointValues.of(g.d(x).by(Scheme.SPECTRAL)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("not periodic in x");
    }

    @Test
    void namesAndSamplesTellFieldsApart() {
        RandomField field = RandomField.matern(1.5, 0.3);
        double[] a = field.at("a", LINE).draw(10, 0);
        assertThat(field.at("a", LINE).draw(10, 0)).isEqualTo(a);
        assertThat(field.at("b", LINE).draw(10, 0)).isNotEqualTo(a);
        assertThat(a[0]).isNotEqualTo(a[5]);
        assertThatThrownBy(() -> RandomField.matern(0.7, 1)).hasMessageContaining("multiple of 1/2");
        assertThatThrownBy(() -> field.at("f", Domain.disk(0, 0, 1).points(9).interior()))
                .hasMessageContaining("random; use a grid");
    }
}

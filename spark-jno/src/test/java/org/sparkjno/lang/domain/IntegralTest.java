// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;

class IntegralTest {
    private static double single(Expression expression) {
        double[] values = PointValues.of(expression);
        assertThat(values).hasSize(1);
        return values[0];
    }

    private static double largest(Expression expression) {
        return Arrays.stream(PointValues.of(expression)).map(Math::abs).max().orElseThrow();
    }

    @Test
    void gaussianNodesOfRectanglesAndBoxesAreExactForPolynomials() {
        Region plane = Domain.rectangle(0, -1, 2, 1).quadrature(2, "x", "y");
        Expression x = plane.get("x");
        Expression y = plane.get("y");
        // ∫x² from 0 to 2 is 8/3, ∫y² from −1 to 1 is 2/3.
        assertThat(single(plane.integral(x.square().times(y.square())))).isCloseTo(16 / 9.0, within(1e-12));
        Region space = Domain.box(0, 0, 0, 1, 2, 3).quadrature(3, "a", "b", "c");
        Expression product =
                space.get("a").power(4).times(space.get("b").power(3)).times(space.get("c"));
        assertThat(single(space.integral(product))).isCloseTo(0.2 * 4 * 4.5, within(1e-12));
        assertThatThrownBy(() -> Domain.disk(0, 0, 1).quadrature(3, "x", "y"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("interior()");
    }

    @Test
    void kernelsAreIntegratedBesideOtherPointsInThePlane() {
        Domain square = Domain.rectangle(0, 0, 1, 1);
        Region points = Domain.grid(new double[2], new double[] {1, 1}, 4, 3).interior();
        Region nodes = square.quadrature(6, "s", "r");
        Expression x = points.get("x");
        Expression y = points.get("y");
        Expression kernel = x.times(nodes.get("s")).plus(y.times(nodes.get("r")));
        // ∫∫ (x·s + y·r)·s·r ds dr = x/6 + y/6, with u(s, r) = s·r.
        Expression u = x.times(y);
        Expression there = u.at(Map.of(x, nodes.get("s"), y, nodes.get("r")));
        Expression integral = nodes.integral(kernel.times(there));
        assertThat(largest(integral.minus(x.plus(y).div(6)))).isLessThan(1e-14);
    }

    private static double[] green(double h) {
        Domain disk = Domain.disk(0, 0, 1).meshSize(h);
        Region all = disk.all();
        Expression x = all.get("x");
        Expression y = all.get("y");
        Expression u = x.times(1.3).sin().times(y.exp());
        Expression volume = u.times(u.laplacian(x, y)).plus(u.d(x).square()).plus(u.d(y).square());
        Region edge = disk.boundary();
        Expression outward = edge.restrict(u.d(x))
                .times(edge.normal("x"))
                .plus(edge.restrict(u.d(y)).times(edge.normal("y")));
        return new double[] {
            single(all.integral(volume)), single(edge.integral(edge.restrict(u).times(outward)))
        };
    }

    @Test
    void greensIdentityHoldsAndMeshesIntegrateWithOrderTwo() {
        double[] coarse = green(0.2);
        double[] fine = green(0.1);
        double[] finest = green(0.05);
        for (int i = 0; i < 2; i++) {
            double order = Math.log(Math.abs((coarse[i] - finest[i]) / (fine[i] - finest[i]))) / Math.log(2);
            assertThat(order).isGreaterThan(1.8);
        }
        assertThat(finest[0]).isCloseTo(finest[1], within(2e-3 * Math.abs(finest[0])));
    }

    @Test
    void timeIsIntegratedByTrapezoids() {
        Region line = Domain.interval(0, 1).meshSize(0.1).time(0, 2, 201).all();
        Expression x = line.get("x");
        Expression t = line.get("t");
        double whole = single(line.integral(t.exp().times(x.times(0).plus(1))));
        assertThat(whole).isCloseTo(Math.expm1(2), within(1e-4));
        Region instant = Domain.interval(0, 2).quadrature("s", 8);
        Expression inTime = instant.integral(t.times(instant.get("s")).sin());
        assertThat(largest(inTime.times(t).minus(t.times(2).cos().from(1)))).isLessThan(1e-9);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;

/** Formulas against what one writes by methods. */
class ResidualTest {
    private static final Domain DOMAIN =
            Domain.points(new double[][] {{0.3, 0.9, 0.1}, {1.2, -0.4, 2}}).coordinates("x", "y", "t");

    private final Expression x = DOMAIN.interior("x");
    private final Expression y = DOMAIN.interior("y");
    private final Expression t = DOMAIN.interior("t");
    private final Expression k = x.plus(2).named("k");
    private final Expression u = x.sin().times(y.exp()).times(t.plus(1)).named("u");
    private final Expression v = Expression.vector(u, x.times(y).square()).named("v");

    private void assertSame(String text, Expression written) {
        Expression parsed = Residual.parse(text, u, k, v);
        assertThat(parsed).hasToString(written.toString());
        assertThat(PointValues.of(parsed)).containsExactly(PointValues.of(written));
    }

    @Test
    void formulasAreWhatOneWritesByMethods() {
        assertSame("k*(u_xx + u_yy) + 1", k.times(u.d("xx").plus(u.d("yy"))).plus(1));
        assertSame("u_t = k*laplacian(u)", u.d(t).minus(k.times(u.laplacian(x, y))));
        assertSame(
                "u_t + u*u_x - 0.01*u_xx = 0",
                u.d(t).plus(u.times(u.d(x))).minus(u.d(x, x).times(0.01)));
        assertSame("d(k*u_x, x) + d(u, x, y)", k.times(u.d(x)).d(x).plus(u.d(x, y)));
        assertSame(
                "div(grad(u)) - laplacian(u, x, y)",
                u.grad(x, y).divergence(x, y).minus(u.laplacian(x, y)));
        assertSame("curl(v)", v.curl(x, y));
        assertSame("trace(jacobian(v)) - div(v)", v.jacobian(x, y).trace().minus(v.divergence(x, y)));
        assertSame("dot(v, grad(u)) + v[1]", v.dot(u.grad(x, y)).plus(v.get(1)));
        assertSame("-x^2 + 2**3/4 - 1 - 1", x.square().negate().plus(2).minus(1).minus(1));
        assertSame("1 - x/2 + 3/x", x.div(2).from(1).plus(x.into(3)));
        assertSame(
                "sin(pi*x)*exp(-y) + atan2(y, x)",
                x.times(Math.PI).sin().times(y.negate().exp()).plus(y.atan2(x)));
        assertSame("where(x <= 1, tanh(u), 0)", Expression.where(x.lessEqual(1), u.tanh(), 0));
        assertSame("clip(u, -1, 1)·2", u.clip(-1, 1).times(2));
        assertSame("x^y^2", x.power(y.square()));
    }

    @Test
    void sumsOfDerivativesAreOneOperator() {
        assertThat(Residual.parse("u_xx + u_yy", u).operands()).containsExactly(u);
    }

    @Test
    void domainsKnowTheirCoordinates() {
        Expression parsed = DOMAIN.residual("u_x - k*sin(y)", u, k);
        assertThat(PointValues.of(parsed)).containsExactly(PointValues.of(u.d(x).minus(k.times(y.sin()))));
    }

    @Test
    void coordinatesMayHaveLongNames() {
        Domain polar = Domain.points(new double[][] {{1, 2}}).coordinates("r", "theta");
        Expression w = polar.interior("r")
                .square()
                .times(polar.interior("theta").sin())
                .named("w");
        assertThat(PointValues.of(Residual.parse("w_rtheta/r + w_thetatheta", w)))
                .containsExactly(new double[] {2 * Math.cos(2) - Math.sin(2)}, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k*(w_xx + 1)      | Column 4 of 'k*(w_xx + 1)': there is no 'w', but there are k, pi, t, u, v, x, y; did you mean",
                "u_xz              | Column 1 of 'u_xz': 'u' is not differentiated by 'xz'; the coordinates are [t, x, y].",
                "1 + tanhh(x)      | Column 5 of '1 + tanhh(x)': there is no function 'tanhh'; did you mean 'tanh'?",
                "(u + 1            | Column 7 of '(u + 1': ')' is missing before the end.",
                "u + * 2           | Column 5 of 'u + * 2': a number, a name or a parenthesis is missing before '*'.",
                "2 u               | Column 3 of '2 u': the formula goes on with 'u' where an operator is missing.",
                "u $ 2             | Column 3 of 'u $ 2': '$' means nothing in a formula.",
                "u + v + (k*u)[0]  | Column 14 of 'u + v + (k*u)[0]': There is no component 0 of a scalar",
                "sin(u, k)         | Column 1 of 'sin(u, k)': sin takes 1 argument, not 2.",
                "d(u, u)           | Column 1 of 'd(u, u)': A derivative is taken by a coordinate",
                "v[x]              | Column 3 of 'v[x]': a component has a whole number, from 0.",
                "where(x, 1, 2)    | Column 1 of 'where(x, 1, 2)': 'x' is a number where a condition is needed"
            })
    void mistakesAreNamedWithTheirColumn(String text, String message) {
        assertThatThrownBy(() -> Residual.parse(text, u, k, v))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void expressionsWithoutNamesAreRefused() {
        assertThatThrownBy(() -> Residual.parse("u", x.plus(1))).hasMessageContaining("give it one by named(\"u\")");
    }
}

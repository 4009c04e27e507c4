// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.dimension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Callee;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Setting;
import org.sparkjno.lang.expression.Space;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.expression.Traced;
import org.sparkjno.lang.unit.Unit;
import org.sparkjno.nn.Parameter;
import org.sparkjno.nn.Weights;

class UnitCheckTest {
    private static final Domain DOMAIN =
            Domain.points(new double[][] {{0.02, 4}, {0.01, 1}}).coordinates("x", "t");

    private final Expression x = DOMAIN.interior("x").unit("m");
    private final Expression t = DOMAIN.interior("t").unit("s");
    private final Expression alpha = Expression.constant(1e-4).unit("m^2/s");
    private final Expression bare = Expression.of(new Term.Call(new Plane()), x, t);
    private final Expression u = bare.unit("K");

    /** The pointwise function a·b² of two arguments, in place of a network. */
    private record Plane() implements Callee {
        @Override
        public String name() {
            return "plane";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Space infer(List<Space> arguments) {
            return arguments.get(0);
        }

        @Override
        public boolean isPointwise() {
            return true;
        }

        @Override
        public Traced apply(Weights weights, List<Traced> arguments, Setting setting) {
            Value a = arguments.get(0).value();
            Value b = arguments.get(1).value();
            return arguments.get(0).with(a.square().times(b));
        }
    }

    private static Optional<String> unit(Expression expression) {
        return UnitCheck.of(List.of(expression)).unit(expression).map(Unit::toString);
    }

    private static void assertUnit(Expression expression, String expected) {
        Unit unit = UnitCheck.of(List.of(expression)).unit(expression).orElseThrow();
        assertThat(unit.isSame(Unit.parse(expected)))
                .as(unit + " against " + expected)
                .isTrue();
    }

    @Test
    void unitsFollowTheFormula() {
        assertUnit(u.d(t).minus(alpha.times(u.laplacian(x))), "K/s");
        assertUnit(x.times(x).div(t).sqrt(), "m/s^0.5");
        assertUnit(x.power(3), "m^3");
        assertUnit(x.power(0.5), "m^(1/2)");
        assertUnit(x.times(2).plus(1), "m");
        assertUnit(Expression.vector(x, x.times(3)).norm(), "m");
        assertUnit(Expression.vector(x, t).get(1), "s");
        assertUnit(x.div(x).exp(), "1");
        assertUnit(u.square().mean(), "K^2");
        assertUnit(Expression.where(x.less(0.5), u, u.times(2)), "K");
    }

    @Test
    void whatIsNotDeclaredFitsEverywhere() {
        assertThat(unit(bare.times(x))).isEmpty();
        assertUnit(bare.plus(x), "m");
        assertThat(unit(bare.exp())).contains("1");
        assertThat(unit(bare.d(x))).isEmpty();
        assertThat(unit(Expression.vector(x, t))).isEmpty();
    }

    @Test
    void misfitsAreNamedWithBothUnits() {
        assertThatThrownBy(() -> unit(u.d(t).minus(u.laplacian(x))))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("K s^-1")
                .hasMessageContaining("K m^-2")
                .hasMessageContaining("measure different things");
        assertThatThrownBy(() -> unit(u.d(x, x).plus(u.d(t, t)))).hasMessageContaining("adds derivatives in");
        assertThatThrownBy(() -> unit(x.sin()))
                .hasMessageContaining("'x' is in m, but 'sin(x)' has a meaning for a pure number");
        assertThatThrownBy(() -> unit(x.plus(Expression.constant(3).unit("km"))))
                .hasMessageContaining("multiply by 1000.0 to convert");
        assertThatThrownBy(() -> unit(x.div(t).unit("m"))).hasMessageContaining("is declared in m, but is in m s^-1");
        assertThatThrownBy(() -> unit(x.plus(DOMAIN.interior("x").unit("mm"))))
                .hasMessageContaining("declared in m and in mm");
        assertThatThrownBy(() -> unit(x.power(x.div(x)))).hasMessageContaining("varying power");
        assertThatThrownBy(() -> unit(x.less(t).indicator())).hasMessageContaining("do not fit together");
        assertThatThrownBy(() -> unit(x.atan2(t))).hasMessageContaining("do not fit together");
    }

    @Test
    void unitsChangeNoValues() {
        Expression plainX = DOMAIN.interior("x");
        assertThat(PointValues.of(x.square().d(x))).containsExactly(PointValues.of(plainX.times(2)));
        assertThat(x.name()).contains("x");
        assertThat(x.plain()).isNotSameAs(x);
    }

    @Test
    void scalesFollowFromOthers() {
        Scales scales = Scales.of("2 cm", "5 m/s", "300 K");
        assertThat(scales.in(Unit.parse("s"))).isCloseTo(0.004, within(1e-15));
        assertThat(scales.in(Unit.parse("ms"))).isCloseTo(4, within(1e-12));
        assertThat(scales.in(Unit.parse("m/s^2"))).isCloseTo(1250, within(1e-9));
        assertThat(scales.in(Unit.ONE)).isEqualTo(1);
        assertThatThrownBy(() -> scales.in(Unit.parse("kg")))
                .hasMessageContaining("No scale in kg follows from [2 cm, 5 m/s, 300 K]");
        assertThatThrownBy(() -> Scales.of("1 m", "1 m/s", "3 s"))
                .hasMessageContaining("'3 s' follows from those before it");
        assertThatThrownBy(() -> Scales.of("m")).hasMessageContaining("is no scale");
    }

    /** A model a²·b of x/L and t/T in units of U: u = U·(x/L)²·t/T, whose residual is known. */
    @Test
    void withoutUnitsModelsSeeNumbersOfOrderOne() {
        Scales scales = Scales.of("2 cm", "8 s", "300 K");
        Expression free = scales.nondimensionalise(u.d(t).minus(alpha.times(u.laplacian(x))));
        double[] values = PointValues.of(free);
        double[][] points = {{0.02, 4}, {0.01, 1}};
        for (int i = 0; i < points.length; i++) {
            double a = points[i][0] / 0.02;
            double b = points[i][1] / 8;
            double fourier = 1e-4 * 8 / (0.02 * 0.02);
            assertThat(values[i]).isCloseTo(a * a - fourier * 2 * b, within(1e-14));
        }
        assertThat(unit(free)).contains("1");
        assertThat(scales.nondimensionalise(bare)).isNotSameAs(bare);
    }
}

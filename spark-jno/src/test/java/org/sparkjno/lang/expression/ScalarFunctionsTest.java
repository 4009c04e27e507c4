// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;

/** Scalar functions against plain arithmetic, their derivatives against central differences of it. */
class ScalarFunctionsTest {
    private static final double[] ANYWHERE = {-2.3, -0.7, -0.11, 0.23, 0.9, 1.7, 3.1};
    private static final double[] INSIDE = {-0.95, -0.4, -0.01, 0.2, 0.7, 0.99};
    private static final double[] POSITIVE = {0.02, 0.4, 1.3, 2.9, 17};
    private static final double[] ABOVE_ONE = {1.01, 1.5, 4, 30};

    private static Stream<Arguments> functions() {
        return Stream.of(
                of("abs", ANYWHERE, Expression::abs, Math::abs),
                of("ceil", ANYWHERE, Expression::ceil, Math::ceil),
                of("round", ANYWHERE, Expression::round, Math::rint),
                of("square", ANYWHERE, Expression::square, x -> x * x),
                of("cbrt", ANYWHERE, Expression::cbrt, Math::cbrt),
                of("rsqrt", POSITIVE, Expression::rsqrt, x -> 1 / Math.sqrt(x)),
                of("exp2", ANYWHERE, Expression::exp2, x -> Math.pow(2, x)),
                of("expm1", ANYWHERE, Expression::expm1, Math::expm1),
                of("log2", POSITIVE, Expression::log2, x -> Math.log(x) / Math.log(2)),
                of("log10", POSITIVE, Expression::log10, Math::log10),
                of("log1p", POSITIVE, Expression::log1p, Math::log1p),
                of("tan", ANYWHERE, Expression::tan, Math::tan),
                of("asin", INSIDE, Expression::asin, Math::asin),
                of("acos", INSIDE, Expression::acos, Math::acos),
                of("atan", ANYWHERE, Expression::atan, Math::atan),
                of("sinh", ANYWHERE, Expression::sinh, Math::sinh),
                of("cosh", ANYWHERE, Expression::cosh, Math::cosh),
                of("tanh", ANYWHERE, Expression::tanh, Math::tanh),
                of(
                        "asinh",
                        ANYWHERE,
                        Expression::asinh,
                        x -> Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1))),
                of("acosh", ABOVE_ONE, Expression::acosh, x -> Math.log(x + Math.sqrt(x * x - 1))),
                of("atanh", INSIDE, Expression::atanh, x -> 0.5 * Math.log((1 + x) / (1 - x))),
                of("sigmoid", ANYWHERE, Expression::sigmoid, x -> 1 / (1 + Math.exp(-x))),
                of("softplus", ANYWHERE, Expression::softplus, x -> Math.log(1 + Math.exp(x))),
                of("relu", ANYWHERE, Expression::relu, x -> Math.max(x, 0)),
                of("silu", ANYWHERE, Expression::silu, x -> x / (1 + Math.exp(-x))),
                of("clip", ANYWHERE, x -> x.clip(-1, 1.5), x -> Math.min(Math.max(x, -1), 1.5)),
                of("mod", ANYWHERE, x -> x.mod(0.75), x -> x - 0.75 * Math.floor(x / 0.75)));
    }

    private static Arguments of(
            String name, double[] points, UnaryOperator<Expression> function, DoubleUnaryOperator expected) {
        return Arguments.of(name, points, function, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void valuesAndDerivatives(
            String name, double[] points, UnaryOperator<Expression> function, DoubleUnaryOperator expected) {
        Expression x = line(points);
        Expression y = function.apply(x);
        double[] values = PointValues.of(y);
        double[] slopes = PointValues.of(y.d(x));
        double[] curvatures = PointValues.of(y.d(x, x));
        double h = 1e-4;
        for (int i = 0; i < points.length; i++) {
            double at = points[i];
            double here = expected.applyAsDouble(at);
            double step = h * Math.max(0.1, Math.min(1, 1 - Math.abs(at)));
            double above = expected.applyAsDouble(at + step);
            double below = expected.applyAsDouble(at - step);
            assertThat(values[i]).as("%s(%s)", name, at).isCloseTo(here, within(1e-14 * (1 + Math.abs(here))));
            double slope = (above - below) / (2 * step);
            assertThat(slopes[i]).as("%s'(%s)", name, at).isCloseTo(slope, within(2e-5 * (1 + Math.abs(slope))));
            double curvature = (above - 2 * here + below) / (step * step);
            assertThat(curvatures[i])
                    .as("%s''(%s)", name, at)
                    .isCloseTo(curvature, within(1e-3 * (1 + Math.abs(curvature))));
        }
    }

    private static Stream<Arguments> functionsOfTwo() {
        return Stream.of(
                ofTwo("minimum", Expression::minimum, Math::min),
                ofTwo("maximum", Expression::maximum, Math::max),
                ofTwo("atan2", Expression::atan2, Math::atan2),
                ofTwo("mod", Expression::mod, (a, b) -> a - b * Math.floor(a / b)),
                ofTwo("less", (a, b) -> a.less(b).indicator(), (a, b) -> a < b ? 1 : 0),
                ofTwo("lessEqual", (a, b) -> a.lessEqual(b).indicator(), (a, b) -> a <= b ? 1 : 0),
                ofTwo("greater", (a, b) -> a.greater(b).indicator(), (a, b) -> a > b ? 1 : 0),
                ofTwo("greaterEqual", (a, b) -> a.greaterEqual(b).indicator(), (a, b) -> a >= b ? 1 : 0),
                ofTwo("equalTo", (a, b) -> a.equalTo(b).indicator(), (a, b) -> a == b ? 1 : 0),
                ofTwo("notEqualTo", (a, b) -> a.notEqualTo(b).indicator(), (a, b) -> a != b ? 1 : 0),
                ofTwo(
                        "connectives",
                        (a, b) -> a.less(0).and(b.less(0)).or(a.less(b).not()).indicator(),
                        (a, b) -> a < 0 && b < 0 || !(a < b) ? 1 : 0),
                ofTwo(
                        "where",
                        (a, b) -> Expression.where(a.less(b), a.times(2), b.square()),
                        (a, b) -> a < b ? 2 * a : b * b));
    }

    private static Arguments ofTwo(String name, BinaryOperator<Expression> function, DoubleBinaryOperator expected) {
        return Arguments.of(name, function, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functionsOfTwo")
    void valuesAndDerivativesOfTwo(String name, BinaryOperator<Expression> function, DoubleBinaryOperator expected) {
        double[][] points = {{-1.3, 0.4}, {0.6, 0.7}, {0.8, -0.3}, {-0.2, -1.1}, {2.5, 1.9}};
        Domain domain = Domain.points(points);
        Expression x = domain.interior("x");
        Expression y = domain.interior("y");
        Expression z = function.apply(x, y);
        double[] values = PointValues.of(z);
        double[] slopes = PointValues.of(z.d(y));
        double h = 1e-6;
        for (int i = 0; i < points.length; i++) {
            double a = points[i][0];
            double b = points[i][1];
            assertThat(values[i]).as("%s at %d", name, i).isCloseTo(expected.applyAsDouble(a, b), within(1e-14));
            double slope = (expected.applyAsDouble(a, b + h) - expected.applyAsDouble(a, b - h)) / (2 * h);
            assertThat(slopes[i]).as("slope of %s at %d", name, i).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void halvesAreRoundedToEvenNumbers() {
        double[] points = {-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999999999999994};
        assertThat(PointValues.of(line(points).round())).containsExactly(-2, -2, 0, 0, 2, 2, 0);
    }

    @Test
    void farArgumentsNeitherOverflowNorCancel() {
        double[] points = {-800, -1e-9, 1e-9, 800};
        Expression x = line(points);
        assertThat(PointValues.of(x.sigmoid())).containsExactly(new double[] {0, 0.5, 0.5, 1}, within(1e-9));
        assertThat(PointValues.of(x.softplus())[3]).isEqualTo(800);
        assertThat(PointValues.of(x.sinh())[2]).isEqualTo(1e-9);
        assertThat(PointValues.of(x.atanh())[2]).isEqualTo(1e-9);
        assertThat(PointValues.of(x.abs().plus(1).acosh())[1]).isCloseTo(4.47213614e-5, within(1e-13));
        assertThat(PointValues.of(x.gelu())[0]).isCloseTo(0, within(1e-15));
    }

    @Test
    void conditionsAndNumbersAreKeptApart() {
        Expression x = line(1, 2);
        assertThatThrownBy(() -> x.less(1).plus(1))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("'x < 1' is a condition")
                .hasMessageContaining("where(condition, yes, no)");
        assertThatThrownBy(() -> x.less(1).mean()).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> Expression.where(x, x, x))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("'x' is a number where a condition is needed");
        assertThatThrownBy(() -> x.and(x)).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> x.clip(2, 1)).hasMessageContaining("give the lower bound first");
    }

    @Test
    void operatorsHaveTheNamesOfKotlinAndScala() {
        Expression x = line(2, 5);
        assertThat(PointValues.of(x.$plus(1).$times(2).$minus(x).$div(2))).containsExactly(2, 3.5);
        assertThat(PointValues.of(x.$times(x).$plus(x).$minus(1).$div(x).unary_$minus()))
                .containsExactly(-2.5, -5.8);
        assertThat(PointValues.of(x.rem(3))).containsExactly(2, 2);
        assertThat(PointValues.of(x.$percent(x.$plus(1)))).containsExactly(2, 5);
        assertThat(PointValues.of(Expression.where(x.$less(3).$bar$bar(x.$greater$eq(7)), x, x.unaryMinus())))
                .containsExactly(2, -5);
    }

    private static Expression line(double... points) {
        return Domain.points(
                        Arrays.stream(points).mapToObj(x -> new double[] {x}).toArray(double[][]::new))
                .interior("x");
    }
}

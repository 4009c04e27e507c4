// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrimitiveTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    /** Numbers themselves. */
    private static final Algebra<Double> NUMBERS = new Algebra<>() {
        @Override
        public Double constant(double number) {
            return number;
        }

        @Override
        public Double apply(Primitive primitive, List<Double> arguments) {
            return primitive.value(arguments.stream().mapToDouble(x -> x).toArray());
        }
    };

    @ParameterizedTest
    @CsvSource({
        "add, 2, 3, 5",
        "sub, 2, 3, -1",
        "mul, 2, 3, 6",
        "div, 3, 2, 1.5",
        "div, -1, 0, -Infinity",
        "min, 2, 3, 2",
        "min, 2, NaN, NaN",
        "max, 2, 3, 3",
        "max, NaN, 3, NaN",
        "pow, 2, 10, 1024",
        "pow, -2, 3, -8",
        "pow, -2, 0.5, NaN",
        "pow, NaN, 0, 1",
        "pow, 1, NaN, 1",
        "pow, -1, Infinity, 1",
        "pow, 0, -3, Infinity",
        "pow, -0.0, -3, Infinity",
        "pow, -Infinity, 3, -Infinity",
        "lt, 2, 3, 1",
        "lt, 3, 3, 0",
        "lt, NaN, 3, 0",
        "le, 3, 3, 1",
        "le, NaN, 3, 0",
        "atan2, 0, 0, 0",
        "atan2, -0.0, -1, 3.141592653589793",
        "atan2, -2, 0, -1.5707963267948966",
        "atan2, Infinity, -Infinity, 2.356194490192345",
        "atan2, 1, NaN, NaN",
        "eq, 3, 3, 1",
        "eq, NaN, NaN, 0",
        "ne, NaN, NaN, 1",
        "and, 1, 0, 0",
        "and, 1, 1, 1",
        "or, 1, 0, 1",
        "or, 0, 0, 0"
    })
    void valuesOfTwoArguments(String name, double a, double b, double expected) {
        assertClose(Primitive.named(name).value(a, b), expected, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "neg, 2, -2",
        "abs, -2, 2",
        "sign, -2, -1",
        "sign, 0, 0",
        "sign, NaN, NaN",
        "sqrt, 9, 3",
        "sqrt, -1, NaN",
        "rsqrt, 4, 0.5",
        "rsqrt, 0, Infinity",
        "exp, 1, 2.718281828459045",
        "exp, -Infinity, 0",
        "expm1, 1e-20, 1e-20",
        "log, 0, -Infinity",
        "log, -1, NaN",
        "log1p, 1e-20, 1e-20",
        "log1p, -1, -Infinity",
        "sin, 0, 0",
        "sin, 1e15, 0.8582727931702359",
        "sin, -Infinity, NaN",
        "cos, 0, 1",
        "cos, Infinity, NaN",
        "tanh, Infinity, 1",
        "tanh, 0.5493061443340548, 0.5",
        "asin, 1, 1.5707963267948966",
        "asin, 1.1, NaN",
        "acos, -1, 3.141592653589793",
        "acos, 0.25, 1.318116071652818",
        "atan, -Infinity, -1.5707963267948966",
        "asinh, -1e-9, -1e-9",
        "asinh, 0.75, 0.6931471805599453",
        "asinh, 1e300, 691.4686750787736",
        "asinh, -Infinity, -Infinity",
        "erf, Infinity, 1",
        "erf, -6, -1",
        "erf, NaN, NaN",
        "floor, -1.5, -2",
        "not, 1, 0",
        "not, 0, 1"
    })
    void valuesOfOneArgument(String name, double x, double expected) {
        assertClose(Primitive.named(name).value(x), expected, 1);
    }

    @Test
    void selectTakesTheBranchOfItsCondition() {
        assertThat(Primitive.SELECT.value(1, 2, NAN)).isEqualTo(2);
        assertThat(Primitive.SELECT.value(0, NAN, 3)).isEqualTo(3);
    }

    /** The Maclaurin series in fifty digits. */
    @Test
    void erfIsTheIntegralOfTheGaussian() {
        MathContext digits = new MathContext(50);
        BigDecimal scale = new BigDecimal("1.1283791670955125738961589031215451716881012586580");
        for (double x = -6.3; x < 6.3; x += 0.0371) {
            BigDecimal square = new BigDecimal(x).pow(2);
            BigDecimal power = new BigDecimal(x);
            BigDecimal sum = BigDecimal.ZERO;
            for (int n = 0; n < 160; n++) {
                sum = sum.add(power.divide(BigDecimal.valueOf(2 * n + 1), digits));
                power = power.multiply(square).divide(BigDecimal.valueOf(-(n + 1)), digits);
            }
            double expected = sum.multiply(scale).doubleValue();
            assertClose(Primitive.ERF.value(x), expected, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void partialsAgreeWithCentralDifferences(Primitive primitive) {
        double[][] points = {{0.3, 0.7, -0.4}, {1.9, 0.6, 2.2}, {0.8, 1.7, 0.1}, {2.5, 2.4, -3}};
        for (double[] point : points) {
            for (int i = 0; i < primitive.arity(); i++) {
                double[] x = Arrays.copyOf(point, primitive.arity());
                if (primitive == Primitive.ASIN || primitive == Primitive.ACOS) {
                    x[0] /= 3;
                }
                double at = x[i];
                double partial = partial(primitive, i, x).orElse(0.0);
                double step = 1e-5;
                x[i] = at + step;
                double above = primitive.value(x);
                x[i] = at - step;
                double difference = (above - primitive.value(x)) / (2 * step);
                assertThat(partial)
                        .as("%s by argument %d at %s", primitive, i, List.of(point[0], point[1]))
                        .isEqualTo(difference, within(1e-8 * (1 + Math.abs(difference))));
            }
        }
    }

    @Test
    void partialsAtKinksFollowTheConventions() {
        assertThat(partial(Primitive.ABS, 0, 0)).hasValue(0.0);
        assertThat(partial(Primitive.MIN, 0, 2, 2)).hasValue(0.5);
        assertThat(partial(Primitive.MAX, 1, 2, 2)).hasValue(0.5);
        assertThat(partial(Primitive.MAX, 1, 2, 3)).hasValue(1.0);
        assertThat(partial(Primitive.MIN, 1, 2, 3)).hasValue(0.0);
        assertThat(partial(Primitive.POW, 0, 0, 0)).hasValue(0.0);
        assertThat(partial(Primitive.POW, 1, 0, 2)).hasValue(0.0);
        assertThat(partial(Primitive.SELECT, 2, 1, 5, 6)).hasValue(0.0);
        assertThat(partial(Primitive.SQRT, 0, 0)).hasValue(INF);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGN", "FLOOR", "LT", "LE", "EQ", "NE", "AND", "OR", "NOT"})
    void stepsHaveNoPartials(Primitive primitive) {
        assertThat(partial(primitive, 0, new double[primitive.arity()])).isEmpty();
    }

    @Test
    void misuseIsNamed() {
        assertThatThrownBy(() -> Primitive.named("tan"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tan");
        assertThatThrownBy(() -> Primitive.ADD.value(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add takes 2 arguments, not 1");
        assertThatThrownBy(() -> partial(Primitive.EXP, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void definitionsHoldWhatIsUsedAndNoMore() {
        assertThat(MathLibrary.definitions(Set.of(Primitive.ADD, Primitive.SELECT), Precision.SINGLE))
                .isEmpty();
        assertThat(MathLibrary.definitions(Set.of(Primitive.TANH), Precision.SINGLE))
                .contains("float jno_tanhf(")
                .doesNotContain("jno_tanh(", "jno_logf(");
        assertThat(Primitive.TANH.c(Precision.SINGLE, List.of("x"))).isEqualTo("jno_tanhf(x)");
        assertThat(Primitive.NEG.c(Precision.DOUBLE, List.of("-1"))).isEqualTo("(-(-1))");
    }

    private static void assertClose(double actual, double expected, double units) {
        if (Double.isFinite(expected)) {
            assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(units * Math.ulp(expected));
        } else {
            assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(expected));
        }
    }

    private static Optional<Double> partial(Primitive primitive, int argument, double... x) {
        List<Double> arguments = Arrays.stream(x).boxed().toList();
        return primitive.partial(argument, NUMBERS, arguments, primitive.value(x));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sparkjno.lang.PointValues;
import org.sparkjno.lang.domain.Domain;

/** Aggregates and losses against plain arithmetic. */
class AggregatesTest {
    private static final Offset<Double> ROUNDING = within(1e-14);
    private static final double[] R = {-1.5, 0.3, -0.2, 2.5, 0.7};
    private static final double[] DATA = {-1, 0.5, 0.1, 2, 1};

    private final Expression r;
    private final Expression data;

    AggregatesTest() {
        double[][] points = new double[R.length][];
        Arrays.setAll(points, i -> new double[] {R[i], DATA[i]});
        Domain domain = Domain.points(points);
        this.r = domain.interior("x");
        this.data = domain.interior("y");
    }

    @Test
    void aggregatesOfAllValues() {
        double mean = mean(x -> x);
        assertIs(r.mean(), mean);
        assertIs(r.sum(), mean * R.length);
        assertIs(r.prod(), -1.5 * 0.3 * -0.2 * 2.5 * 0.7);
        assertIs(r.variance(), mean(x -> (x - mean) * (x - mean)));
        assertIs(r.std(), Math.sqrt(mean(x -> (x - mean) * (x - mean))));
        assertIs(r.median(), 0.3);
        assertIs(Expression.where(r.less(2), r, 0.4).square().median(), 0.16);
        assertIs(Expression.vector(1, 4, 2, 8).median(), 3);
        assertIs(r.max(), 2.5);
        assertIs(Expression.vector(r, data).min(), -1.5);
        assertIs(Expression.vector(r, data).prod(), 0.1575 * -0.1);
    }

    @Test
    void aggregatesAlongNamedAxesKeepTheComponents() {
        Expression vector = Expression.vector(r, r.times(2));
        assertThat(PointValues.of(vector.mean(r))).containsExactly(new double[] {0.36, 0.72}, ROUNDING);
        assertThat(PointValues.of(vector.std(r).get(1).minus(r.std(r).times(2))))
                .containsExactly(new double[1], ROUNDING);
        assertThat(PointValues.of(vector.prod(r))).containsExactly(new double[] {0.1575, 0.1575 * 32}, within(1e-13));
        assertThatThrownBy(() -> r.mean().mean(r)).hasMessageContaining("nothing to aggregate along interior");
    }

    @Test
    void lossesOfResiduals() {
        assertIs(r.meanSquare(), mean(x -> x * x));
        assertIs(r.rootMeanSquare(), Math.sqrt(mean(x -> x * x)));
        assertIs(r.meanAbsolute(), mean(Math::abs));
        assertIs(r.maxAbsolute(), 2.5);
        DoubleUnaryOperator huber = x -> Math.abs(x) <= 1 ? x * x / 2 : Math.abs(x) - 0.5;
        assertIs(r.huber(1), mean(huber));
        assertIs(r.smoothL1(0.5), mean(x -> Math.abs(x) < 0.5 ? x * x : Math.abs(x) - 0.25));
        assertIs(r.logCosh(), mean(x -> Math.log(Math.cosh(x))));
        assertIs(r.cauchy(2), mean(x -> 2 * Math.log(1 + x * x / 4)));
        assertIs(r.quantile(0.9), mean(x -> x > 0 ? 0.9 * x : -0.1 * x));
        assertIs(r.powerMean(3), Math.cbrt(mean(x -> Math.pow(Math.abs(x), 3))));
        assertIs(r.logBarrier(3, 0.1), mean(x -> -0.1 * Math.log(3 - x)));
        assertThatThrownBy(() -> r.quantile(1)).hasMessageContaining("between 0 and 1");
    }

    @Test
    void lossesAgainstReferences() {
        double squares = 0;
        double sizes = 0;
        double relative = 0;
        double product = 0;
        for (int i = 0; i < R.length; i++) {
            squares += (R[i] - DATA[i]) * (R[i] - DATA[i]);
            sizes += Math.abs(R[i] - DATA[i]);
            relative += Math.abs(R[i] / DATA[i] - 1) / R.length;
            product += R[i] * DATA[i];
        }
        double length = Arrays.stream(DATA).map(x -> x * x).sum();
        assertIs(r.relativeL2(data), Math.sqrt(squares / length));
        assertIs(r.normalisedMeanSquare(data), squares / length);
        assertIs(r.relativeL1(data), sizes / Arrays.stream(DATA).map(Math::abs).sum());
        assertIs(r.meanAbsoluteRelative(data), relative);
        assertIs(r.cosineSimilarity(data), product / Math.sqrt(length * mean(x -> x * x) * R.length));
        assertIs(r.cosineSimilarity(r.times(3)), 1);
    }

    private static double mean(DoubleUnaryOperator of) {
        return Arrays.stream(R).map(of).average().orElseThrow();
    }

    private static void assertIs(Expression expression, double expected) {
        assertThat(PointValues.of(expression)).containsExactly(new double[] {expected}, ROUNDING);
    }
}

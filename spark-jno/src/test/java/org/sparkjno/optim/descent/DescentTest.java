// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.optim.descent.DescentState.Status;

class DescentTest {
    static Stream<LineSearchMethod> methods() {
        return Stream.of(
                Lbfgs.of(),
                Lbfgs.of().history(10),
                Lbfgs.of().scaled(SelfScaling.BFGS),
                Lbfgs.of().history(10).scaled(SelfScaling.BROYDEN),
                SelfScaledBroyden.of(SelfScaling.NONE),
                SelfScaledBroyden.of(SelfScaling.BFGS),
                SelfScaledBroyden.of());
    }

    private static DescentState run(LineSearchMethod method, double[] start, Objective objective, int steps) {
        DescentState state = method.begin(start);
        for (int i = 0; i < steps && !state.finished(); i++) {
            double before = state.value();
            state = method.step(state, objective);
            // Monotone but for rounding.
            assertThat(state.value())
                    .isLessThanOrEqualTo((Double.isNaN(before) ? state.value() : before)
                            * (1 + method.search().noise()));
        }
        return state;
    }

    /** The chained function of H. H. Rosenbrock, 1960, with its minimum 0 at (1, …, 1). */
    private static double rosenbrock(double[] x, double[] gradient) {
        double sum = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * a * a + b * b;
            gradient[i] += -400 * a * x[i] - 2 * b;
            gradient[i + 1] += 200 * a;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void findTheMinimumOfRosenbrocksFunction(LineSearchMethod method) {
        DescentState two = run(method, new double[] {-1.2, 1}, DescentTest::rosenbrock, 100);
        assertThat(two.status()).isEqualTo(Status.SMALL_GRADIENT);
        assertThat(two.parameters()).containsExactly(new double[] {1, 1}, within(1e-11));
        assertThat(two.evaluations()).isLessThan(60);
        double[] start = new double[20];
        for (int i = 0; i < start.length; i++) {
            start[i] = i % 2 == 0 ? -1.2 : 1;
        }
        DescentState many = run(method, start, DescentTest::rosenbrock, 400);
        assertThat(many.value()).isLessThan(1e-20);
    }

    /** ½Σ λᵢ(xᵢ − 1)² with a condition of 1e6. */
    @ParameterizedTest
    @MethodSource("methods")
    void solveAnIllConditionedQuadratic(LineSearchMethod method) {
        int n = 30;
        DescentState state = run(method, new double[n], (x, g) -> quadratic(n, x, g), 20_000);
        assertThat(state.status()).isEqualTo(Status.SMALL_GRADIENT);
        for (double element : state.parameters()) {
            assertThat(element).isEqualTo(1, within(1e-8));
        }
    }

    private static double quadratic(int n, double[] x, double[] g) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double weight = StrictMath.pow(1e6, (double) i / (n - 1)) * 1e-3;
            g[i] = weight * (x[i] - 1);
            sum += 0.5 * g[i] * (x[i] - 1);
        }
        return sum;
    }

    /** Logistic regression with a penalty: strictly convex, so all methods end at the same point. */
    @ParameterizedTest
    @MethodSource("methods")
    void agreeOnALogisticRegression(LineSearchMethod method) {
        DescentState state = run(method, new double[5], DescentTest::logistic, 200);
        DescentState other = run(Lbfgs.of(), new double[5], DescentTest::logistic, 200);
        assertThat(state.status()).isIn(Status.SMALL_GRADIENT, Status.NO_DESCENT);
        assertThat(Vectors.largest(state.gradient())).isLessThan(1e-11);
        assertThat(state.parameters()).containsExactly(other.parameters(), within(1e-9));
    }

    private static double logistic(double[] x, double[] g) {
        RandomStream stream = RandomStream.named(1, "logistic");
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            g[i] = 0.01 * x[i];
            sum += 0.005 * x[i] * x[i];
        }
        for (int k = 0; k < 40; k++) {
            double[] row = new double[5];
            double score = 0;
            for (int i = 0; i < 5; i++) {
                row[i] = stream.gaussian(5L * k + i);
                score += row[i] * x[i];
            }
            double sign = row[0] + 0.5 * row[1] + 0.8 * stream.gaussian(1000 + k) > 0 ? 1 : -1;
            sum += Math.log1p(Math.exp(-sign * score)) / 40;
            double slope = -sign / (1 + Math.exp(sign * score)) / 40;
            Vectors.add(g, slope, row);
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void goOnFromTheirArraysToTheBit(LineSearchMethod method) {
        double[] start = {-1.2, 1, -0.5, 2, 0.3, 1};
        DescentState whole = method.begin(start);
        for (int i = 0; i < 13; i++) {
            whole = method.step(whole, DescentTest::rosenbrock);
        }
        Map<String, double[]> saved = new HashMap<>();
        whole.arrays().forEach((name, array) -> saved.put(name, array.clone()));
        DescentState resumed = method.resume(saved);
        for (int i = 0; i < 9; i++) {
            whole = method.step(whole, DescentTest::rosenbrock);
            resumed = method.step(resumed, DescentTest::rosenbrock);
        }
        assertThat(resumed.parameters()).containsExactly(whole.parameters());
        assertThat(resumed.value()).isEqualTo(whole.value());
        assertThat(resumed.evaluations()).isEqualTo(whole.evaluations());
        assertThat(resumed.arrays().keySet()).isEqualTo(whole.arrays().keySet());
    }

    /** The loss is infinite beyond x = 1, close to its minimum 0.9. */
    @ParameterizedTest
    @MethodSource("methods")
    void comeBackFromWhereThereIsNoLoss(LineSearchMethod method) {
        Objective barrier = (x, g) -> {
            g[0] = -0.1 / x[0] - 0.9 / x[0] + 0.1 / (1 - x[0]);
            return -Math.log(x[0]) - 0.1 * Math.log(1 - x[0]);
        };
        DescentState state = run(method, new double[] {0.01}, barrier, 50);
        assertThat(state.parameters()[0]).isEqualTo(10.0 / 11, within(1e-9));
    }

    @Test
    void endsWithASentenceWhereTheGradientIsWrong() {
        Objective wrong = (x, g) -> {
            g[0] = -1;
            return x[0] * x[0];
        };
        DescentState state = run(Lbfgs.of(), new double[] {0}, wrong, 5);
        assertThat(state.status()).isEqualTo(Status.NO_DESCENT);
        assertThat(state.message())
                .contains("no step along the negative gradient")
                .contains("double precision");
        assertThat(Lbfgs.of().step(state, wrong)).isSameAs(state);
    }

    /** A loss rounded to single precision, and said to be: the descent comes about as far as that allows, and ends. */
    @Test
    void endsWhereRoundingHidesTheDescent() {
        Lbfgs method = new Lbfgs(10, SelfScaling.NONE, StrongWolfe.of(DType.F32), Stopping.late());
        Objective rounded = (x, g) -> (float) (1 + quadratic(5, x, g));
        DescentState state = run(method, new double[5], rounded, 500);
        assertThat(state.finished()).isTrue();
        assertThat(state.value()).isEqualTo(1, within(1e-5));
        assertThat(method.warning(DType.F32))
                .hasValueSatisfying(text -> assertThat(text).contains("f64"));
        assertThat(method.warning(DType.F64)).isEmpty();
    }

    @Test
    void convergesWhereTheLossSettles() {
        Lbfgs method = new Lbfgs(10, SelfScaling.NONE, StrongWolfe.of(DType.F64), new Stopping(0, 1e-6));
        DescentState state = run(method, new double[] {-1.2, 1}, (x, g) -> 1 + rosenbrock(x, g), 100);
        assertThat(state.status()).isEqualTo(Status.SETTLED);
        assertThat(state.message()).startsWith("Converged");
    }

    /** With all steps remembered the pairs say what the matrix says. */
    @ParameterizedTest
    @EnumSource(SelfScaling.class)
    void pairsMakeTheDirectionsOfTheMatrix(SelfScaling scaling) {
        int n = 12;
        RandomStream stream = RandomStream.named(3, "pairs");
        // A change like its step keeps the identity, where a matrix begins, and pairs take such a scale from the oldest
        // of them, or without scaling from the newest.
        double[] even = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        Curvature pairs = new PairCurvature(20, scaling, List.of()).after(even, even, 1);
        Curvature matrix = new DenseCurvature(scaling, new double[0]).after(even, even, 1);
        double[] gradient = new double[n];
        for (int k = 0; k < 8; k++) {
            for (int i = 0; i < n; i++) {
                gradient[i] = stream.gaussian((long) n * k + i);
            }
            double[] step = matrix.direction(gradient);
            double[] change = step.clone();
            for (int i = 0; i < n && k < 7; i++) {
                change[i] *= 0.2 + 0.7 * i;
            }
            double metric = -Vectors.dot(step, gradient);
            pairs = pairs.after(step, change, metric);
            matrix = matrix.after(step, change, metric);
        }
        assertThat(pairs.direction(gradient)).containsExactly(matrix.direction(gradient), within(1e-10));
    }

    @Test
    void aMatrixIsContinuedOnce() {
        SelfScaledBroyden method = SelfScaledBroyden.of();
        DescentState first = method.step(method.begin(new double[] {-1.2, 1}), DescentTest::rosenbrock);
        DescentState second = method.step(first, DescentTest::rosenbrock);
        assertThat(second.iterations()).isEqualTo(2);
        assertThatThrownBy(() -> method.step(first, DescentTest::rosenbrock)).hasMessageContaining("continued before");
    }

    @Test
    void refuseWhatCannotBe() {
        assertThatThrownBy(() -> SelfScaledBroyden.of().begin(new double[20_001]))
                .hasMessageContaining("L-BFGS");
        assertThatThrownBy(() -> Lbfgs.of().history(0)).hasMessageContaining("history of 0");
        assertThatThrownBy(() -> new StrongWolfe(0.9, 0.1, 0, 20)).hasMessageContaining("decrease 0.9");
        assertThatThrownBy(() -> Lbfgs.of().step(Lbfgs.of().begin(new double[1]), (x, g) -> Double.NaN))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Lbfgs.of().resume(Map.of("parameters", new double[1])))
                .hasMessageContaining("'steps'");
    }
}

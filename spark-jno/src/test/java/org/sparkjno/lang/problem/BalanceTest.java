// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sparkjno.lang.balance.Balance;
import org.sparkjno.lang.balance.Causal;
import org.sparkjno.lang.balance.Dwa;
import org.sparkjno.lang.balance.GradientNorm;
import org.sparkjno.lang.balance.LogVariances;
import org.sparkjno.lang.balance.NeuralTangent;
import org.sparkjno.lang.balance.RandomWeights;
import org.sparkjno.lang.balance.ReLoBRaLo;
import org.sparkjno.lang.balance.SoftAdapt;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

class BalanceTest {
    static final List<Balance> ALL = List.of(
            ReLoBRaLo.of(),
            new ReLoBRaLo(0.9, 0.5, 0.5),
            SoftAdapt.of(),
            Dwa.of(),
            LogVariances.of(),
            new RandomWeights(),
            GradientNorm.every(3),
            NeuralTangent.every(3));

    private static double[] factors(History history, int step) {
        return new double[] {history.factor("pde")[step], history.factor("ends")[step]};
    }

    private static History train(Balance balance, int steps) throws Exception {
        return Tiny.train(Tiny.problem(Tiny.NET).balance(balance), Training.steps(steps), 1)
                .get(0)
                .history();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void isTheSameOnTwoTasks(Balance balance) throws Exception {
        Problem problem = Tiny.problem(Tiny.NET).balance(balance);
        History one = Tiny.train(problem, Training.steps(12), 1).get(0).history();
        History two = Tiny.train(problem, Training.steps(12), 2).get(1).history();
        for (int i = 0; i < 12; i++) {
            assertThat(two.total()[i]).isCloseTo(one.total()[i], within(1e-6 * one.total()[i]));
            assertThat(factors(two, i)).containsExactly(factors(one, i), within(1e-6));
            double sum = one.factor("pde")[i] * one.loss("pde")[i] + 10 * one.factor("ends")[i] * one.loss("ends")[i];
            assertThat(one.total()[i]).isCloseTo(sum, within(1e-9 * sum));
        }
    }

    private static double[] softmax(double... exponents) {
        double a = Math.exp(exponents[0] - exponents[1]);
        return new double[] {2 * a / (a + 1), 2 / (a + 1)};
    }

    @Test
    void softAdaptFollowsRatios() throws Exception {
        History history = train(SoftAdapt.of(), 6);
        assertThat(factors(history, 0)).containsExactly(new double[] {1, 1}, within(1e-12));
        double[] pde = history.loss("pde");
        double[] ends = history.loss("ends");
        assertThat(factors(history, 4))
                .containsExactly(softmax(pde[4] / pde[3] / 0.1, ends[4] / ends[3] / 0.1), within(1e-9));
    }

    @Test
    void averageFollowsTheTwoStepsBefore() throws Exception {
        History history = train(Dwa.of(), 6);
        assertThat(factors(history, 1)).containsExactly(new double[] {1, 1}, within(1e-12));
        double[] pde = history.loss("pde");
        double[] ends = history.loss("ends");
        for (int t = 2; t < 6; t++) {
            assertThat(factors(history, t))
                    .containsExactly(softmax(pde[t - 1] / pde[t - 2] / 2, ends[t - 1] / ends[t - 2] / 2), within(1e-9));
        }
    }

    @Test
    void relativeLossesLookBack() throws Exception {
        History history = train(new ReLoBRaLo(0.9, 0.5, 1), 5);
        double[] pde = history.loss("pde");
        double[] ends = history.loss("ends");
        double[] expected = {1, 1};
        for (int t = 0; t < 5; t++) {
            if (t > 0) {
                double[] local = softmax(pde[t] / pde[t - 1] / 0.5, ends[t] / ends[t - 1] / 0.5);
                expected = new double[] {0.9 * expected[0] + 0.1 * local[0], 0.9 * expected[1] + 0.1 * local[1]};
            }
            assertThat(factors(history, t)).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void variancesAreLearnt() throws Exception {
        History history = train(LogVariances.of(), 3);
        assertThat(factors(history, 0)).containsExactly(new double[] {0.5, 0.5}, within(1e-12));
        // The first step of Adam has the length of the rate: down where w·L is above 1, up where it is below.
        double up = 0.5 * Math.exp(-0.01);
        double down = 0.5 * Math.exp(0.01);
        assertThat(factors(history, 1))
                .containsExactly(
                        new double[] {history.loss("pde")[0] > 2 ? up : down, history.loss("ends")[0] > 2 ? up : down},
                        within(1e-7));
    }

    @Test
    void gradientsAreBroughtToOneLength() {
        // Losses a·x² of one number have gradients of ratio a, and tangent kernels of ratio a.
        Model number = Models.coefficient("x", 1).optimizer(Optimisers.adam(1e-3));
        Expression x = number.at();
        Problem problem = Problem.minimize("one", x.meanSquare())
                .and("nine", 1, x.times(3).meanSquare());
        for (Balance balance : List.of(GradientNorm.every(2), NeuralTangent.every(2))) {
            History history =
                    problem.balance(balance).train(Training.steps(3).inDouble()).history();
            double ratio = history.factor("one")[0] / history.factor("nine")[0];
            double sum = history.factor("one")[2] + history.factor("nine")[2];
            assertThat(sum).isCloseTo(2, within(1e-12));
            assertThat(history.factor("one")[1]).isEqualTo(history.factor("one")[0]);
            if (balance instanceof GradientNorm) {
                assertThat(ratio).isCloseTo(9, within(1e-9));
            } else {
                assertThat(ratio).isPositive();
            }
        }
    }

    @Test
    void tracesOfTangentKernelsAreEstimated() {
        // The mean over many looks at kernels of known traces: J = 1 and J = 3 at each of the points.
        Model number = Models.coefficient("x", 1).optimizer(Optimisers.adam(1e-12));
        Expression at = number.at().plus(Tiny.X.times(0));
        Problem problem = Problem.minimize("one", at.meanSquare())
                .and("nine", 1, at.times(3).meanSquare())
                .balance(new NeuralTangent(1, 0));
        History history = problem.train(Training.steps(4000).inDouble()).history();
        double logarithms = 0;
        for (int i = 0; i < 4000; i++) {
            logarithms += Math.log(history.factor("one")[i] / history.factor("nine")[i]) / 4000;
        }
        assertThat(Math.exp(logarithms)).isCloseTo(9, within(0.9));
        assertThatThrownBy(() -> Problem.minimize("odd", at.abs().mean())
                        .balance(NeuralTangent.every(1))
                        .train(Training.steps(1).seed(1)))
                .hasMessageContaining("no mean of squares");
    }

    @Test
    void causalWeightsWaitForEarlierBins() {
        Model number = Models.coefficient("x", 2).optimizer(Optimisers.adam(1e-3));
        Expression residual = number.at().plus(Tiny.X.times(0));
        int bins = 4;
        Problem problem = Problem.minimize("causal", Causal.meanSquare(residual, Tiny.X, bins, 0.1))
                .track("last", 1, Causal.lastWeight(residual, Tiny.X, bins, 0.1));
        Run run = problem.train(Training.steps(1).inDouble());
        // Every bin has the mean square 4.
        double expected = 0;
        for (int k = 0; k < bins; k++) {
            expected += Math.exp(-0.1 * 4 * k) * 4 / bins;
        }
        assertThat(run.history().total()[0]).isCloseTo(expected, within(1e-9));
        assertThat(run.history().tracked("last").get(0)).isCloseTo(Math.exp(-0.1 * 4 * 3), within(1e-9));
    }

    @Test
    void causalWeightsAreTheSameOnTwoTasks() throws Exception {
        Expression loss = Causal.meanSquare(Tiny.residual(Tiny.NET), Tiny.X, 5, 0.01);
        Problem problem = Problem.minimize("causal", loss);
        double[] one =
                Tiny.train(problem, Training.steps(6), 1).get(0).history().total();
        double[] two =
                Tiny.train(problem, Training.steps(6), 2).get(1).history().total();
        assertThat(two).containsExactly(one, within(1e-8));
    }
}

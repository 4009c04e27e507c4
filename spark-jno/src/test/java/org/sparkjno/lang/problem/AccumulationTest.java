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
import org.sparkjno.lang.balance.Fixed;
import org.sparkjno.lang.balance.GradientNorm;
import org.sparkjno.lang.balance.LogVariances;
import org.sparkjno.lang.balance.NeuralTangent;
import org.sparkjno.lang.balance.RandomWeights;
import org.sparkjno.lang.balance.ReLoBRaLo;
import org.sparkjno.lang.balance.SoftAdapt;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

class AccumulationTest {
    static final List<Balance> BALANCES = List.of(
            new Fixed(),
            new ReLoBRaLo(0.9, 0.5, 0.5),
            SoftAdapt.of(),
            LogVariances.of(),
            new RandomWeights(),
            GradientNorm.every(3));

    private static void same(Problem problem, Training parts, Training whole, int tasks) throws Exception {
        Tiny.Outcome first = Tiny.train(problem, parts, tasks).get(0);
        Tiny.Outcome second = Tiny.train(problem, whole, 1).get(0);
        assertThat(first.history().steps()).isEqualTo(second.history().steps());
        for (int step = 0; step < second.history().steps(); step++) {
            double loss = second.history().total()[step];
            assertThat(first.history().total()[step]).isCloseTo(loss, within(1e-12 * loss));
        }
        assertThat(first.history().rates()).isEqualTo(second.history().rates());
        assertThat(first.all()).containsExactly(second.all(), within(1e-11));
    }

    @ParameterizedTest
    @FieldSource("BALANCES")
    void batchesOfPointsAddUpToALargeOne(Balance balance) throws Exception {
        Model net = Tiny.NET.optimizer(Optimisers.adam(Optimisers.cosine(3e-3, 7)));
        same(
                Tiny.problem(net).balance(balance),
                Training.steps(7).points(4).accumulate(3),
                Training.steps(7).points(12),
                1);
    }

    @Test
    void allPointsAreDividedWhereTheyComeInNoBatches() throws Exception {
        Problem problem = Tiny.problem(Tiny.NET);
        same(problem, Training.steps(5).accumulate(4), Training.steps(5), 1);
        // The four points of the boundary do not divide by 8, and are in each part.
        same(problem, Training.steps(5).accumulate(8), Training.steps(5), 1);
        same(problem, Training.steps(5).accumulate(3), Training.steps(5), 2);
        same(problem.balance(GradientNorm.every(2)), Training.steps(5).accumulate(3), Training.steps(5), 2);
    }

    @Test
    void lineSearchesSeeTheSameLoss() throws Exception {
        Problem problem = Tiny.problem(Tiny.NET.optimizer(Optimisers.lbfgs()));
        Tiny.Outcome parts =
                Tiny.train(problem, Training.steps(10).accumulate(4), 1).get(0);
        Tiny.Outcome whole = Tiny.train(problem, Training.steps(10), 1).get(0);
        assertThat(parts.history().last())
                .isCloseTo(whole.history().last(), within(1e-8 * whole.history().last()));
    }

    @Test
    void batchesOfSamplesAddUp() throws Exception {
        Domain d = Domain.interval(0, 1).points(6).samples(12);
        Model net = Models.deepONet(1, 1, 6, 4).optimizer(Optimisers.adam(3e-3));
        Problem problem = Problem.minimize(
                net.at(d.parameter("k", 0.5, 1.5), d.interior("x")).minus(1).meanSquare());
        same(
                problem,
                Training.steps(5).batch(2).accumulate(3),
                Training.steps(5).batch(6),
                1);
        same(
                problem,
                Training.steps(5).batch(2).points(2).accumulate(2),
                Training.steps(5).batch(4).points(2),
                2);
        same(problem, Training.steps(5).accumulate(4), Training.steps(5), 1);
    }

    @Test
    void turnsAndTrackersCountSteps() throws Exception {
        Model number = Models.coefficient("number", 1).optimizer(Optimisers.adam(1e-2));
        Problem problem = Tiny.problem(Tiny.NET)
                .and(
                        "pull",
                        1,
                        number.at().minus(Tiny.solution(Tiny.NET)).square().mean())
                .alternate(Turn.of(2, Tiny.NET), Turn.of(1, number))
                .track("number", 3, number.at());
        same(
                problem,
                Training.steps(9).points(4).accumulate(2),
                Training.steps(9).points(8),
                1);
        assertThat(problem.train(Training.steps(9).points(4).accumulate(2))
                        .history()
                        .tracked("number"))
                .containsOnlyKeys(0, 3, 6, 9);
    }

    @Test
    void reportsSpeakOfParts() {
        String report =
                Tiny.problem(Tiny.NET).explain(Training.steps(1).points(4).accumulate(3));
        assertThat(report)
                .contains("of 3 such parts", "compiled part of a step, one of 3", "compiled end of a step")
                .contains("interior 0…4 of 4");
    }

    @Test
    void tangentTracesAreMeansOverParts() {
        Run run = Tiny.problem(Tiny.NET)
                .balance(NeuralTangent.every(2))
                .train(Training.steps(6).points(4).accumulate(3));
        assertThat(run.history().factor("pde")[5]).isPositive();
    }

    @Test
    void partsThatWouldBeTheSameAreRefused() {
        Problem problem = Tiny.problem(Tiny.NET);
        assertThatThrownBy(() -> problem.train(Training.steps(1).points(24).accumulate(2)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("not as many batches");
        assertThatThrownBy(() -> problem.train(Training.steps(1).accumulate(7)))
                .hasMessageContaining("nothing divides into as many");
        assertThatThrownBy(() -> Training.steps(1).accumulate(0)).hasMessageContaining("got 0 parts");
    }
}

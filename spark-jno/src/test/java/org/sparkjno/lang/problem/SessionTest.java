// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.optim.AdaptiveRate;

class SessionTest {
    private static void sameOnTwoTasks(Problem problem, Training training) throws Exception {
        Tiny.Outcome one = Tiny.train(problem, training, 1).get(0);
        List<Tiny.Outcome> two = Tiny.train(problem, training, 2);
        assertThat(two.get(0).history().total()).isEqualTo(two.get(1).history().total());
        assertThat(two.get(0).all()).isEqualTo(two.get(1).all());
        assertThat(two.get(0).history().total()).hasSameSizeAs(one.history().total());
        for (int i = 0; i < one.history().steps(); i++) {
            double loss = one.history().total()[i];
            assertThat(two.get(0).history().total()[i]).isCloseTo(loss, within(1e-7 * loss));
        }
    }

    @Test
    void trackersLookEverySoOftenAtAllPoints() {
        Expression error = Tiny.solution(Tiny.NET).minus(Tiny.EXACT).abs().max();
        Problem problem = Tiny.problem(Tiny.NET)
                .track("error", 10, error)
                .track("ends", 7, Tiny.ends(Tiny.NET).sum());
        Run run = problem.train(Training.steps(30).points(8).inDouble());
        assertThat(run.history().tracked("error")).containsOnlyKeys(0, 10, 20, 30);
        assertThat(run.history().tracked("ends")).containsOnlyKeys(0, 7, 14, 21, 28);
        assertThat(run.history().tracked("error").get(30))
                .isCloseTo(run.evaluate(error).single(), within(1e-12));
    }

    @Test
    void trackersAndLossesAreTheSameOnTwoTasks() throws Exception {
        Problem problem =
                Tiny.problem(Tiny.NET).track("mean", 5, Tiny.solution(Tiny.NET).mean());
        sameOnTwoTasks(problem, Training.steps(20).points(9));
        double one = Tiny.train(problem, Training.steps(20), 1)
                .get(0)
                .history()
                .tracked("mean")
                .get(20);
        double two = Tiny.train(problem, Training.steps(20), 2)
                .get(1)
                .history()
                .tracked("mean")
                .get(20);
        assertThat(two).isCloseTo(one, within(1e-9));
    }

    @Test
    void somebodyWatches() {
        List<String> seen = new ArrayList<>();
        Run run = Tiny.problem(Tiny.NET)
                .track("mean", 2, Tiny.solution(Tiny.NET).mean())
                .train(Training.steps(3), new StepListener() {
                    @Override
                    public void afterStep(int steps, double loss) {
                        seen.add(steps + ": " + loss);
                    }

                    @Override
                    public void afterLook(String name, int steps, double value) {
                        seen.add(name + steps);
                    }
                });
        double[] total = run.history().total();
        assertThat(seen).containsExactly("mean0", "1: " + total[0], "2: " + total[1], "mean2", "3: " + total[2]);
    }

    @Test
    void printsFromInsideTheStep() throws Exception {
        var d = Domain.interval(0, 1).points(8).samples(3);
        var x = d.interior("x");
        var k = d.parameter("k", new double[] {1, 2, 3});
        var net = Models.mlp(1, 4, 1).optimizer(Optimisers.adam(1e-2));
        var u = net.at(x).times(k);
        var printed = u.print("u", 2)
                .d(x)
                .minus(Expression.vector(k, k).print("pair", 3).get(0));
        List<String> lines = new ArrayList<>();
        StepListener listener = new StepListener() {
            @Override
            public void afterStep(int steps, double loss) {}

            @Override
            public void afterPrint(String line) {
                lines.add(line);
            }
        };
        Run run = Problem.minimize(printed.meanSquare()).track("u", 1, u.mean()).train(Training.steps(4), listener);
        double mean = run.history().tracked("u").get(1);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("step 2: u from ")
                .endsWith(String.format(Locale.ROOT, ", mean %.6g", mean));
        assertThat(lines.get(1)).isEqualTo("step 3: pair from 1.00000 to 3.00000, mean 2.00000");
        assertThat(lines.get(2)).startsWith("step 4: u from ");
        double[] silent = Problem.minimize(u.d(x).minus(k).meanSquare())
                .train(Training.steps(4))
                .history()
                .total();
        assertThat(run.history().total()).isEqualTo(silent);
        sameOnTwoTasks(Problem.minimize(printed.meanSquare()), Training.steps(2).inDouble());
    }

    @Test
    void endsWhenNothingImproves() {
        Model still = Models.mlp(1, 4, 1).optimizer(Optimisers.adam(1e-12));
        assertThat(Tiny.problem(still)
                        .train(Training.steps(100).patience(5, 0.01))
                        .history()
                        .steps())
                .isEqualTo(6);
        assertThat(Tiny.problem(Tiny.NET)
                        .train(Training.steps(40).patience(30, 0))
                        .history()
                        .steps())
                .isEqualTo(40);
    }

    @Test
    void descendsByLineSearch() throws Exception {
        Model net = Tiny.NET.optimizer(Optimisers.lbfgs());
        Problem problem = Tiny.problem(net);
        Run run = problem.train(Training.steps(150).inDouble());
        assertThat(run.history().last()).isLessThan(1e-3 * run.history().total()[0]);
        sameOnTwoTasks(problem, Training.steps(15));
        Run broyden = Tiny.problem(Tiny.NET.optimizer(Optimisers.selfScaledBroyden()))
                .train(Training.steps(150).inDouble());
        assertThat(broyden.history().last()).isLessThan(1e-3 * run.history().total()[0]);
    }

    @Test
    void phasesGoOnFromTheNumbersOfOthers() {
        Model net = Models.mlp(1, 8, 8, 1);
        Problem problem = Tiny.problem(net);
        Run adam = problem.optimizer(Optimisers.adam(3e-3)).train(Training.steps(50));
        Run descent =
                problem.optimizer(Optimisers.lbfgs()).train(Training.steps(50).inDouble(), adam);
        double reached = adam.evaluate(Tiny.residual(net).meanSquare()).single()
                + 10 * adam.evaluate(Tiny.ends(net).meanSquare()).single();
        assertThat(descent.history().total()[0]).isCloseTo(reached, within(1e-4 * reached));
        assertThat(descent.history().last()).isLessThan(0.5 * reached);
    }

    @Test
    void lineSearchesRefuseLossesThatChange() {
        Problem problem = Tiny.problem(Tiny.NET.optimizer(Optimisers.lbfgs()));
        assertThatThrownBy(() -> problem.train(Training.steps(5).points(8)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("in batches");
        Expression noise =
                Expression.of(new Term.Random(Noise.GAUSSIAN, Tiny.X.space().axes(), 0, "noise"));
        assertThatThrownBy(() -> problem.and("noisy", 1, noise.square().mean()).train(Training.steps(5)))
                .hasMessageContaining("noise");
        Model half = Tiny.NET.optimizer("*.bias", Optimisers.lbfgs());
        assertThatThrownBy(() -> Tiny.problem(half).train(Training.steps(5))).hasMessageContaining("at once");
    }

    @Test
    void ratesFollowTheLosses() throws Exception {
        AdaptiveRate slope = AdaptiveRate.LossSlope.of(1e-3);
        Problem problem = Tiny.problem(Tiny.NET.optimizer(Optimisers.adam(slope)));
        History history = problem.train(Training.steps(25).inDouble()).history();
        double[] seen = slope.begin();
        for (int i = 0; i < 25; i++) {
            assertThat(history.rates()[i]).isEqualTo(slope.rate(seen));
            seen = slope.after(seen, history.total()[i]);
        }
        assertThat(history.rates()[24]).isNotEqualTo(1e-3);
        sameOnTwoTasks(problem, Training.steps(25));
    }

    @Test
    void noiseIsFreshInEachStepAndZeroInEvaluation() throws Exception {
        Expression noise =
                Expression.of(new Term.Random(Noise.GAUSSIAN, Tiny.X.space().axes(), 0, "noise"));
        Problem problem = Tiny.problem(Models.mlp(1, 4, 1).optimizer(Optimisers.adam(1e-12)))
                .and("noisy", 1, noise.square().mean())
                .track("quiet", 1, noise.times(Tiny.X).square().mean());
        History history = Tiny.train(problem, Training.steps(4), 1).get(0).history();
        assertThat(history.loss("noisy")).doesNotHaveDuplicates();
        assertThat(history.loss("noisy")[0]).isBetween(0.1, 4.0);
        assertThat(history.tracked("quiet"))
                .containsOnlyKeys(0, 1, 2, 3, 4)
                .allSatisfy((step, one) -> assertThat(one).isZero());
        sameOnTwoTasks(problem, Training.steps(4));
    }

    @Test
    void turnsMoveTheirModelsForTheirLosses() throws Exception {
        Model first = Tiny.NET.named("first");
        Model second = Models.coefficient("second", 0.5).optimizer(Optimisers.adam(1e-2));
        Problem problem =
                Tiny.problem(first).and("pull", 1, second.at().minus(3).square());
        Problem turns = problem.alternate(
                        Turn.of(3, first).on("pde", "ends"), Turn.of(1, second).on("pull"))
                .track("second", 1, second.at());
        History history = turns.train(Training.steps(9).inDouble()).history();
        assertThat(history.tracked("second").values().stream().distinct()).hasSize(3);
        assertThat(history.tracked("second").get(3)).isEqualTo(0.5);
        assertThat(history.tracked("second").get(4)).isCloseTo(0.51, within(1e-6));
        sameOnTwoTasks(turns, Training.steps(9));
        assertThatThrownBy(() -> problem.alternate(Turn.of(1, first)).train(Training.steps(1)))
                .hasMessageContaining("No turn moves");
        assertThatThrownBy(() -> problem.alternate(Turn.of(1).on("pdf")).train(Training.steps(1)))
                .hasMessageContaining("'pdf'");
    }

    @Test
    void modelsTakeTurnsWithDifferentMethods() {
        Model first = Tiny.NET.named("first").optimizer(Optimisers.lbfgs());
        Model second = Models.coefficient("second", 0.5).optimizer(Optimisers.adam(1e-1));
        Expression pull = Tiny.solution(first).mean().minus(second.at()).square();
        History history = Tiny.problem(first)
                .and("pull", 1, pull)
                .alternate(Turn.of(20, first), Turn.of(5, second))
                .train(Training.steps(75).inDouble())
                .history();
        assertThat(history.last()).isLessThan(0.2 * history.total()[0]);
    }

    @Test
    void trackersMayLookAtFewerPointsThanThereAreTasks() throws Exception {
        Expression middle = Domain.points(new double[] {0.5}).named("probe").interior("x");
        Problem problem =
                Tiny.problem(Tiny.NET).track("middle", 4, Tiny.NET.at(middle).mean());
        double one = Tiny.train(problem, Training.steps(4), 1)
                .get(0)
                .history()
                .tracked("middle")
                .get(4);
        double two = Tiny.train(problem, Training.steps(4), 2)
                .get(0)
                .history()
                .tracked("middle")
                .get(4);
        assertThat(two).isCloseTo(one, within(1e-9));
    }
}

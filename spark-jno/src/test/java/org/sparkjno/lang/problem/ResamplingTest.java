// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.resample.R3;
import org.sparkjno.lang.resample.Rad;
import org.sparkjno.lang.resample.RarD;
import org.sparkjno.lang.resample.Resampler;
import org.sparkjno.lang.resample.Uniform;

class ResamplingTest {
    static final List<Resampler> FOLLOWING = List.of(Rad.of(), RarD.adding(6), new R3());

    @ParameterizedTest
    @FieldSource("FOLLOWING")
    void pointsFollowTheResidualAlikeOnTwoTasks(Resampler rule) throws Exception {
        Expression residual = Tiny.residual(Tiny.NET);
        Problem problem = Tiny.problem(Tiny.NET)
                .resample(Tiny.INTERIOR, 4, rule, residual)
                .track("mean", 1, Tiny.X.mean());
        History one = Tiny.train(problem, Training.steps(13), 1).get(0).history();
        List<Tiny.Outcome> two = Tiny.train(problem, Training.steps(13), 2);
        assertThat(two.get(0).all()).isEqualTo(two.get(1).all());
        double[] total = two.get(1).history().total();
        for (int i = 0; i < 13; i++) {
            assertThat(total[i]).isCloseTo(one.total()[i], within(1e-7 * one.total()[i]));
        }
        assertThat(one.tracked("mean").get(3)).isEqualTo(one.tracked("mean").get(0));
        assertThat(one.tracked("mean").get(5)).isNotEqualTo(one.tracked("mean").get(0));
        assertThat(one.tracked("mean").get(9)).isNotEqualTo(one.tracked("mean").get(5));
    }

    @Test
    void batchesOfGrowingPointsAreNotCompiledAgain() {
        Problem problem = Tiny.problem(Tiny.NET).resample(Tiny.INTERIOR, 5, RarD.adding(4), Tiny.residual(Tiny.NET));
        assertThat(problem.train(Training.steps(12).points(8)).history().steps())
                .isEqualTo(12);
    }

    @Test
    void growingPointsWithRoomAreCompiledOnce() throws Exception {
        Expression residual = Tiny.residual(Tiny.NET);
        Problem problem = Tiny.problem(Tiny.NET)
                .and("largest", 0.1, Tiny.solution(Tiny.NET).abs().max())
                .and(
                        "integral",
                        0.1,
                        Tiny.INTERIOR.integral(Tiny.solution(Tiny.NET)).square())
                .track("mean", 1, Tiny.X.mean())
                .track("least", 1, Tiny.X.min())
                .track("sum", 1, Tiny.X.sum());
        Problem recompiled = problem.resample(Tiny.INTERIOR, 3, RarD.adding(5), residual);
        Problem roomy = problem.resample(Tiny.INTERIOR, 3, RarD.adding(5).upTo(44), residual);
        Tiny.Outcome one = Tiny.train(recompiled, Training.steps(11), 1).get(0);
        for (int tasks = 1; tasks <= 2; tasks++) {
            Tiny.Outcome other = Tiny.train(roomy, Training.steps(11), tasks).get(0);
            for (int step = 0; step < 11; step++) {
                double loss = one.history().total()[step];
                assertThat(other.history().total()[step]).isCloseTo(loss, within(1e-9 * loss));
            }
            for (String name : List.of("mean", "least", "sum")) {
                one.history()
                        .tracked(name)
                        .forEach((step, value) -> assertThat(
                                        other.history().tracked(name).get(step))
                                .isCloseTo(value, within(1e-12)));
            }
        }
        Tiny.Outcome parts =
                Tiny.train(roomy, Training.steps(5).accumulate(4), 1).get(0);
        assertThat(parts.history().loss("pde")[4]).isCloseTo(one.history().loss("pde")[4], within(0.05));
        Problem full = problem.resample(Tiny.INTERIOR, 1, RarD.adding(5).upTo(26), residual);
        assertThat(full.train(Training.steps(5)).history().tracked("sum").get(5))
                .isLessThan(26.0);
        Problem narrow = problem.resample(Tiny.INTERIOR, 3, RarD.adding(5).upTo(20), residual);
        assertThatThrownBy(() -> narrow.train(Training.steps(1))).hasMessageContaining("there are 24 already");
        Problem middle = roomy.track("median", 1, Tiny.X.median());
        assertThatThrownBy(() -> middle.train(Training.steps(1))).hasMessageContaining("vacant places");
    }

    @Test
    void lineSearchesBeginAnewAtOtherPoints() {
        Problem problem =
                Tiny.problem(Tiny.NET.optimizer(Optimisers.lbfgs())).resample(Tiny.INTERIOR, 20, new Uniform(0.5));
        History history = problem.train(Training.steps(60).inDouble()).history();
        assertThat(history.last()).isLessThan(1e-2 * history.total()[0]);
    }

    @Test
    void whatCannotChangeIsRefused() {
        Domain grid = Domain.grid(new double[] {0}, new double[] {1}, 5);
        assertThatThrownBy(() -> Tiny.problem(Tiny.NET).resample(grid.interior(), 5, new Uniform(1)))
                .hasMessageContaining("are fixed");
        assertThatThrownBy(() -> Tiny.problem(Tiny.NET).resample(Tiny.INTERIOR, 5, Rad.of(), Tiny.X.mean()))
                .hasMessageContaining("one of that region");
    }
}

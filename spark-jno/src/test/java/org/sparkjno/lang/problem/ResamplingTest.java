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

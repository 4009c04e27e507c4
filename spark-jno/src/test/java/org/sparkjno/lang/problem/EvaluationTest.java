// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.feed.Batch;
import org.sparkjno.lang.feed.Portions;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

class EvaluationTest {
    private static final Domain PLANE =
            Domain.grid(new double[] {0, 0}, new double[] {2, 1}, 7, 5).samples(3);
    private static final Region POINTS = PLANE.interior();
    private static final Expression X = POINTS.get("x");
    private static final Expression Y = POINTS.get("y");
    private static final Expression K = PLANE.parameter("k", new double[] {1, 2, 3});
    private static final Model NET = Models.deepONet(1, 2, 6, 4).optimizer(Optimisers.adam(1e-3));
    private static final Expression U = NET.at(K, X, Y);
    private static final Run RUN =
            Problem.minimize(U.laplacian(X, Y).plus(K).meanSquare()).train(Training.steps(3));

    @Test
    void severalExpressionsAreComputedTogether() {
        List<Field> both = RUN.evaluate(List.of(U.named("u"), U.grad(X, Y), K, U.mean()));
        assertThat(both.get(0).name()).isEqualTo("u");
        assertThat(both.get(0).values()).containsExactly(RUN.evaluate(U).values());
        assertThat(both.get(0).shape()).isEqualTo(Shape.of(3, 35));
        assertThat(both.get(1).components()).isEqualTo(Shape.of(2));
        assertThat(both.get(1).component(1).values())
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(RUN.evaluate(U.d(Y)).values());
        assertThat(both.get(2).values()).containsExactly(1, 2, 3);
        assertThat(both.get(3).single()).isCloseTo(both.get(0).mean(), within(1e-6));
    }

    @Test
    void whatWasCompiledIsKept() {
        Evaluator evaluator =
                new Evaluator(RUN.evaluator().settings(), RUN.evaluator().numbers());
        Evaluator.Question own = new Evaluator.Question(List.of(U), List.of());
        double[] first = evaluator.evaluate(own).get(0).values();
        assertThat(evaluator
                        .evaluate(new Evaluator.Question(List.of(U), List.of()))
                        .get(0)
                        .values())
                .containsExactly(first);
        assertThat(evaluator.kept()).isEqualTo(1);
        // Its own points, and the same written anew.
        evaluator.evaluate(new Evaluator.Question(List.of(U), List.of(POINTS)));
        evaluator.evaluate(new Evaluator.Question(List.of(K.plus(1)), List.of()));
        evaluator.evaluate(new Evaluator.Question(List.of(K.plus(1)), List.of()));
        assertThat(evaluator.kept()).isEqualTo(2);
        for (int i = 0; i < 20; i++) {
            evaluator.evaluate(new Evaluator.Question(List.of(K.plus(i)), List.of()));
        }
        assertThat(evaluator.kept()).isEqualTo(16);
        assertThat(evaluator.evaluate(own).get(0).values()).containsExactly(first);
    }

    @Test
    void differentNumbersForOneVariableStayApart() {
        Expression one = U.at(Map.of(K, Expression.constant(1)));
        Expression two = U.at(Map.of(K, Expression.constant(2)));
        double[] first = RUN.evaluate(one).values();
        double[] second = RUN.evaluate(two).values();
        assertThat(first).isNotEqualTo(second);
        List<Field> both = RUN.evaluate(List.of(one, two, one.minus(two)));
        assertThat(both.get(0).values()).containsExactly(first, within(1e-6));
        assertThat(both.get(1).values()).containsExactly(second, within(1e-6));
        for (int i = 0; i < first.length; i++) {
            assertThat(both.get(2).values()[i]).isCloseTo(first[i] - second[i], within(1e-6));
        }
        assertThat(RUN.evaluate(List.of(one, one)).get(1).values()).containsExactly(first, within(1e-6));
    }

    @Test
    void largeEvaluationsAreDivided() {
        EvaluationSettings settings = new EvaluationSettings(DType.F32, 0, 1, Scheme.AUTOMATIC);
        List<Expression> asked = List.of(U, U.grad(X, Y), K.times(2), X);
        List<Field> whole = RUN.evaluate(asked);
        for (int rows : new int[] {1, 8, 40}) {
            List<Field> parts = new Evaluator(settings, RUN.evaluator().numbers(), rows)
                    .evaluate(new Evaluator.Question(asked, List.of()));
            for (int i = 0; i < asked.size(); i++) {
                assertThat(parts.get(i).shape()).isEqualTo(whole.get(i).shape());
                assertThat(parts.get(i).values())
                        .usingComparatorWithPrecision(1e-6)
                        .containsExactly(whole.get(i).values());
            }
        }
    }

    @Test
    void axesThatBelongTogetherAreNotDivided() {
        List<Expression> mean = List.of(U, U.mean(X));
        Batch batch = Portions.of(mean, Problem.sources(mean), java.util.Set.of(), axis -> 100, 50);
        assertThat(batch).isEqualTo(new Batch(1, 0, 1));
        List<Expression> field = List.of(U);
        assertThat(Portions.of(
                        field,
                        Problem.sources(field),
                        java.util.Set.of(X.space().axes().get(0)),
                        axis -> 10,
                        50))
                .isEqualTo(new Batch(5, 0, 1));
        assertThat(Portions.of(field, Problem.sources(field), java.util.Set.of(), axis -> 10, 50))
                .isEqualTo(new Batch(0, 5, 1));
        assertThat(Portions.of(field, Problem.sources(field), java.util.Set.of(), axis -> 10, 100))
                .isEqualTo(Batch.ALL);
    }

    @Test
    void parametersAreOverridden() {
        Field other = RUN.evaluate(U.at(Map.of(K, Expression.constant(2))));
        assertThat(other.axes()).containsExactlyElementsOf(X.space().axes());
        assertThat(other.values())
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(RUN.evaluate(U).sample(1).values());
    }

    @Test
    void numbersThatArePutInAreCompiledOnce() {
        Evaluator evaluator =
                new Evaluator(RUN.evaluator().settings(), RUN.evaluator().numbers());
        Expression residual = K.times(U.laplacian(X, Y)).plus(1).power(K);
        double before = Double.NaN;
        for (int i = 0; i < 5; i++) {
            Expression k = Expression.constant(0.5 + 0.25 * i);
            // Written anew each time.
            Expression asked = residual.at(Map.of(K, k)).abs().plus(3).named("residual");
            Field field = evaluator
                    .evaluate(new Evaluator.Question(List.of(asked), List.of(POINTS)))
                    .get(0);
            assertThat(evaluator.kept()).isEqualTo(1);
            assertThat(field.name()).isEqualTo("residual");
            assertThat(field.mean()).isNotEqualTo(before);
            before = field.mean();
            Expression written = U.at(Map.of(K, k))
                    .laplacian(X, Y)
                    .times(0.5 + 0.25 * i)
                    .plus(1)
                    .power(0.5 + 0.25 * i);
            double[] again = RUN.evaluate(written.abs().plus(3), POINTS).values();
            assertThat(field.values()).usingComparatorWithPrecision(1e-4).containsExactly(again);
        }
        Field plain = evaluator
                .evaluate(new Evaluator.Question(List.of(U), List.of()))
                .get(0);
        assertThat(evaluator
                        .evaluate(new Evaluator.Question(List.of(U.plus(0).minus(0)), List.of()))
                        .get(0)
                        .shape())
                .isEqualTo(plain.shape());
        assertThat(evaluator.kept()).isEqualTo(3);
    }

    @Test
    void fieldsKnowTheirPlaces() {
        Field u = RUN.evaluate(U.named("u"));
        assertThat(u.samples()).isEqualTo(3);
        assertThat(u.extent("interior")).isEqualTo(35);
        assertThat(u.coordinates()).containsExactly("x", "y");
        assertThat(u.coordinate("y")).hasSize(35).startsWith(0, 0.25, 0.5);
        Field line = u.sample(2).slice("y", 0.6);
        assertThat(line.shape()).isEqualTo(Shape.of(7));
        assertThat(line.coordinate("x"))
                .containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 4 / 3.0, 5 / 3.0, 2}, within(1e-12));
        assertThat(line.coordinate("y")).containsOnly(0.5);
        assertThat(line.values()[1]).isEqualTo(u.values()[2 * 35 + 5 + 2]);
        assertThat(u.slice("x", 1).shape()).isEqualTo(Shape.of(3, 5));
        assertThat(u.maxNorm()).isEqualTo(Math.max(Math.abs(u.min()), Math.abs(u.max())));
        assertThat(u.relativeL2(u)).isZero();
        assertThatThrownBy(() -> u.coordinate("z")).hasMessageContaining("[x, y]");
        assertThatThrownBy(() -> u.sample(3)).hasMessageContaining("0 to 2");
        assertThatThrownBy(() -> u.minus(line)).hasMessageContaining("one region");
        assertThatThrownBy(u::single).hasMessageContaining("105 values");
    }

    @Test
    void modelsThatWereNotTrainedAreRefused() {
        assertThatThrownBy(() -> RUN.evaluate(Models.mlp(1, 3, 1).at(X)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("no numbers for 'mlp");
        assertThatThrownBy(() -> RUN.evaluate(Models.deepONet(1, 2, 7, 4).at(K, X, Y)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("evaluate the model that was trained");
    }
}

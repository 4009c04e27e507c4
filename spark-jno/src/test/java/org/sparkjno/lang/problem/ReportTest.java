// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

class ReportTest {
    private static final Domain PLANE =
            Domain.grid(new double[] {0, 0}, new double[] {2, 1}, 6, 5).samples(8);
    private static final Expression X = PLANE.interior("x");
    private static final Expression Y = PLANE.interior("y");
    private static final Expression K = PLANE.parameter("k", 0.5, 1.5);
    private static final Model NET =
            Models.deepONet(1, 2, 6, 4).optimizer(Optimisers.adam(1e-3)).freeze("branch*");

    @Test
    void saysWhatIsComputedAndShared() {
        Expression u = NET.at(K, X, Y).times(X).times(Y.square());
        Problem problem = Problem.minimize(
                        "pde", K.times(u.laplacian(X, Y)).plus(u.d(X)).meanSquare())
                .and("mean", 10, u.mean().square());
        String text = problem.explain(Training.steps(5).batch(4));
        assertThat(text)
                .contains("10 · mean")
                .contains("deeponet(k along samples; x, y along interior) has values along samples × interior")
                .contains("along interior, once for all samples")
                .contains("by one propagation")
                .contains("kept as they are")
                .contains("moved by Adam")
                .contains("samples 0…4 of 4")
                .contains("MFLOP per step")
                .contains("kernels:")
                .contains("arena:");
        assertThat(problem.explain(Training.steps(5).batch(4), 2)).contains("task 0 of 2:", "task 1 of 2:");
        assertThat(problem.train(Training.steps(2)).explain()).contains("trained: 2 steps");
    }
}

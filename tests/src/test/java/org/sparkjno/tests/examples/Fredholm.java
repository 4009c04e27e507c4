// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import java.util.Map;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** u(x) − ∫₀¹ x·s·u(s) ds = sin πx − x/π, whose answer is sin πx. */
record Fredholm() implements Example {
    @Override
    public String name() {
        return "Fredholm equation of the second kind";
    }

    @Override
    public int steps() {
        return 50_000;
    }

    @Override
    public double bar() {
        return 1e-4;
    }

    @Override
    public double run(int steps) {
        Domain line = Domain.interval(0, 1);
        Region nodes = line.quadrature("s", 16);
        Expression x = line.meshSize(0.04).interior("x");
        Expression s = nodes.get("s");
        Expression u = Models.mlp(1, 64, 64, 64, 64, 1)
                .optimizer(Optimisers.adam(Optimisers.cosine(2e-3, steps)))
                .at(x);
        Expression integral = nodes.integral(s.times(u.at(Map.of(x, s)))).times(x);
        Expression right = x.times(Math.PI).sin().minus(x.div(Math.PI));
        Run run = Problem.minimize(u.minus(integral).minus(right).meanSquare()).train(Training.steps(steps));
        return run.evaluate(u.relativeL2(x.times(Math.PI).sin())).single();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.model.Treatment;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.optim.Adam;

/**
 * u(x) − ∫₀¹ x·s·u(s) ds = sin πx − x/π, whose answer is sin πx, at the nodes of the rule that integrates: E. J. Nyström, "Über die
 * praktische Auflösung von Integralgleichungen", Acta Math. 54, 1930. Compared between the nodes.
 */
record Fredholm() implements Example {
    private static final Domain LINE = Domain.interval(0, 1);

    /** Remembers twenty gradients and a hundred squares, rather than ten and a thousand, which halves the error. */
    private static final Adam ADAM = Adam.of().decays(0.95, 0.99);

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
        Region nodes = LINE.quadrature("s", 24);
        Expression s = nodes.get("s");
        Model network =
                Models.mlp(1, 64, 64, 64, 64, 1).optimizer(new Treatment.Trained(ADAM, Optimisers.cosine(2e-3, steps)));
        Expression u = network.at(s);
        Expression right = s.times(Math.PI).sin().minus(s.div(Math.PI));
        Expression integral = nodes.integral(s.times(u)).times(s);
        Run run = Problem.minimize(u.minus(integral).minus(right).meanSquare()).train(Training.steps(steps));
        Expression x = LINE.meshSize(0.01).interior("x");
        return run.evaluate(network.at(x).relativeL2(x.times(Math.PI).sin())).single();
    }
}

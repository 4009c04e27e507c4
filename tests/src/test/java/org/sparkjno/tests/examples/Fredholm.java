// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** u(x) − ∫₀¹ x·s·u(s) ds = sin πx − x/π, whose answer is sin πx: some steps of Adam, then L-BFGS in double precision. */
record Fredholm() implements Example {
    private static final Domain LINE = Domain.interval(0, 1);

    @Override
    public String name() {
        return "Fredholm equation of the second kind";
    }

    @Override
    public int steps() {
        return 1500;
    }

    @Override
    public double bar() {
        return 1e-4;
    }

    @Override
    public double run(int steps) {
        Expression x = LINE.meshSize(0.04).interior("x");
        Model network = Models.mlp(1, 64, 64, 64, 64, 1);
        Run first = problem(x, network.optimizer(Optimisers.adam(1e-3)))
                .train(Training.steps(steps / 3).inDouble());
        Model second = network.optimizer(Optimisers.lbfgs());
        Run run = problem(x, second).train(Training.steps(steps - steps / 3).inDouble(), first);
        return run.evaluate(second.at(x).relativeL2(x.times(Math.PI).sin())).single();
    }

    private static Problem problem(Expression x, Model network) {
        Region nodes = LINE.quadrature("s", 16);
        Expression s = nodes.get("s");
        Expression integral = nodes.integral(s.times(network.at(s))).times(x);
        Expression right = x.times(Math.PI).sin().minus(x.div(Math.PI));
        return Problem.minimize(network.at(x).minus(integral).minus(right).meanSquare());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** u″ = 0 with u(0) = 0 and u(1) = 1, which the form of u keeps: the answer is x. */
record LaplaceLine() implements Example {
    @Override
    public String name() {
        return "Laplace 1-D, hard boundary conditions";
    }

    @Override
    public int steps() {
        return 5000;
    }

    @Override
    public double bar() {
        return 1e-5;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.interval(0, 1).meshSize(0.025);
        Expression x = d.interior("x");
        Expression net =
                Models.mlp(1, 32, 32, 32, 1).optimizer(Optimisers.adam(1e-3)).at(x);
        Expression u = x.plus(x.times(x.from(1)).times(net));
        Run run = Problem.minimize(u.d("xx").meanSquare()).train(Training.steps(steps));
        return run.evaluate(u.relativeL2(x)).single();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** Δ²u = s by two networks with Δu = v and Δv = s, both zero on the boundary of the unit square; u is sin πx · sin πy. */
record Biharmonic() implements Example {
    @Override
    public String name() {
        return "biharmonic by two networks";
    }

    @Override
    public int steps() {
        return 10_000;
    }

    @Override
    public double bar() {
        return 1e-3;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(0, 0, 1, 1).meshSize(0.06);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression edge = x.times(x.from(1)).times(y).times(y.from(1)).times(16);
        Expression u = network("u", steps, x, y).times(edge);
        Expression v = network("v", steps, x, y).times(edge);
        Expression exact = x.times(Math.PI).sin().times(y.times(Math.PI).sin());
        double eigenvalue = 2 * Math.PI * Math.PI;
        // In units of their size, so that both equations weigh the same.
        Run run = Problem.minimize(
                        "first", u.laplacian(x, y).div(eigenvalue).minus(v).meanSquare())
                .and("second", 1, v.laplacian(x, y).div(eigenvalue).minus(exact).meanSquare())
                .train(Training.steps(steps));
        return run.evaluate(u.relativeL2(exact)).single();
    }

    private static Expression network(String name, int steps, Expression x, Expression y) {
        return Models.mlp(2, 32, 32, 32, 1)
                .named(name)
                .optimizer(Optimisers.adam(Optimisers.cosine(3e-3, steps)))
                .at(x, y);
    }
}

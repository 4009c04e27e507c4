// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** ∇·(a∇u) = f in the unit square with a = 1 + xy and u = 0 on the boundary; the answer is sin πx · sin πy. */
record VariablePoisson() implements Example {
    @Override
    public String name() {
        return "Poisson 2-D, variable coefficient";
    }

    @Override
    public int steps() {
        return 5000;
    }

    @Override
    public double bar() {
        return 1.1e-3;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(0, 0, 1, 1).meshSize(0.05);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression a = x.times(y).plus(1);
        Expression net = Models.mlp(2, 32, 32, 32, 1)
                .optimizer(Optimisers.adam(Optimisers.cosine(3e-3, steps)))
                .at(x, y);
        Expression u = net.times(x).times(x.from(1)).times(y).times(y.from(1));
        Expression exact = x.times(Math.PI).sin().times(y.times(Math.PI).sin());
        Expression pde = flux(a, u, x, y).minus(flux(a, exact, x, y));
        Run run = Problem.minimize(pde.meanSquare()).train(Training.steps(steps));
        return run.evaluate(u.relativeL2(exact)).single();
    }

    /** ∇·(a∇u). */
    private static Expression flux(Expression a, Expression u, Expression x, Expression y) {
        return a.times(u.laplacian(x, y)).plus(a.d(x).times(u.d(x))).plus(a.d(y).times(u.d(y)));
    }
}

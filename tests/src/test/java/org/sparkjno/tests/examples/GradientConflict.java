// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.balance.GradientNorm;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/**
 * Δu = f in the unit square with u = 0 on its boundary as a loss of its own, whose gradient conflicts with that of the equation and is
 * smaller by orders of magnitude: the two are balanced by the norms of their gradients. The answer is sin πx · sin πy.
 */
record GradientConflict() implements Example {
    @Override
    public String name() {
        return "gradient conflict, soft boundary conditions";
    }

    @Override
    public int steps() {
        return 5000;
    }

    @Override
    public double bar() {
        return 3e-4;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(0, 0, 1, 1).meshSize(0.06);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression u = Models.mlp(2, 32, 32, 32, 1)
                .optimizer(Optimisers.soap(Optimisers.cosine(5e-3, steps)))
                .at(x, y);
        Expression exact = x.times(Math.PI).sin().times(y.times(Math.PI).sin());
        Expression pde = u.laplacian(x, y).plus(exact.times(2 * Math.PI * Math.PI));
        Run run = Problem.minimize("equation", pde.meanSquare())
                .and("boundary", 1, d.boundary().restrict(u).meanSquare())
                .balance(GradientNorm.every(10))
                .train(Training.steps(steps));
        return run.evaluate(u.relativeL2(exact)).single();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/**
 * The stationary density of a particle in the potential V = (x² − 1)²/4 + y²/2 with noise of strength D = 1/2: ∇·(p∇V) + DΔp = 0 in
 * [−2.5, 2.5]² without flux through the edges, with ∫p = 1. The answer is exp(−V/D), normalised.
 */
record FokkerPlanck() implements Example {
    private static final double NOISE = 0.5;
    private static final double EDGE = 2.5;

    @Override
    public String name() {
        return "Fokker-Planck 2-D";
    }

    @Override
    public int steps() {
        return 3000;
    }

    @Override
    public double bar() {
        return 2.5e-2;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(-EDGE, -EDGE, EDGE, EDGE).points(1024).boundaryPoints(128);
        Region inside = d.interior();
        Region edge = d.boundary();
        Expression x = inside.get("x");
        Expression y = inside.get("y");
        Expression potential =
                x.square().minus(1).square().div(4).plus(y.square().div(2));
        Expression p = Models.mlp(2, 64, 64, 64, 1)
                .optimizer(Optimisers.soap(Optimisers.cosine(2e-3, steps)))
                .at(x, y)
                .exp();
        Expression inX = p.times(potential.d(x)).plus(p.d(x).times(NOISE));
        Expression inY = p.times(potential.d(y)).plus(p.d(y).times(NOISE));
        Expression pde = p.times(potential.laplacian(x, y))
                .plus(p.d(x).times(potential.d(x)))
                .plus(p.d(y).times(potential.d(y)))
                .plus(p.laplacian(x, y).times(NOISE));
        Expression out = edge.restrict(inX)
                .times(edge.normal("x"))
                .plus(edge.restrict(inY).times(edge.normal("y")));
        Run run = Problem.minimize("equation", pde.meanSquare())
                .and("no flux", 1, out.meanSquare())
                .and("mass", 1, inside.integral(p).minus(1).square())
                .train(Training.steps(steps));
        Expression density = potential.div(-NOISE).exp();
        Expression exact = density.div(inside.integral(density));
        return run.evaluate(p.relativeL2(exact)).single();
    }
}

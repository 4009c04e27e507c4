// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.DeepONet;
import org.sparkjno.nn.Mlp;

/**
 * u_t = ε²Δu + u − u³ + f in the unit square for 0 ≤ t ≤ 1, ε = 0.1; f makes (1 + t)e^(−t) sin πx · sin πy the answer. Time goes into
 * the branch of a DeepONet, which is computed once per time, and space into its trunk, which is computed once for all times.
 */
record AllenCahn() implements Example {
    private static final double EPSILON = 0.1;
    private static final int TIMES = 4;

    @Override
    public String name() {
        return "Allen-Cahn 2-D, DeepONet";
    }

    @Override
    public int steps() {
        return 5000;
    }

    @Override
    public double bar() {
        return 1.6e-3;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(0, 0, 1, 1).meshSize(0.05).samples(TIMES);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression t = d.parameter("t", new double[] {0, 1.0 / 3, 2.0 / 3, 1});
        DeepONet network =
                DeepONet.of(Mlp.of(Activation.TANH, 1, 40, 40, 64), Mlp.of(Activation.TANH, 2, 40, 40, 40, 64));
        Expression net = Models.deepONet(network, 2, 1)
                .optimizer(Optimisers.adam(Optimisers.cosine(2e-3, steps)))
                .at(t, x, y);
        Expression bump = x.times(Math.PI).sin().times(y.times(Math.PI).sin());
        Expression u = bump.plus(t.times(net).times(x).times(x.from(1)).times(y).times(y.from(1)));
        Expression exact = t.plus(1).times(t.negate().exp()).times(bump);
        Expression pde = operator(u, x, y, t).minus(operator(exact, x, y, t));
        Run run = Problem.minimize(pde.meanSquare()).train(Training.steps(steps));
        return run.evaluate(u.relativeL2(exact)).single();
    }

    private static Expression operator(Expression u, Expression x, Expression y, Expression t) {
        return u.d(t).minus(u.laplacian(x, y).times(EPSILON * EPSILON)).minus(u).plus(u.power(3));
    }
}

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

/** −Δu − k²u = f in the unit square with k = 4π and u = 0 on the boundary; the answer is sin kx · sin ky. */
record HelmholtzPinn() implements Example {
    private static final double WAVE_NUMBER = 4 * Math.PI;

    @Override
    public String name() {
        return "Helmholtz PINN, k = 4 pi";
    }

    @Override
    public int steps() {
        return 2000;
    }

    @Override
    public double bar() {
        return 6e-3;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(0, 0, 1, 1).points(1024);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression net = Models.mlp(Activation.SIN, 2, 64, 64, 64, 1)
                .optimizer(Optimisers.soap(Optimisers.cosine(3e-3, steps)))
                .at(x.times(WAVE_NUMBER), y.times(WAVE_NUMBER));
        Expression u = net.times(x).times(x.from(1)).times(y).times(y.from(1)).times(16);
        Expression exact = x.times(WAVE_NUMBER).sin().times(y.times(WAVE_NUMBER).sin());
        // Divided by k², so that residual and solution are of one size.
        Expression pde =
                u.laplacian(x, y).div(-WAVE_NUMBER * WAVE_NUMBER).minus(u).minus(exact);
        Run run = Problem.minimize(pde.meanSquare()).train(Training.steps(steps));
        return run.evaluate(u.relativeL2(exact)).single();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import java.util.Arrays;
import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.lang.resample.Rad;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.DeepONet;
import org.sparkjno.nn.Mlp;

/**
 * Burgers' equation with ν = 0.05 on [−1, 1] for 0 ≤ t ≤ 1. Time goes into the branch of a DeepONet, once per time; points go into its
 * trunk, once for all times, and follow the residual.
 */
record BurgersOperator() implements Example {
    private static final double VISCOSITY = 0.05;
    private static final int TIMES = 16;

    @Override
    public String name() {
        return "Burgers 1-D, DeepONet with RAD";
    }

    @Override
    public int steps() {
        return 5000;
    }

    @Override
    public double bar() {
        return 1.5e-3;
    }

    @Override
    public double run(int steps) {
        double[] times = new double[TIMES];
        Arrays.setAll(times, i -> 0.5 - 0.5 * Math.cos(Math.PI * i / (TIMES - 1)));
        Domain d = Domain.interval(-1, 1).points(96).sampler(Sampler.SOBOL).samples(TIMES);
        Region inside = d.interior();
        Expression x = inside.get("x");
        Expression t = d.parameter("t", times);
        DeepONet network =
                DeepONet.of(Mlp.of(Activation.TANH, 1, 64, 64, 48), Mlp.of(Activation.TANH, 1, 64, 64, 64, 48));
        Expression net = Models.deepONet(network, 1, 1)
                .optimizer(Optimisers.soap(Optimisers.cosine(3e-3, steps)))
                .at(t, x);
        Expression u =
                x.times(Math.PI).sin().negate().plus(t.times(x.square().from(1)).times(net));
        Expression pde = u.d(t).plus(u.times(u.d(x))).minus(u.d(x, x).times(VISCOSITY));
        Run run = Problem.minimize(pde.meanSquare())
                .resample(inside, 500, Rad.of(), pde)
                .train(Training.steps(steps));
        int points = 201;
        Region grid = Domain.grid(new double[] {-1}, new double[] {1}, points).interior();
        double[] got = run.evaluate(u, grid).values();
        double error = 0;
        double size = 0;
        for (int k = 0; k < TIMES; k++) {
            for (int i = 0; i < points; i++) {
                double exact = BurgersSolution.at(-1 + 2.0 * i / (points - 1), times[k], VISCOSITY);
                error += Math.pow(got[k * points + i] - exact, 2);
                size += exact * exact;
            }
        }
        return Math.sqrt(error / size);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** Burgers' equation with ν = 0.01/π on [−1, 1] for 0 ≤ t ≤ 1 by a small network in double precision: Adam, then L-BFGS. */
record BurgersPinn() implements Example {
    private static final double VISCOSITY = 0.01 / Math.PI;
    private static final int SPREAD = 2000;
    private static final double SHOCK = 0.08;

    @Override
    public String name() {
        return "Burgers PINN, L-BFGS";
    }

    @Override
    public int steps() {
        return 6000;
    }

    @Override
    public double bar() {
        return 7e-4;
    }

    @Override
    public double run(int steps) {
        Region inside = Domain.points(points()).coordinates("x", "t").interior();
        Model network = Models.mlp(2, 20, 20, 20, 1);
        Training training = Training.steps(steps / 4).inDouble();
        Run first = problem(inside, network.optimizer(Optimisers.adam(3e-3))).train(training);
        Model second = network.optimizer(Optimisers.lbfgs());
        Run run =
                problem(inside, second).train(Training.steps(steps - steps / 4).inDouble(), first);
        int points = 201;
        int times = 11;
        Region grid = Domain.grid(new double[] {-1, 0}, new double[] {1, 1}, points, times)
                .coordinates("x", "t")
                .interior();
        double[] got = run.evaluate(solution(inside, second), grid).values();
        double error = 0;
        double size = 0;
        for (int i = 0; i < points; i++) {
            for (int k = 0; k < times; k++) {
                double exact = BurgersSolution.at(-1 + 2.0 * i / (points - 1), (double) k / (times - 1), VISCOSITY);
                error += Math.pow(got[i * times + k] - exact, 2);
                size += exact * exact;
            }
        }
        return Math.sqrt(error / size);
    }

    /** Spread evenly, and as many again near the shock. */
    private static double[][] points() {
        double[] unit = Sampler.SOBOL.unitCube(2, 2 * SPREAD, 1);
        double[][] points = new double[2 * SPREAD][];
        for (int i = 0; i < points.length; i++) {
            double x = 2 * unit[2 * i] - 1;
            points[i] = new double[] {i % 2 == 0 ? x : SHOCK * x, unit[2 * i + 1]};
        }
        return points;
    }

    private static Expression solution(Region inside, Model network) {
        Expression x = inside.get("x");
        Expression t = inside.get("t");
        return x.times(Math.PI).sin().negate().plus(t.times(x.square().from(1)).times(network.at(x, t)));
    }

    private static Problem problem(Region inside, Model network) {
        Expression u = solution(inside, network);
        Expression pde = u.d("t").plus(u.times(u.d("x"))).minus(u.d("xx").times(VISCOSITY));
        return Problem.minimize(pde.meanSquare());
    }
}

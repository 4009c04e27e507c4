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
import org.sparkjno.lang.resample.Rad;

/**
 * Burgers' equation with ν = 0.01/π on [−1, 1] for 0 ≤ t ≤ 1 by a small network in double precision: SOAP, then the
 * self-scaled Broyden method.
 */
record BurgersPinn() implements Example {
    private static final double VISCOSITY = 0.01 / Math.PI;

    @Override
    public String name() {
        return "Burgers PINN, self-scaled Broyden";
    }

    @Override
    public int steps() {
        return 8000;
    }

    @Override
    public double bar() {
        return 7e-4;
    }

    @Override
    public double run(int steps) {
        Region inside = Domain.interval(-1, 1).points(3000).time(0, 1).interior();
        Model network = Models.mlp(2, 20, 20, 20, 1);
        int few = steps / 4;
        Run first = problem(inside, network.optimizer(Optimisers.soap(Optimisers.cosine(3e-3, few))), few / 10)
                .train(Training.steps(few).inDouble());
        Model second = network.optimizer(Optimisers.selfScaledBroyden());
        Run run = problem(inside, second, steps / 8)
                .train(Training.steps(steps - few).inDouble(), first);
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

    private static Expression solution(Region inside, Model network) {
        Expression x = inside.get("x");
        Expression t = inside.get("t");
        return x.times(Math.PI).sin().negate().plus(t.times(x.square().from(1)).times(network.at(x, t)));
    }

    /** With points that follow the residual, for the shock is thin. */
    private static Problem problem(Region inside, Model network, int every) {
        Expression u = solution(inside, network);
        Expression pde = u.d("t").plus(u.times(u.d("x"))).minus(u.d("xx").times(VISCOSITY));
        return Problem.minimize(pde.meanSquare()).resample(inside, every, Rad.of(), pde);
    }
}

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
import org.sparkjno.optim.descent.SelfScaling;

/**
 * Burgers' equation with ν = 0.01/π on [−1, 1] for 0 ≤ t ≤ 1 by a small network in double precision: a little SOAP, then L-BFGS.
 * The points follow the residual, for the shock is thin. L-BFGS begins anew with each set of them, and remembers all steps since,
 * with updates that scale what was known before.
 */
record BurgersPinn() implements Example {
    private static final double VISCOSITY = 0.01 / Math.PI;
    private static final int SETS_OF_POINTS = 6;

    @Override
    public String name() {
        return "Burgers PINN, self-scaled L-BFGS";
    }

    @Override
    public int steps() {
        return 6300;
    }

    @Override
    public double bar() {
        return 7e-4;
    }

    @Override
    public double run(int steps) {
        Region inside = Domain.interval(-1, 1).points(3000).time(0, 1).interior();
        Model network = Models.mlp(2, 20, 20, 20, 1);
        int few = steps / 21;
        int every = (steps - few) / SETS_OF_POINTS;
        Model first = network.optimizer(Optimisers.soap(Optimisers.cosine(3e-3, few)));
        Run begun = problem(inside, first).train(Training.steps(few).inDouble());
        Model second = network.optimizer(Optimisers.lbfgs(every, SelfScaling.BFGS));
        Run run = problem(inside, second)
                .resample(inside, every, Rad.of(), residual(inside, second))
                .train(Training.steps(steps - few).inDouble(), begun);
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

    private static Expression residual(Region inside, Model network) {
        Expression u = solution(inside, network);
        return u.d("t").plus(u.times(u.d("x"))).minus(u.d("xx").times(VISCOSITY));
    }

    private static Problem problem(Region inside, Model network) {
        return Problem.minimize(residual(inside, network).meanSquare());
    }
}

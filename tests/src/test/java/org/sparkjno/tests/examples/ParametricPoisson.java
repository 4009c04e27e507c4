// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import java.util.Map;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** kΔu + 1 = 0 in [0, 2] × [0, 1] for 50 values of k between 0.5 and 1.5, at once; compared at k = 1.234 with a Fourier series. */
record ParametricPoisson() implements Example {
    private static final double UNSEEN = 1.234;

    @Override
    public String name() {
        return "parametric Poisson, DeepONet, unseen k";
    }

    @Override
    public int steps() {
        return 800;
    }

    @Override
    public double bar() {
        return 0.007;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.rectangle(0, 0, 2, 1).meshSize(0.05).samples(50);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression k = d.parameter("k", 0.5, 1.5);
        Expression net = Models.deepONet(1, 2, 128, 128)
                .optimizer(Optimisers.soap(Optimisers.cosine(3e-3, steps)))
                .at(k, x, y);
        Expression u = net.times(x).times(x.from(2)).times(y).times(y.from(1));
        Expression pde = k.times(u.laplacian(x, y)).plus(1);
        Run run = Problem.minimize(pde.meanSquare()).train(Training.steps(steps).batch(32));
        double[] got =
                run.evaluate(u.at(Map.of(k, Expression.constant(UNSEEN)))).values();
        double[] xs = run.evaluate(x).values();
        double[] ys = run.evaluate(y).values();
        double error = 0;
        double size = 0;
        for (int i = 0; i < got.length; i++) {
            double exact = series(xs[i], ys[i]) / UNSEEN;
            error += (got[i] - exact) * (got[i] - exact);
            size += exact * exact;
        }
        return Math.sqrt(error / size);
    }

    /** The solution for k = 1. */
    private static double series(double x, double y) {
        double sum = 0;
        for (int m = 1; m < 80; m += 2) {
            for (int n = 1; n < 80; n += 2) {
                double eigenvalue = Math.PI * Math.PI * (m * m / 4.0 + n * n);
                sum += 16
                        / (Math.PI * Math.PI * m * n * eigenvalue)
                        * Math.sin(m * Math.PI * x / 2)
                        * Math.sin(n * Math.PI * y);
            }
        }
        return sum;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/** The a, b and c of a·sin πx + b·cos πx + c, from values at 41 points; the error is the largest relative one of the three. */
record InverseCoefficients() implements Example {
    private static final double[] TRUE = {3.14, -2.71, 42};

    @Override
    public String name() {
        return "inverse a, b, c";
    }

    @Override
    public int steps() {
        return 20_000;
    }

    @Override
    public double bar() {
        return 1e-6;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.grid(new double[] {0}, new double[] {1}, 41);
        Expression x = d.interior("x");
        Expression[] unknown = new Expression[TRUE.length];
        for (int i = 0; i < TRUE.length; i++) {
            unknown[i] = Models.coefficient(String.valueOf("abc".charAt(i)), 1)
                    .optimizer(Optimisers.adam(Optimisers.cosine(3e-2, steps)))
                    .at();
        }
        double[] measured = new double[41];
        for (int i = 0; i < measured.length; i++) {
            double angle = Math.PI * i / 40;
            measured[i] = TRUE[0] * Math.sin(angle) + TRUE[1] * Math.cos(angle) + TRUE[2];
        }
        Expression model = unknown[0]
                .times(x.times(Math.PI).sin())
                .plus(unknown[1].times(x.times(Math.PI).cos()))
                .plus(unknown[2]);
        Run run = Problem.minimize(model.minus(d.data("measured", measured)).meanSquare())
                .train(Training.steps(steps).inDouble());
        double[] found = run.evaluate(Expression.vector(unknown)).values();
        double worst = 0;
        for (int i = 0; i < TRUE.length; i++) {
            worst = Math.max(worst, Math.abs(found[i] / TRUE[i] - 1));
        }
        return worst;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import java.util.List;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

/**
 * The field a in −∇·(a∇u) = 10 with u = 0 on the boundary of the unit square, from u at the points of a grid: a is a network, and u the
 * solution of the equation with it, by a differentiable sparse solve. The error is that of a, relative to a = 1 + sin(πx)·y/2.
 */
record InverseDiffusivity() implements Example {
    private static final int POINTS = 21;

    @Override
    public String name() {
        return "inverse diffusivity through a solve";
    }

    @Override
    public int steps() {
        return 150;
    }

    @Override
    public double bar() {
        return 0.05;
    }

    @Override
    public double run(int steps) {
        Domain d = Domain.grid(new double[] {0, 0}, new double[] {1, 1}, POINTS, POINTS);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression inside = x.times(x.from(1)).times(y).times(y.from(1)).greater(1e-9);
        Expression right = Expression.where(inside, Expression.constant(10), Expression.constant(0));
        Model solution = Models.solution("diffusion", InverseDiffusivity::diffusion, 1);
        Expression truth = x.times(Math.PI).sin().times(y).div(2).plus(1);
        Expression guess =
                Models.mlp(2, 32, 32, 1).optimizer(Optimisers.lbfgs()).at(x, y).exp();
        Expression measured = solution.at(truth, right);
        Expression predicted = solution.at(guess, right);
        Run run = Problem.minimize(predicted.minus(measured).meanSquare().div(measured.meanSquare()))
                .train(Training.steps(steps).inDouble());
        return run.evaluate(guess.relativeL2(truth)).single();
    }

    /** −∇·(a∇u) by finite volumes inside, and u itself on the boundary. */
    private static Value diffusion(Value u, List<Value> coefficients, RegularGrid grid) {
        Value a = coefficients.get(0);
        Value divergence = flux(a, u, 0, grid).plus(flux(a, u, 1, grid));
        int n = u.shape().dim(0);
        int m = u.shape().dim(1);
        Value inner = u.slice(0, 1, n - 1).slice(1, 1, m - 1).pad(0, 1, 1).pad(1, 1, 1);
        return u.minus(inner).minus(divergence);
    }

    /** Differences of the flux a·∂u between the cells around inner points, zero on the boundary. */
    private static Value flux(Value a, Value u, int axis, RegularGrid grid) {
        int n = u.shape().dim(axis);
        int other = 1 - axis;
        double h = grid.axes().get(axis).spacing();
        Value mean = a.slice(axis, 1, n).plus(a.slice(axis, 0, n - 1)).times(0.5);
        Value slope = u.slice(axis, 1, n).minus(u.slice(axis, 0, n - 1)).times(1 / h);
        Value flux = mean.times(slope);
        Value change =
                flux.slice(axis, 1, n - 1).minus(flux.slice(axis, 0, n - 2)).times(1 / h);
        return change.slice(other, 1, u.shape().dim(other) - 1).pad(0, 1, 1).pad(1, 1, 1);
    }
}

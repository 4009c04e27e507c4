// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.examples;

import java.util.Collections;
import org.sparkjno.kernels.random.RandomStream;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.Fno;
import org.sparkjno.nn.FourierLayer;
import org.sparkjno.nn.Linear;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.SpectralConv2d;

/**
 * The operator f ↦ u with Δu + f = 0 of periodic fields on 16 × 16 points, by a Fourier neural operator; compared on fields it has not
 * seen with the exact solutions.
 *
 * @param supervised whether it learns from solutions; if not, from the residual alone
 */
record OperatorPoisson(boolean supervised) implements Example {
    private static final int POINTS = 16;
    private static final int SAMPLES = 256;
    private static final int UNSEEN = 8;
    private static final int WIDTH = 16;
    private static final int MODES = 6;
    private static final int WAVES = 3;
    /** Of solutions, compared with right-hand sides. */
    private static final double SCALE = 1 / (4 * Math.PI * Math.PI);

    @Override
    public String name() {
        return supervised ? "FNO Poisson 16 x 16, supervised" : "FNO Poisson 16 x 16, residual alone";
    }

    @Override
    public int steps() {
        return 600;
    }

    @Override
    public double bar() {
        return supervised ? 0.10 : 0.20;
    }

    @Override
    public double run(int steps) {
        Domain seen = domain(SAMPLES);
        Model operator = operator(steps);
        double[][] data = fields(SAMPLES, 1);
        Expression f = seen.field("f", data[0]);
        Expression u = operator.at(f).times(SCALE);
        Expression loss;
        if (supervised) {
            loss = u.minus(seen.field("u", data[1])).div(SCALE).meanSquare();
        } else {
            Expression residual = u.laplacian(seen.interior("x"), seen.interior("y"))
                    .by(Scheme.SPECTRAL)
                    .plus(f);
            // A constant added to u leaves the residual as it is.
            loss = residual.meanSquare()
                    .plus(u.mean(seen.interior("x")).div(SCALE).meanSquare());
        }
        Run run = Problem.minimize(loss).train(Training.steps(steps).batch(32));
        Domain other = domain(UNSEEN);
        double[][] unseen = fields(UNSEEN, 2);
        Expression prediction = operator.at(other.field("f", unseen[0])).times(SCALE);
        return run.evaluate(prediction.relativeL2(other.field("u", unseen[1]))).single();
    }

    private static Domain domain(int samples) {
        return Domain.periodicGrid(new double[] {0, 0}, new double[] {1, 1}, POINTS, POINTS)
                .samples(samples);
    }

    private static Model operator(int steps) {
        FourierLayer layer = new FourierLayer(new SpectralConv2d(WIDTH, WIDTH, MODES), new Linear(WIDTH, WIDTH));
        Fno network = new Fno(
                new Linear(3, WIDTH),
                Collections.nCopies(2, layer),
                Mlp.of(Activation.GELU, WIDTH, 64, 1),
                0,
                Activation.GELU);
        return Models.operator("fno", network, 2, 1, 1).optimizer(Optimisers.adam(Optimisers.cosine(4e-3, steps)));
    }

    /** Random right-hand sides of few waves, scaled to size one, and their solutions. */
    private static double[][] fields(int samples, long seed) {
        int size = POINTS * POINTS;
        double[] f = new double[samples * size];
        double[] u = new double[samples * size];
        for (int sample = 0; sample < samples; sample++) {
            RandomStream stream = RandomStream.named(seed, "field " + sample);
            int number = 0;
            for (int k = -WAVES; k <= WAVES; k++) {
                for (int l = 0; l <= WAVES; l++) {
                    if (k == 0 && l == 0) {
                        continue;
                    }
                    double wave = k * k + l * l;
                    double eigenvalue = 4 * Math.PI * Math.PI * wave;
                    double a = stream.gaussian(number++) / wave;
                    double b = stream.gaussian(number++) / wave;
                    for (int i = 0; i < size; i++) {
                        double angle = 2 * Math.PI * (k * (i / POINTS) + l * (i % POINTS)) / POINTS;
                        double value = a * Math.cos(angle) + b * Math.sin(angle);
                        f[sample * size + i] += 0.5 * value;
                        u[sample * size + i] += 0.5 * value / eigenvalue;
                    }
                }
            }
        }
        return new double[][] {f, u};
    }
}

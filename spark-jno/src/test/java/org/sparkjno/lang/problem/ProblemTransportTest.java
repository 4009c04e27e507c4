// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkjno.datasets.geometry.Geometry;
import org.sparkjno.datasets.geometry.Sampler;
import org.sparkjno.kernels.graph.Shape;
import org.sparkjno.lang.balance.GradientNorm;
import org.sparkjno.lang.balance.ReLoBRaLo;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Numbers;
import org.sparkjno.lang.domain.RandomField;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.resample.Rad;
import org.sparkjno.nn.Activation;
import org.sparkjno.nn.FourierFeatures;
import org.sparkjno.nn.Mlp;
import org.sparkjno.nn.Sequential;
import org.sparkjno.nn.adapter.Lora;
import org.sparkjno.optim.AdaptiveRate;

/** Whatever problems hold, they arrive at other machines as they were. */
class ProblemTransportTest {
    static List<Named<Problem>> problems() {
        return List.of(
                Named.of("an unknown number", unknownNumber()),
                Named.of("a network behind features, with an adapter", adapted()),
                Named.of("points that follow a residual", resampled()),
                Named.of("an operator on random fields, with noise", operator()),
                Named.of("a solve", solve()),
                Named.of("a hole, text, integrals, units and a line search", disk()));
    }

    private static Problem unknownNumber() {
        Expression x = Domain.interval(0, 1).meshSize(0.1).interior("x");
        Model k = Models.coefficient("k", 1).optimizer(Optimisers.adam(AdaptiveRate.Plateau.of(1e-2, 5)));
        return Problem.minimize(k.at().times(x).minus(x.times(2)).meanSquare());
    }

    private static Problem adapted() {
        Expression x = Domain.interval(0, 1).meshSize(0.1).interior("x");
        FourierFeatures features = new FourierFeatures(1, 6, 2);
        Model net = Models.pointwise("net", Sequential.of(features, Mlp.of(Activation.SIN, 12, 8, 1)), 1, 1)
                .adapt("*", Lora.of(2, 1))
                .optimizer(Optimisers.adam(1e-2));
        return Problem.minimize(net.at(x).minus(x.sin()).meanSquare());
    }

    private static Problem resampled() {
        Domain d = Domain.rectangle(0, 0, 1, 1)
                .sampler(Sampler.LATIN_HYPERCUBE)
                .points(30)
                .boundaryPoints(10)
                .time(0, 1);
        Region inside = d.interior();
        Model net = Models.mlp(3, 6, 1);
        Expression u = net.at(inside.get("x"), inside.get("y"), inside.get("t"));
        Region left = d.boundary().where("left", point -> point[0] < 1e-9);
        Expression residual = u.d(inside.get("t")).minus(u.laplacian(inside.get("x"), inside.get("y")));
        return Problem.minimize("equation", residual.meanSquare())
                .and("left", 1, left.restrict(u).meanSquare())
                .and("start", 1, d.initial().restrict(u).minus(1).meanSquare())
                .balance(ReLoBRaLo.of())
                .resample(inside, 1, Rad.of(), residual)
                .optimizer(Optimisers.soap(Optimisers.cosine(1e-3, 10)));
    }

    private static Problem operator() {
        Domain d = Domain.periodicGrid(new double[] {0}, new double[] {1}, 16).samples(6);
        Region line = d.interior();
        Numbers drawn = RandomField.squaredExponential(0.2).at("f", line);
        Expression f = d.field("f", line, drawn, Shape.SCALAR);
        Model net = Models.fno1d(1, 1, 4, 3).optimizer(Optimisers.adam(1e-3));
        Expression seen = f.plus(d.noise(Noise.GAUSSIAN, "noise", line).times(0.1));
        return Problem.minimize("data", net.at(seen).minus(f).meanSquare())
                .and("size", 0.1, net.at(f).meanSquare())
                .balance(GradientNorm.every(2));
    }

    private static Problem solve() {
        Region line = Domain.grid(new double[] {0}, new double[] {1}, 9).interior();
        Model solve = Models.solution("solve", (u, coefficients, grid) -> u.plus(u.times(2)), 0);
        Model scale = Models.coefficient("scale", 2).optimizer(Optimisers.adam(1e-2));
        return Problem.minimize(solve.at(line.get("x").times(scale.at())).meanSquare());
    }

    private static Problem disk() {
        Geometry ring =
                Geometry.disk(0, 0, 1).difference(Geometry.disk(0.2, 0, 0.3).tagged("hole"));
        Domain d = Domain.of(ring).points(40).boundaryPoints(12);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression u = Models.mlp(2, 6, 1)
                .optimizer(Optimisers.lbfgs())
                .at(x, y)
                .unit("K")
                .named("u");
        Expression heat = Expression.constant(2).unit("K").named("q");
        return Problem.minimize(
                        "equation", d.residual("laplacian(u) + q", u, heat).meanSquare())
                .and("hole", 1, d.boundary("hole").restrict(u).meanSquare())
                .and("cut", 1, u.at(Map.of(x, Expression.constant(0.5))).meanSquare())
                .and("mass", 1, d.interior().integral(u).square());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theProblemThatArrivesTrainsAlike(Problem problem) throws IOException, ClassNotFoundException {
        Training training = Training.steps(3).inDouble();
        assertThat(arrived(problem).train(training).history().total())
                .isEqualTo(problem.train(training).history().total());
    }

    private static Problem arrived(Problem problem) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(problem);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Problem) in.readObject();
        }
    }
}

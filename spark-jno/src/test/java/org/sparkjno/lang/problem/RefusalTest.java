// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

/** What has no meaning is refused before anything is compiled, and the message says what to do. */
class RefusalTest {
    private static final Domain SQUARE = Domain.rectangle(0, 0, 1, 1).points(16).boundaryPoints(8);
    private static final Expression X = SQUARE.interior("x");
    private static final Expression Y = SQUARE.interior("y");
    private static final Model COEFFICIENT = Models.coefficient("a", 1).optimizer(Optimisers.adam(1e-2));

    private static void refused(ThrowingCallable what, String... parts) {
        assertThatThrownBy(what).isInstanceOf(ExpressionException.class).hasMessageContainingAll(parts);
    }

    private static void untrainable(Expression loss, String... parts) {
        refused(
                () -> Problem.minimize(loss.times(COEFFICIENT.at()).meanSquare())
                        .train(Training.steps(1)),
                parts);
    }

    @Test
    void derivativesOfWhatDoesNotDependOnACoordinate() {
        untrainable(Models.mlp(1, 4, 1).optimizer(Optimisers.adam(1e-3)).at(X).d(Y), "does not depend on y");
        Expression elsewhere = SQUARE.boundary().get("x");
        refused(() -> X.square().d(elsewhere), "does not depend on x", "coordinate of that region");
        refused(() -> X.square().d(X.times(2)), "is neither");
        refused(() -> X.square().d("z"), "no coordinate 'z'");
    }

    @Test
    void automaticDerivativesThroughOperatorsBetweenFields() {
        Domain grid =
                Domain.periodicGrid(new double[] {0}, new double[] {1}, 16).samples(2);
        Region r = grid.interior();
        Expression f = grid.field("f", new double[32]);
        Model fno = Models.fno1d(1, 1, 4, 3).optimizer(Optimisers.adam(1e-3));
        untrainable(fno.at(f.plus(r.get("x"))).d(r.get("x")), "operator from fields to fields", "Scheme.SPECTRAL");
        Expression bySpectrum = fno.at(f).d(r.get("x")).by(Scheme.SPECTRAL);
        assertThatCode(() -> Problem.minimize(bySpectrum.meanSquare()).train(Training.steps(1)))
                .doesNotThrowAnyException();
        Expression problemWide = fno.at(f).d(r.get("x"));
        assertThatCode(() -> Problem.minimize(problemWide.meanSquare())
                        .scheme(Scheme.FINITE_DIFFERENCES)
                        .train(Training.steps(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void automaticDerivativesOfDataAtPoints() {
        Domain grid = Domain.grid(new double[] {0}, new double[] {1}, 16);
        Expression x = grid.interior("x");
        Expression f = grid.data("f", new double[16]);
        Expression net = Models.mlp(1, 4, 1).optimizer(Optimisers.adam(1e-3)).at(x);
        untrainable(f.times(net.d(x)).d(x), "contains data at points", "change with x", "stopGradient()");
        Expression constant = f.stopGradient().times(net.d(x)).d(x);
        Expression mean = f.mean().times(net).d(x);
        Expression outside = f.times(net.d(x, x));
        for (Expression good : List.of(constant, mean, outside)) {
            assertThatCode(() -> Problem.minimize(good.meanSquare()).train(Training.steps(1)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void pointsOfTwoRegionsTogether() {
        refused(() -> X.plus(SQUARE.boundary().get("x")), "boundary and interior", "one region");
    }

    @Test
    void componentsThatDoNotFit() {
        refused(() -> Expression.vector(X, Y).plus(Expression.vector(X, Y, X)), "[2] and [3]", "get(i)");
        refused(() -> Expression.vector(X, Y).divergence(X), "needs a vector");
    }

    @Test
    void unitsThatDoNotMatch() {
        untrainable(X.unit("m").plus(Y.unit("s")), "m", "s");
    }

    @Test
    void parametersAndModelsNobodyOwns() {
        Model net = Models.mlp(2, 4, 1);
        untrainable(net.at(X, Y), "No optimiser moves", "optimizer(", "freeze");
        Model narrow = net.optimizer(Optimisers.adam(1e-3)).named("net");
        Model wide = Models.mlp(2, 8, 1).optimizer(Optimisers.adam(1e-3)).named("net");
        untrainable(narrow.at(X, Y).plus(wide.at(X, Y)), "different settings", "'net'");
    }

    /** Values of a function along a grid of 32 points. */
    private static double[] line(boolean periodic, DoubleUnaryOperator function) {
        double h = 1.0 / (periodic ? 32 : 31);
        return IntStream.range(0, 32)
                .mapToDouble(i -> function.applyAsDouble(i * h))
                .toArray();
    }

    private static Expression derivative(boolean periodic, Scheme scheme, double[]... samples) {
        double[] lower = {0};
        double[] upper = {1};
        Domain grid = (periodic ? Domain.periodicGrid(lower, upper, 32) : Domain.grid(lower, upper, 32))
                .samples(samples.length);
        double[] values =
                Arrays.stream(samples).flatMapToDouble(DoubleStream::of).toArray();
        return grid.field("f", values).d(grid.interior("x")).by(scheme);
    }

    @Test
    void spectralDerivativesOfDataThatAreNotPeriodic() {
        double[] wave = line(true, x -> 3 + Math.sin(2 * Math.PI * x) + 0.2 * Math.cos(10 * Math.PI * x));
        untrainable(
                derivative(true, Scheme.SPECTRAL, wave, line(true, x -> x)),
                "'f' of sample 1 is not periodic in x",
                "FINITE_DIFFERENCES");
        untrainable(derivative(true, Scheme.SPECTRAL, line(true, x -> x * (1 - x))), "second differences");
        double[] repeated = line(false, x -> Math.sin(2 * Math.PI * x));
        untrainable(derivative(true, Scheme.SPECTRAL, repeated), "leave out the repeated end");
        untrainable(derivative(false, Scheme.SPECTRAL, wave), "periodic grid");
        Expression good =
                derivative(true, Scheme.SPECTRAL, wave, line(true, x -> 2)).times(COEFFICIENT.at());
        assertThatCode(() -> Problem.minimize(good.meanSquare()).train(Training.steps(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void cosineDerivativesOfDataWithASlopeAtTheEnds() {
        untrainable(derivative(false, Scheme.COSINE, line(false, Math::sin)), "has a slope at an end in x");
        double[] flat = line(false, x -> Math.cos(Math.PI * x) + Math.cos(3 * Math.PI * x));
        Expression good = derivative(false, Scheme.COSINE, flat).times(COEFFICIENT.at());
        assertThatCode(() -> Problem.minimize(good.meanSquare()).train(Training.steps(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void differencesWhereNeighboursAreUnknown() {
        untrainable(X.square().d(X).by(Scheme.FINITE_DIFFERENCES), "lie anyhow", "Domain.grid");
        Region mesh = Domain.disk(0, 0, 1).meshSize(0.5).all();
        untrainable(mesh.get("x").d(mesh.get("x")).by(Scheme.SPECTRAL), "unstructured mesh", "FINITE_DIFFERENCES");
    }

    @Test
    void namesThatDoNotTellApart() {
        Expression loss = COEFFICIENT.at().times(X).meanSquare();
        Training once = Training.steps(1);
        refused(() -> Problem.minimize(loss).and("loss", 2, loss).train(once), "Two losses are named 'loss'");
        refused(
                () -> Problem.minimize(loss)
                        .track("a", loss)
                        .track("a", COEFFICIENT.at())
                        .train(once),
                "Two trackers are named 'a'");
    }

    @Test
    void batchesOfWhatIsNotThere() {
        Problem points = Problem.minimize(COEFFICIENT.at().times(X).meanSquare());
        refused(() -> points.train(Training.steps(1).batch(5)), "no samples", "points(5)", "samples(count)");
        Expression k = Domain.interval(0, 1).samples(4).parameter("k", 0, 1);
        Problem samples = Problem.minimize(COEFFICIENT.at().times(k).meanSquare());
        refused(() -> samples.train(Training.steps(1).points(2)), "no points", "batch(2)");
        assertThatCode(() -> samples.train(Training.steps(1).batch(2))).doesNotThrowAnyException();
    }

    @Test
    void samplesBelongToTheirDomainUnlessTheyAreShared() {
        Domain d = Domain.interval(0, 1).points(3).samples(4);
        Expression k = d.parameter("k", new double[] {1, 2, 3, 4});
        Domain sensors = Domain.points(new double[] {0.5}, new double[] {0.7}).named("sensors");
        Domain test = Domain.interval(0, 1).points(3).samples(2).named("test");
        Expression seen = sensors.samples(d).field("seen", new double[8]);
        Expression held = test.parameter("k", 0, 1);
        Problem problem = Problem.minimize(
                        "data", COEFFICIENT.at().times(k).minus(seen).meanSquare())
                .track("test", COEFFICIENT.at().times(held).meanSquare());
        assertThatCode(() -> problem.train(Training.steps(1))).doesNotThrowAnyException();
    }
}

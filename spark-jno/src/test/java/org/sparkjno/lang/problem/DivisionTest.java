// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.reference.ReferenceDevice;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.Noise;
import org.sparkjno.lang.expression.Scheme;
import org.sparkjno.lang.expression.Term;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;

/** However samples and points are dealt to tasks, losses and parameters are those of one task. */
class DivisionTest {
    private static final Training TRAINING = Training.steps(4).inDouble();
    private static final Model PLANE = Models.mlp(2, 8, 8, 1).optimizer(Optimisers.adam(3e-3));
    private static final Model LINE = Models.mlp(1, 8, 8, 1).optimizer(Optimisers.adam(3e-3));

    /** Problems whose points depend on each other in different ways. */
    enum Kind {
        MESH_BY_LINEAR_ELEMENTS,
        MESH_BY_LEAST_SQUARES,
        MESH_WITH_FEW_SAMPLES,
        MESH_WITH_FOUR_SAMPLES,
        MESH_WITH_MANY_SAMPLES,
        MESH_IN_TIME,
        GRID,
        LONG_GRID,
        PERIODIC_GRID,
        OPERATOR,
        OPERATOR_ON_THREE_SAMPLES,
        OPERATOR_ON_MANY_SAMPLES,
        NESTED,
        ONE_AXIS,
        MEDIAN,
        QUADRATURE,
        QUADRATURE_ALONE,
        NOISE;

        Problem problem() {
            return switch (this) {
                case MESH_BY_LINEAR_ELEMENTS -> onDisk(Scheme.LINEAR_ELEMENTS);
                case MESH_BY_LEAST_SQUARES -> onDisk(Scheme.FINITE_DIFFERENCES);
                case MESH_WITH_FEW_SAMPLES -> parametric(2);
                case MESH_WITH_FOUR_SAMPLES -> parametric(4);
                case MESH_WITH_MANY_SAMPLES -> parametric(5);
                case MESH_IN_TIME -> heat();
                case GRID ->
                    advection(Domain.grid(new double[2], new double[] {1, 1}, 7, 6), Scheme.FINITE_DIFFERENCES);
                case LONG_GRID ->
                    advection(Domain.grid(new double[2], new double[] {1, 1}, 53, 5), Scheme.FINITE_DIFFERENCES);
                case PERIODIC_GRID ->
                    advection(Domain.periodicGrid(new double[2], new double[] {1, 1}, 5, 7), Scheme.SPECTRAL);
                case OPERATOR -> darcy(2);
                case OPERATOR_ON_THREE_SAMPLES -> darcy(3);
                case OPERATOR_ON_MANY_SAMPLES -> darcy(5);
                case NESTED -> nested();
                case ONE_AXIS -> oneAxis();
                case MEDIAN -> median();
                case QUADRATURE -> fredholm();
                case QUADRATURE_ALONE -> onNodes();
                case NOISE -> noisy();
            };
        }
    }

    private static Problem onDisk(Scheme scheme) {
        Region disk = Domain.disk(0, 0, 1).meshSize(0.4).all();
        Expression x = disk.get("x");
        Expression y = disk.get("y");
        Expression bump = x.square().plus(y.square()).from(1);
        Expression u = bump.times(PLANE.at(x, y));
        Expression residual =
                u.laplacian(x, y).plus(u.times(u.d(x))).plus(u.d(x, y)).plus(1);
        return Problem.minimize("residual", residual.meanSquare())
                .and("worst", 1e-2, residual.abs().max())
                .and("least", 1e-2, u.min())
                .and("mass", 0.1, disk.integral(u).minus(0.3).square())
                .scheme(scheme)
                .track("slope", 2, u.d(y).meanSquare());
    }

    private static Problem parametric(int samples) {
        Domain d = Domain.polygon(new double[] {0, 0}, new double[] {2, 0}, new double[] {1, 1})
                .meshSize(0.4)
                .samples(samples);
        Region nodes = d.all();
        Expression x = nodes.get("x");
        Expression y = nodes.get("y");
        Expression k = d.parameter("k", 0.5, 1.5);
        Expression u =
                Models.deepONet(1, 2, 8, 4).optimizer(Optimisers.adam(1e-3)).at(k, x, y);
        Expression residual = k.times(u.laplacian(x, y)).plus(1);
        return Problem.minimize("residual", residual.meanSquare())
                .and("each", 0.5, residual.square().mean(x).sqrt().mean())
                .and("worst", 1e-3, residual.abs().max())
                .and(
                        "edge",
                        10,
                        u.at(Map.of(x, d.boundary().get("x"), y, d.boundary().get("y")))
                                .meanSquare())
                .scheme(Scheme.FINITE_DIFFERENCES);
    }

    private static Problem heat() {
        Region nodes = Domain.disk(0, 0, 1).meshSize(0.7).time(0, 1, 5).all();
        Expression x = nodes.get("x");
        Expression y = nodes.get("y");
        Expression t = nodes.get("t");
        Expression u = Models.mlp(3, 8, 1).optimizer(Optimisers.adam(3e-3)).at(x, y, t);
        return Problem.minimize(u.d(t).minus(u.laplacian(x, y)).plus(1).meanSquare())
                .and("size", 0.1, u.meanSquare())
                .scheme(Scheme.LINEAR_ELEMENTS);
    }

    private static Problem advection(Domain grid, Scheme scheme) {
        Region points = grid.interior();
        Expression x = points.get("x");
        Expression y = points.get("y");
        Expression u = PLANE.at(x.times(2 * Math.PI).sin(), y.times(2 * Math.PI).cos());
        Expression residual =
                u.d(x).plus(u.laplacian(x, y)).plus(u.d(x, y)).minus(u.d(y)).plus(x.sin());
        return Problem.minimize("residual", residual.meanSquare())
                .and("mass", 1, points.integral(u).square())
                .and("size", 0.1, u.meanSquare())
                .scheme(scheme);
    }

    private static Problem darcy(int samples) {
        Domain d = Domain.grid(new double[2], new double[] {1, 1}, 6, 7).samples(samples);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        double[] permeabilities = new double[samples * 42];
        Arrays.setAll(permeabilities, i -> 1 + 0.5 * Math.sin(i));
        Expression a = d.field("a", permeabilities);
        Model fno = Models.fno2d(1, 1, 3, 2).optimizer(Optimisers.adam(1e-3));
        Expression u = fno.at(a).times(x).times(x.from(1));
        Expression flux = a.times(u.d(x)).d(x).plus(a.times(u.d(y)).d(y));
        return Problem.minimize("residual", flux.plus(1).meanSquare())
                .and("size", 0.1, u.meanSquare())
                .scheme(Scheme.FINITE_DIFFERENCES);
    }

    /** What one derivative gives, a network changes, and another derivative takes; an integral inside. */
    private static Problem nested() {
        Region points = Domain.grid(new double[2], new double[] {1, 1}, 5, 5).interior();
        Expression x = points.get("x");
        Expression y = points.get("y");
        Expression u = PLANE.at(x, y);
        Expression slope = u.d(x).by(Scheme.FINITE_DIFFERENCES);
        Expression k = LINE.named("k").at(slope).plus(points.integral(u));
        Expression flux = k.times(slope).d(x).by(Scheme.FINITE_DIFFERENCES);
        Expression exact = x.square().times(y).laplacian(x, y).by(Scheme.AUTOMATIC);
        return Problem.minimize(flux.plus(u.d(y)).minus(exact).meanSquare())
                .and(
                        "pull",
                        1e-3,
                        x.times(y).d(x).by(Scheme.FINITE_DIFFERENCES).times(u).sum());
    }

    private static Problem oneAxis() {
        Domain d = Domain.grid(new double[2], new double[] {1, 1}, 5, 6).samples(3);
        Expression x = d.interior("x");
        Expression y = d.interior("y");
        Expression k = d.parameter("k", 0.5, 1.5);
        Expression u =
                Models.deepONet(1, 2, 8, 4).optimizer(Optimisers.adam(1e-3)).at(k, x, y);
        Expression mean = u.mean(k);
        return Problem.minimize("slope of the mean", mean.d(x).meanSquare())
                .and("spread", 1, u.minus(mean).square().mean(k).sqrt().max())
                .and("largest", 0.1, u.max(x).mean())
                .scheme(Scheme.FINITE_DIFFERENCES);
    }

    private static Problem median() {
        Domain d = Domain.interval(0, 1).points(11).samples(3);
        Expression x = d.interior("x");
        Expression k = d.parameter("k", 0.5, 1.5);
        Expression u = PLANE.at(k, x);
        return Problem.minimize("middle", u.median().minus(1).square())
                .and("points", 1, u.median(x).meanSquare())
                .and("samples", 1, u.median(k).minus(x).meanSquare());
    }

    private static Problem fredholm() {
        Domain line = Domain.interval(0, 1).points(9);
        Expression x = line.interior("x");
        Region nodes = line.quadrature("s", 6);
        Expression s = nodes.get("s");
        Expression integral = nodes.integral(s.times(x).exp().times(LINE.at(s)));
        Expression moment = nodes.integral(LINE.at(s));
        return Problem.minimize(
                LINE.at(x).d(x).minus(integral).minus(moment).minus(x).meanSquare());
    }

    private static Problem onNodes() {
        Region nodes = Domain.interval(0, 1).quadrature("s", 7);
        Expression s = nodes.get("s");
        return Problem.minimize(nodes.integral(LINE.at(s).d(s).minus(s).square()))
                .and("middle", 1, LINE.at(s).median().square());
    }

    private static Problem noisy() {
        Region points = Domain.grid(new double[2], new double[] {1, 1}, 5, 6).interior();
        Expression x = points.get("x");
        Expression y = points.get("y");
        Expression noise =
                Expression.of(new Term.Random(Noise.GAUSSIAN, x.space().axes(), 0, "noise"));
        Expression smooth = noise.d(y).by(Scheme.FINITE_DIFFERENCES);
        Expression u = PLANE.at(x, y);
        return Problem.minimize(u.times(noise.plus(1))
                .d(x)
                .by(Scheme.FINITE_DIFFERENCES)
                .plus(smooth)
                .meanSquare());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tasksComeToTheLossesAndParametersOfOne(Kind kind) throws Exception {
        sameAsAlone(kind.problem(), TRAINING, List.of(2, 3, 4), ReferenceDevice::new);
    }

    /** Graphs of ranks differ, and so does what a compiler makes of them. */
    @ParameterizedTest
    @EnumSource(names = {"MESH_WITH_FEW_SAMPLES", "LONG_GRID", "OPERATOR"})
    void compiledGraphsOfAllTasksMeetInOneOrder(Kind kind) throws Exception {
        sameAsAlone(kind.problem(), TRAINING, List.of(3), () -> CpuDevice.open(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"MESH_WITH_FOUR_SAMPLES", "OPERATOR"})
    void partsOfAStepAreSharedLikeSteps(Kind kind) throws Exception {
        sameAsAlone(kind.problem(), TRAINING.accumulate(2), List.of(3), ReferenceDevice::new);
    }

    private static void sameAsAlone(Problem problem, Training training, List<Integer> worlds, Supplier<Device> devices)
            throws Exception {
        Tiny.Outcome alone = Tiny.train(problem, training, 1, devices).get(0);
        for (int tasks : worlds) {
            List<Tiny.Outcome> together = Tiny.train(problem, training, tasks, devices);
            for (Tiny.Outcome one : together) {
                same(one.history().total(), alone.history().total());
                same(one.all(), alone.all());
                for (Tracker tracker : problem.trackers()) {
                    same(watched(one, tracker), watched(alone, tracker));
                }
            }
        }
    }

    private static double[] watched(Tiny.Outcome outcome, Tracker tracker) {
        return outcome.history().tracked(tracker.name()).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static void same(double[] values, double[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(1e-10 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @Test
    void aRunOnSharedNodesGoesOnFromItsCheckpoint(@TempDir Path directory) throws Exception {
        Problem problem = onDisk(Scheme.LINEAR_ELEMENTS);
        String where = directory.toString();
        List<Tiny.Outcome> whole = Tiny.train(problem, Training.steps(9), 3);
        Tiny.train(problem, Training.steps(6).checkpoint(where, 4), 3);
        List<Tiny.Outcome> resumed =
                Tiny.train(problem, Training.steps(9).checkpoint(where, 4).resume(), 3);
        for (int rank = 0; rank < 3; rank++) {
            assertThat(resumed.get(rank).history().total())
                    .isEqualTo(whole.get(rank).history().total());
            assertThat(resumed.get(rank).all()).isEqualTo(whole.get(rank).all());
        }
    }

    /** The largest number of operations of a task, in millions. */
    private static double operations(Problem problem, int tasks) {
        Matcher printed =
                Pattern.compile("task \\d+ of \\d+: .*; ([0-9.]+) MFLOP").matcher(problem.explain(TRAINING, tasks));
        return printed.results()
                .mapToDouble(result -> Double.parseDouble(result.group(1)))
                .max()
                .orElseThrow();
    }

    @Test
    void tasksShareTheArithmeticOfAMesh() {
        Region disk = Domain.disk(0, 0, 1).meshSize(0.15).all();
        Expression x = disk.get("x");
        Expression y = disk.get("y");
        Model net = Models.mlp(2, 32, 32, 1).optimizer(Optimisers.adam(1e-3));
        Expression u = net.at(x, y);
        Problem problem =
                Problem.minimize(u.laplacian(x, y).plus(u.d(x)).meanSquare()).scheme(Scheme.LINEAR_ELEMENTS);
        double alone = operations(problem, 1);
        for (int tasks = 2; tasks <= 4; tasks++) {
            assertThat(operations(problem, tasks) * tasks / alone).isLessThan(1.15);
        }
        assertThat(problem.explain(TRAINING, 3)).containsOnlyOnce("gathered from all tasks along nodes");
    }
}

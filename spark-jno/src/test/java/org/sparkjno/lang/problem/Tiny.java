// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sparkjno.checkpoint.FileSettings;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.train.World;

/** A problem small enough for a test: u″ + π²·sin(πx) = 0 on an interval, with u = 0 at its ends. */
final class Tiny {
    private static final Domain LINE = Domain.interval(0, 1).points(24).boundaryPoints(4);
    static final Region INTERIOR = LINE.interior();
    static final Expression X = INTERIOR.get("x");
    static final Expression EXACT = X.times(Math.PI).sin();
    static final Model NET = Models.mlp(1, 8, 8, 1).optimizer(Optimisers.adam(3e-3));

    private Tiny() {}

    static Expression solution(Model net) {
        return net.at(X);
    }

    static Expression residual(Model net) {
        return net.at(X).d(X, X).plus(EXACT.times(Math.PI * Math.PI));
    }

    static Expression ends(Model net) {
        return net.at(LINE.boundary().get("x"));
    }

    /** An equation and a boundary condition. */
    static Problem problem(Model net) {
        return Problem.minimize("pde", residual(net).meanSquare())
                .and("ends", 10, ends(net).meanSquare());
    }

    /** What a task has after training. */
    record Outcome(History history, Map<String, Packed> numbers) {
        double[] all() {
            return numbers.values().stream()
                    .flatMapToDouble(one -> Arrays.stream(one.values()))
                    .toArray();
        }
    }

    /** Trains on so many tasks, in double precision, and gives what each has. */
    static List<Outcome> train(Problem problem, Training training, int tasks) throws Exception {
        return train(problem, training, tasks, () -> CpuDevice.open(1));
    }

    /** The same on other devices. */
    static List<Outcome> train(Problem problem, Training training, int tasks, Supplier<Device> devices)
            throws Exception {
        return World.of(tasks, world -> {
            try (Device device = devices.get();
                    Session session = new Session(
                            problem,
                            training.inDouble(),
                            new Station(device, world, FileSettings.ofMachine()),
                            Map.of())) {
                session.run(StepListener.NONE);
                return new Outcome(session.history(), session.numbers());
            }
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import java.util.List;
import java.util.Locale;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CpuDevice;

/** A trained problem: its losses, and the numbers of its models, with which any expression can be evaluated. */
public final class Run extends Solution {
    private final Problem problem;
    private final Training training;
    private final Trained trained;
    private final List<String> work;

    private Run(Problem problem, Training training, Trained trained, List<String> work) {
        super(
                List.copyOf(problem.callees()),
                trained.numbers(),
                new EvaluationSettings(training.precision(), training.seed(), training.threads(), problem.scheme()));
        this.problem = problem;
        this.training = training;
        this.trained = trained;
        this.work = work;
    }

    /**
     * A problem with what its training came to, wherever that was.
     *
     * @param tasks what each of them has, in the order of their ranks; all have the same numbers and losses
     */
    public static Run of(Problem problem, Training training, List<Trained> tasks) {
        return new Run(
                problem,
                training,
                tasks.get(0),
                tasks.stream().map(Trained::work).toList());
    }

    static Run here(Problem problem, Training training, StepListener listener, List<? extends Solution> starts) {
        try (Device device = CpuDevice.open(training.threads())) {
            Station station = Station.alone(device);
            return of(problem, training, List.of(Trained.by(problem, training, station, listener, numbers(starts))));
        }
    }

    /** What was minimised and watched. */
    public History history() {
        return trained.history();
    }

    /** What the step computes once for many uses, one line each. */
    public List<String> sharing() {
        return trained.sharing();
    }

    /** What each task computed in a step, its rows and its arithmetic: one line per task. */
    public List<String> work() {
        return work;
    }

    /** What was computed in each step, and how, see {@link Problem#explain}. */
    public String explain() {
        return problem.explain(training)
                + String.format(
                        Locale.ROOT,
                        "%ntrained: %d steps, loss %.4g → %.4g%n",
                        history().steps(),
                        history().total()[0],
                        history().last());
    }
}

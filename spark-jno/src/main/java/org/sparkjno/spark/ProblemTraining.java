// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkjno.checkpoint.CheckpointException;
import org.sparkjno.checkpoint.FileSettings;
import org.sparkjno.kernels.device.Device;
import org.sparkjno.kernels.device.cpu.CacheException;
import org.sparkjno.kernels.device.cpu.CpuDevice;
import org.sparkjno.kernels.device.cpu.NoCompilerException;
import org.sparkjno.lang.expression.ExpressionException;
import org.sparkjno.lang.problem.Packed;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Solution;
import org.sparkjno.lang.problem.Station;
import org.sparkjno.lang.problem.Trained;
import org.sparkjno.lang.problem.Training;
import org.sparkjno.train.DivergenceException;

/**
 * Trains a problem of the traced language by several tasks of one barrier stage, which share the samples and the points of each
 * step: the problem is the one that trains on one machine, and the losses are the same but for rounding. Immutable.
 *
 * <pre>{@code
 * Run run = ProblemTraining.on(spark, 4).train(problem, Training.steps(20_000).batch(32));
 * }</pre>
 */
public final class ProblemTraining {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemTraining.class);

    private final JavaSparkContext spark;
    private final int tasks;
    private final GenerationSettings settings;
    private final Consumer<Progress> spectator;

    private ProblemTraining(
            JavaSparkContext spark, int tasks, GenerationSettings settings, Consumer<Progress> spectator) {
        this.spark = spark;
        this.tasks = tasks;
        this.settings = settings;
        this.spectator = spectator;
    }

    /** Training by so many tasks. */
    public static ProblemTraining on(SparkSession session, int tasks) {
        return on(Sessions.contextOf(session), tasks);
    }

    /** Training by so many tasks. */
    public static ProblemTraining on(JavaSparkContext spark, int tasks) {
        return new ProblemTraining(spark, tasks, GenerationSettings.named("problem"), progress -> {});
    }

    /** The same with other settings of restarts, patience and network. */
    public ProblemTraining with(GenerationSettings other) {
        return new ProblemTraining(spark, tasks, other, spectator);
    }

    /** The same with somebody on the driver who is told how far each task is, from threads of their own. */
    public ProblemTraining watchedBy(Consumer<Progress> other) {
        return new ProblemTraining(spark, tasks, settings, other);
    }

    /**
     * Trains to the end, over as many generations as it takes.
     *
     * @param starts earlier runs or saved models, from whose numbers those of models with the same names begin; of two the later
     *     one counts
     * @throws FatalRunException with one sentence if the loss is not finite, or the problem has no meaning
     * @throws ClusterException if there are too few slots, or tasks were lost more often than allowed
     */
    public Run train(Problem problem, Training training, Solution... starts) {
        FileSettings files = FileSettings.of(spark.hadoopConfiguration());
        Program program = new Program(problem, training, Solution.numbers(List.of(starts)), files);
        List<Trained> results = new Generations(spark, settings, spectator)
                .run(tasks, generation -> generation == 0 ? program : program.resumed());
        Run run = Run.of(problem, training, results);
        run.work().forEach(LOG::info);
        return run;
    }

    /**
     * What each task does.
     *
     * @param problem what is minimised
     * @param training how long
     * @param first numbers to begin with
     * @param files Hadoop's settings in the session of the driver, for checkpoints
     */
    private record Program(Problem problem, Training training, Map<String, Packed> first, FileSettings files)
            implements TaskProgram<Integer, Trained>, Serializable {
        private static final long serialVersionUID = 1L;

        /** The same after a task was lost: from the newest checkpoint if there are any. */
        Program resumed() {
            return training.saving().isNowhere() ? this : new Program(problem, training.resume(), first, files);
        }

        @Override
        public Trained run(TaskSeat seat, Iterator<Integer> rows) {
            try (Device device = CpuDevice.open(seat.threads())) {
                return Trained.by(
                        problem,
                        training,
                        new Station(device, seat.collective(), files),
                        (steps, loss) -> seat.progress().report(steps, loss, steps),
                        first);
            } catch (DivergenceException | ExpressionException | CacheException | NoCompilerException e) {
                throw new FatalRunException(e.getMessage(), e);
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof CheckpointException) {
                    throw new FatalRunException(e.getMessage(), e);
                }
                throw e;
            }
        }
    }
}

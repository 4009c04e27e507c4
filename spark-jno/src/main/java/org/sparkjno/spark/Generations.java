// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkjno.kernels.collective.Membership;
import org.sparkjno.kernels.collective.Secret;

/**
 * Runs a program in a world of tasks until it succeeds: one barrier stage per generation, and after a loss the next one, of the
 * same size, which finds out by itself (from a checkpoint) where to go on. What is trained is none of its business.
 *
 * <p>A failure that would come again ends the run at once: a {@link FatalRunException} or an {@link
 * IllegalArgumentException} in a task, too few slots, a job cancelled by somebody. An interrupt of the calling thread
 * cancels the stage and frees its slots.
 */
public final class Generations {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private final JavaSparkContext spark;
    private final GenerationSettings settings;
    private final Consumer<Progress> audience;

    /**
     * @param audience hears the reports of all ranks, one at a time, on a thread of its own; it should be quick
     * @throws ClusterException if the cluster is of a kind that cannot run barrier stages
     */
    public Generations(JavaSparkContext spark, GenerationSettings settings, Consumer<Progress> audience) {
        Slots.requireFixedCluster(spark.sc());
        this.spark = spark;
        this.settings = settings;
        this.audience = audience;
    }

    /**
     * Runs with {@code size} tasks that bring their own data.
     *
     * @see #run(JavaRDD, IntFunction)
     */
    public <T> List<T> run(int size, IntFunction<TaskProgram<Integer, T>> programs) {
        return run(spark.parallelize(IntStream.range(0, size).boxed().toList(), size), programs);
    }

    /**
     * Runs with one task per partition of {@code rows}; partition and rank have the same number.
     *
     * @param programs gives the program of a generation, on the driver, right before it starts
     * @return the tasks' results by rank
     * @throws FatalRunException if a task failed in a way that would come again
     * @throws ClusterException if there are too few slots, the run was cancelled, or it failed more often than allowed
     */
    public <R, T> List<T> run(JavaRDD<R> rows, IntFunction<TaskProgram<R, T>> programs) {
        String job = settings.name() + "-" + UUID.randomUUID();
        Secret secret = Secret.random();
        String host = spark.getConf().get("spark.driver.host");
        String bindAddress = spark.getConf().get("spark.driver.bindAddress", host);
        try (ReportDesk desk = ReportDesk.open(host, bindAddress, settings.ports(), audience)) {
            for (int generation = 0; ; generation++) {
                Slots.await(rows.rdd(), rows.getNumPartitions(), settings.grace());
                Membership membership = new Membership(job, generation, secret);
                BarrierStage<R, T> stage =
                        new BarrierStage<>(settings, membership, desk.address(), programs.apply(generation));
                Optional<List<T>> results = attempt(stage, rows, desk);
                if (results.isPresent()) {
                    return results.get();
                }
                Thread.sleep(settings.backoffBefore(generation + 1).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Run " + settings.name() + " was interrupted.", e);
        }
    }

    /** Empty after a failure that the next generation may survive. */
    private <R, T> Optional<List<T>> attempt(BarrierStage<R, T> stage, JavaRDD<R> rows, ReportDesk desk)
            throws InterruptedException {
        int generation = stage.membership().generation();
        String group = stage.membership().job() + "-generation-" + generation;
        desk.begin(stage.membership(), rows.getNumPartitions());
        try (JobGroup ours = new JobGroup(spark, group, settings.name() + ", generation " + generation);
                Watchdog watchdog = new Watchdog(desk, settings.stall(), ours::cancel)) {
            try {
                return Optional.of(stage.collect(rows));
            } catch (Exception e) {
                // Spark's Scala code throws checked exceptions that Java cannot see declared.
                ours.cancel("generation " + generation + " has failed");
                if (e instanceof InterruptedException interrupt) {
                    throw interrupt;
                }
                judge(generation, e, desk.cause(), watchdog.reason());
                return Optional.empty();
            }
        }
    }

    /** Throws if the run is over, and returns if a restart makes sense. */
    private void judge(int generation, Exception error, Optional<Failure> cause, Optional<String> stall) {
        String prefix = "Run " + settings.name() + ", generation " + generation + ": ";
        if (cause.isPresent() && cause.get().kind() == Failure.Kind.FATAL) {
            throw new FatalRunException(cause.get().message(), error);
        }
        if (isNamedIn(error, FatalRunException.class) || isNamedIn(error, NotSerializableException.class)) {
            throw new FatalRunException(prefix + error.getMessage(), error);
        }
        if (spark.sc().isStopped()) {
            throw new ClusterException(prefix + "the SparkContext was stopped.", error);
        }
        if (stall.isEmpty() && isCancellation(error)) {
            throw new ClusterException(prefix + "the job was cancelled.", error);
        }
        String reason = stall.or(() -> cause.map(failure -> "rank " + failure.rank() + " failed: " + failure.message()))
                .orElseGet(() -> firstLines(error));
        if (generation >= settings.maxRestarts()) {
            throw new ClusterException(
                    prefix + reason + "; no restart is left (of " + settings.maxRestarts() + ").", error);
        }
        LOG.warn("{}{}; next generation in {}.", prefix, reason, settings.backoffBefore(generation + 1));
    }

    private static boolean isCancellation(Exception error) {
        return error instanceof SparkThrowable known && "SPARK_JOB_CANCELLED".equals(known.getCondition());
    }

    /** Spark passes a task's exception on as text, and the driver's own as a cause. */
    private static boolean isNamedIn(Throwable error, Class<?> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause) || String.valueOf(cause.getMessage()).contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static String firstLines(Exception error) {
        return String.valueOf(error.getMessage())
                .lines()
                .limit(2)
                .reduce((a, b) -> a + " " + b)
                .orElse("")
                .strip();
    }
}

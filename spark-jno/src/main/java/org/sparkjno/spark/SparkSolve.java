// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkjno.amg.krylov.SolveReport;

/**
 * Solves a sparse linear system whose rows are divided over tasks: those of one barrier stage hold the rows, exchange halos
 * and inner products directly, and set up one multigrid hierarchy across their boundaries. The matrix may be larger than any
 * of them could hold. Immutable.
 *
 * <pre>{@code
 * SparkSolve.Solution solution = SparkSolve.on(spark).tolerance(1e-10).solve(rows);
 * }</pre>
 */
public final class SparkSolve {
    /** Collective calls have deadlines of their own, so a solve need not report progress to be known alive. */
    private static final Duration QUIET = Duration.ofHours(12);

    private final JavaSparkContext spark;
    private final GenerationSettings settings;
    private final SolveSettings system;
    private final Consumer<Progress> audience;

    private SparkSolve(
            JavaSparkContext spark, GenerationSettings settings, SolveSettings system, Consumer<Progress> audience) {
        this.spark = spark;
        this.settings = settings;
        this.system = system;
        this.audience = audience;
    }

    /** Solves to a true relative residual of 1e-8. */
    public static SparkSolve on(JavaSparkContext spark) {
        GenerationSettings settings = GenerationSettings.named("solve");
        return new SparkSolve(
                spark, settings.withPatience(settings.grace(), QUIET), SolveSettings.standard(), progress -> {});
    }

    /** The same to another true relative residual ‖b − Ax‖₂ / ‖b‖₂. */
    public SparkSolve tolerance(double relative) {
        return with(new SolveSettings(relative, system.blockSize(), system.elastic(), system.nullVectors()));
    }

    /** The same for nodes of several unknowns, which follow each other; every task has whole nodes. */
    public SparkSolve blockSize(int unknowns) {
        return with(new SolveSettings(system.tolerance(), unknowns, system.elastic(), system.nullVectors()));
    }

    /** The same for an elastic body, whose rows come with the coordinates of their nodes. */
    public SparkSolve elastic(int dimensions) {
        return with(new SolveSettings(system.tolerance(), dimensions, true, system.nullVectors()));
    }

    /**
     * The same for a symmetric singular matrix whose rows come with the components of so many null vectors. Constants need
     * not be declared: they are found.
     */
    public SparkSolve nullVectors(int count) {
        return with(new SolveSettings(system.tolerance(), system.blockSize(), system.elastic(), count));
    }

    private SparkSolve with(SolveSettings other) {
        return new SparkSolve(spark, settings, other, audience);
    }

    /** The same heard of while it lasts: every task reports each cycle, one at a time, on a thread of the driver. */
    public SparkSolve reportingTo(Consumer<Progress> listener) {
        return new SparkSolve(spark, settings, system, listener);
    }

    /** The same with other settings of restarts, patience and network. */
    public SparkSolve with(GenerationSettings other) {
        return new SparkSolve(spark, other, system, audience);
    }

    /**
     * A solution on the driver.
     *
     * @param parts components of x by partition; one after the other they are x
     * @param report iterations, true residual and status, what of the right-hand side lay outside the range of a singular
     *     matrix, and ways that came to nothing
     * @param levels the hierarchy in one line
     * @param reason the first way, and why it was chosen
     */
    public record Solution(List<double[]> parts, SolveReport report, String levels, String reason) {}

    /** Takes a task's part of the solution where it was computed. */
    @FunctionalInterface
    public interface Sink extends Serializable {
        /**
         * Keeps it. A lost task makes all tasks solve again, so the same part may come twice.
         *
         * @param firstRow global number of the first component
         * @param x the components of this task's rows
         */
        void accept(long firstRow, double[] x);
    }

    /**
     * Solves a system whose rows lie in an RDD, by one task per partition.
     *
     * @param rows blocks of rows that follow each other in the order of the partitions and within them
     * @throws FatalRunException with one sentence if the system is unfit or the tolerance is not reached
     * @throws ClusterException if there are too few slots, or tasks were lost more often than allowed
     */
    public Solution solve(JavaRDD<SystemRows> rows) {
        return collected(generations().run(rows, programs(joined(system.nullVectors()), Optional.empty())));
    }

    /** Solves a system whose rows the tasks make themselves; see {@link #solve(JavaRDD)}. */
    public Solution solve(int tasks, SystemRows.Source source) {
        return collected(generations().run(tasks, programs(made(source), Optional.empty())));
    }

    /** Solves and leaves the solution with the tasks, which hand it to a sink; see {@link #solve(JavaRDD)}. */
    public SolveReport solve(JavaRDD<SystemRows> rows, Sink sink) {
        return generations()
                .run(rows, programs(joined(system.nullVectors()), Optional.of(sink)))
                .get(0)
                .report();
    }

    /** Solves a system whose rows the tasks make themselves, and leaves the solution with them. */
    public SolveReport solve(int tasks, SystemRows.Source source, Sink sink) {
        return generations()
                .run(tasks, programs(made(source), Optional.of(sink)))
                .get(0)
                .report();
    }

    private Generations generations() {
        return new Generations(spark, settings, audience);
    }

    private static SolveProgram.Reader<SystemRows> joined(int nullVectors) {
        return (seat, blocks) -> SystemRows.joined(blocks, nullVectors);
    }

    private static SolveProgram.Reader<Integer> made(SystemRows.Source source) {
        return (seat, none) -> source.rows(seat.rank(), seat.size());
    }

    private <R> IntFunction<TaskProgram<R, SolveProgram.Answer>> programs(
            SolveProgram.Reader<R> reader, Optional<Sink> sink) {
        SolveProgram<R> program = new SolveProgram<>(reader, sink.orElse(null), system);
        return generation -> program;
    }

    private static Solution collected(List<SolveProgram.Answer> answers) {
        return new Solution(
                answers.stream().map(SolveProgram.Answer::x).toList(),
                answers.get(0).report(),
                answers.get(0).levels(),
                answers.get(0).reason());
    }
}
